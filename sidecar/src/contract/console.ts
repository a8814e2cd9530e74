// The console at the sidecar's own origin: sign-in, enrolment, approval, pause and stop, all by passkey.
import { z } from 'zod';
import { Dispatch } from './dispatch.ts';
import { Manifest } from './manifest.ts';
import { RenderedNotice } from './notice.ts';
import { AudienceCounts } from './scope.ts';
import { Id, Time } from './values.ts';

export const ConsoleSession = z.object({
  approver: z.object({ id: Id, name: z.string() }),
  expires_at: Time,
  /** Sent back as `Tocsin-Csrf` with every changing request. */
  csrf: z.string(),
});
export type ConsoleSession = z.infer<typeof ConsoleSession>;

/** WebAuthn options and responses are passed through as the browser library makes them. */
const webauthnJson = z.record(z.string(), z.unknown());
export const WebAuthnOptions = z.object({ challenge_id: Id, options: webauthnJson });
export const WebAuthnAnswer = z.strictObject({ challenge_id: Id, response: webauthnJson });

export const InviteView = z.object({ name: z.string(), expires_at: Time });
export type InviteView = z.infer<typeof InviteView>;

/** Somebody who may approve, or was invited to. `invite_expires_at` is null once the invitation was accepted. */
export const ApproverView = z.object({
  id: Id,
  name: z.string(),
  state: z.enum(['invited', 'enrolled']),
  invited_at: Time,
  enrolled_at: Time.nullable(),
  invite_expires_at: Time.nullable(),
});
export type ApproverView = z.infer<typeof ApproverView>;

/** The approval page: the manifest in full and nothing else. */
export const ApprovalPage = z.object({
  manifest: Manifest,
  incident: z.object({ reference: z.string(), title: z.string(), description: z.string() }),
  counts: AudienceCounts,
  samples: z.array(RenderedNotice),
  /** Null when this approver may approve; otherwise the code of the refusal, such as `approval.preparer_cannot_approve`. */
  refusal: z.object({ code: z.string(), title: z.string() }).nullable(),
  dispatch: Dispatch.nullable(),
});
export type ApprovalPage = z.infer<typeof ApprovalPage>;

/** What waits at the console for this approver. */
export const ConsoleHome = z.object({
  manifests: z.array(Manifest),
  dispatches: z.array(Dispatch),
  /** Everybody who may approve, and invitations not yet accepted, so that one made at the command line is seen by all. */
  approvers: z.array(ApproverView),
});
export type ConsoleHome = z.infer<typeof ConsoleHome>;

export const DispatchChange = z.strictObject({ reason: z.string().trim().min(3).max(500) });
