// Manifest: exactly what two people approve; and approvals.
import { z } from 'zod';
import { Id, Sha256, Time } from './values.ts';

/**
 * The body whose RFC 8785 canonical JSON is hashed with SHA-256; that hash is what approvers sign.
 * Holds hashes and counts, no personal data. Any change to people, text or plan makes another body.
 */
export const ManifestBody = z.strictObject({
  version: z.literal(1),
  manifest_id: Id,
  incident: z.strictObject({
    id: Id,
    reference: z.string(),
    title_hash: Sha256,
  }),
  scope_hash: Sha256,
  audience: z.strictObject({
    id: Id,
    root: Sha256,
    /** People in the audience = reachable + unreachable = deliveries planned. */
    count: z.int().nonnegative(),
    reachable: z.int().nonnegative(),
    unreachable: z.int().nonnegative(),
  }),
  notices: z.array(
    z.strictObject({
      id: Id,
      channel: z.literal('email'),
      language: z.string(),
      template_id: z.string(),
      template_blob: z.string(),
      template_commit: z.string(),
      values_hash: Sha256,
      sample_hash: Sha256,
    }),
  ),
  plan: z.strictObject({
    channels: z.array(z.literal('email')),
    provider: z.enum(['postmark', 'drill']),
    stream: z.string(),
    /** SHA-256 of the sender address in UTF-8: the body goes into the open log, where no address may stand. */
    from_hash: Sha256,
    batch_size: z.int().positive(),
    concurrency: z.int().positive(),
  }),
  approvals_required: z.int().min(2),
  prepared_at: Time,
  expires_at: Time,
  drill: z.boolean(),
});
export type ManifestBody = z.infer<typeof ManifestBody>;

export const ApprovalRecord = z.object({
  approver_name: z.string(),
  approver_id: Id,
  approved_at: Time,
  evidence_seq: z.int().nonnegative(),
});

export const ManifestState = z.enum(['open', 'approved', 'void', 'withdrawn', 'expired']);

export const Manifest = z.object({
  id: Id,
  hash: Sha256,
  /** First 8 characters of the hash as two groups of 4, upper case, to compare by eye on both screens. */
  code: z.string(),
  state: ManifestState,
  body: ManifestBody,
  /** The sentence that is approved, in plain words. */
  sentence: z.string(),
  /** The sender address that `body.plan.from_hash` commits to. */
  from: z.string(),
  prepared_by: z.string(),
  approvals: z.array(ApprovalRecord),
  /** Names of enrolled approvers who may still approve this manifest. */
  can_approve: z.array(z.string()),
  /** Where approvers go: the sidecar's own origin. */
  console_url: z.string(),
  void_reason: z.string().nullable(),
});
export type Manifest = z.infer<typeof Manifest>;

export const WithdrawManifest = z.strictObject({ reason: z.string().trim().min(3).max(500) });
