// Approval: one passkey signature over exactly this manifest. The approval that completes the number starts the dispatch in
// the same transaction, so that there is never an approved manifest without its dispatch, nor two dispatches of one.
import type { ApprovalPage } from '../contract/index.ts';
import { approvalRefused, planChanged } from '../domain/approval/errors.ts';
import { challengeUnusable, passkeyUnknown } from '../domain/approval/console-errors.ts';
import { isPlanCurrent } from '../domain/approval/plan.ts';
import { whyMayNotApprove } from '../domain/approval/who-may-approve.ts';
import { encodeBytes } from '../domain/evidence/encoding.ts';
import { approvalChallenge, NONCE_SIZE } from '../domain/evidence/webauthn-proof.ts';
import type { SignedIn } from './console-session.ts';
import { advanceCounter, requirePasskey } from './known-passkeys.ts';
import { askChallenge, takeChallenge } from './one-time-challenge.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { PasskeyAssertion, PasskeyOptions, Passkeys } from './ports/passkeys.ts';
import type { PlanSettings } from './ports/plan-settings.ts';
import { readApprovalPage } from './read-approval-page.ts';
import {
  readApprovalFacts,
  readManifestBody,
  requireManifest,
  type ManifestRecord,
} from './read-manifest.ts';
import { startDispatch } from './start-dispatch.ts';

export type ApproveDeps = Pick<Deps, 'ledger' | 'clock' | 'ids' | 'randomness'> & {
  plan: PlanSettings;
  passkeys: Passkeys;
};

/** The question for this approver's own passkeys. Throws the refusal when they may not approve. */
export async function startApproval(
  deps: ApproveDeps,
  { approver }: SignedIn,
  { manifestId }: { manifestId: string },
): Promise<{ challenge_id: string; options: PasskeyOptions }> {
  const { tables } = deps.ledger;
  const manifest = await requireManifest(tables, manifestId);
  await requireMayApprove(deps, tables, { manifest, approverId: approver.id });
  const nonce = deps.randomness.bytes(NONCE_SIZE);
  const challenge = challengeOf(nonce, manifest);
  const own = await tables
    .selectFrom('credentials')
    .select(['id', 'transports_json'])
    .where('approver_id', '=', approver.id)
    .execute();
  const options = await deps.passkeys.authenticationOptions({
    challenge: Buffer.from(challenge, 'base64url'),
    allow: own.map((row) => ({
      id: row.id,
      transports: JSON.parse(row.transports_json) as string[],
    })),
  });
  const id = await askChallenge(deps, {
    purpose: 'approve',
    challenge,
    approverId: approver.id,
    manifestId,
    nonce,
  });
  return { challenge_id: id, options };
}

/** Verifies the answer, records the approval, and starts the dispatch when it was the last one needed. */
export async function acceptApproval(
  deps: ApproveDeps,
  signedIn: SignedIn,
  input: {
    manifestId: string;
    challengeId: string;
    response: Readonly<Record<string, unknown>>;
  },
): Promise<ApprovalPage> {
  const { manifestId } = input;
  const approverId = signedIn.approver.id;
  const { nonce } = await takeChallenge(deps, {
    id: input.challengeId,
    purpose: 'approve',
    approverId,
    manifestId,
  });
  if (nonce === null) throw challengeUnusable();
  const manifest = await requireManifest(deps.ledger.tables, manifestId);
  const owned = await requirePasskey(deps.ledger.tables, input.response);
  if (owned.approver.id !== approverId) throw passkeyUnknown();
  // From the hash as it stands now, not from the stored challenge: a manifest changed meanwhile needs another signature.
  const assertion = await deps.passkeys.verifyAuthentication({
    response: input.response,
    challenge: challengeOf(nonce, manifest),
    passkey: owned.passkey,
  });
  await deps.ledger.transaction((writer) =>
    writeApproval(deps, writer, {
      signedIn,
      manifest,
      nonce,
      assertion,
      credentialId: owned.passkey.id,
    }),
  );
  return readApprovalPage(deps, signedIn, { manifestId });
}

async function writeApproval(
  deps: ApproveDeps,
  writer: LedgerWriter,
  input: {
    signedIn: SignedIn;
    manifest: ManifestRecord;
    nonce: Uint8Array;
    assertion: PasskeyAssertion;
    credentialId: string;
  },
): Promise<void> {
  const { assertion, credentialId } = input;
  const { acting, approver } = input.signedIn;
  const manifest = await requireManifest(writer.tables, input.manifest.id);
  if (manifest.hash !== input.manifest.hash) throw challengeUnusable();
  await requireMayApprove(deps, writer.tables, { manifest, approverId: approver.id });
  await advanceCounter(writer.tables, { id: credentialId, newCounter: assertion.newCounter });
  const now = deps.clock.now();
  const seq = await writer.record({
    kind: 'approval.recorded',
    acting,
    incidentId: manifest.incident_id,
    data: {
      manifest_id: manifest.id,
      manifest_hash: manifest.hash,
      approver_id: approver.id,
      credential_id: credentialId,
      nonce: encodeBytes(input.nonce, 'base64url'),
      authenticator_data: encodeBytes(assertion.authenticatorData, 'base64url'),
      client_data_json: encodeBytes(assertion.clientDataJson, 'base64url'),
      signature: encodeBytes(assertion.signature, 'base64url'),
    },
  });
  await writer.tables
    .insertInto('approvals')
    .values({
      manifest_id: manifest.id,
      approver_id: approver.id,
      credential_id: credentialId,
      evidence_seq: seq,
      approved_at: now.toISOString(),
    })
    .execute();
  const { approvals } = await readApprovalFacts(writer.tables, manifest);
  if (approvals.length < readManifestBody(manifest).approvals_required) return;
  await writer.tables
    .updateTable('manifests')
    .set({ state: 'approved', ended_at: now.toISOString() })
    .where('id', '=', manifest.id)
    .execute();
  await startDispatch(writer, { manifestId: manifest.id, acting, now, ids: deps.ids });
}

/** The rule, on what the ledger says now. Also refuses a damaged manifest and one whose plan is no longer configured. */
async function requireMayApprove(
  deps: ApproveDeps,
  tables: Deps['ledger']['tables'],
  { manifest, approverId }: { manifest: ManifestRecord; approverId: string },
): Promise<void> {
  const approver = await tables
    .selectFrom('approvers')
    .select(['id', 'subject', 'state'])
    .where('id', '=', approverId)
    .executeTakeFirst();
  if (approver === undefined) throw approvalRefused('approval.not_enrolled');
  const refusal = whyMayNotApprove({
    manifest: await readApprovalFacts(tables, manifest),
    approver,
    now: deps.clock.now(),
  });
  if (refusal !== null) throw approvalRefused(refusal);
  if (!isPlanCurrent(readManifestBody(manifest), deps.plan)) throw planChanged();
}

function challengeOf(nonce: Uint8Array, manifest: ManifestRecord): string {
  return approvalChallenge(nonce, Buffer.from(manifest.hash, 'hex'));
}
