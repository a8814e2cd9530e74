// Enrolment: the invited person makes a passkey at the sidecar's own origin and is an approver from then on.
import { CodedError } from '../domain/coded-error.ts';
import { encodeBytes } from '../domain/evidence/encoding.ts';
import { actingApprover, openSession, type OpenedSession } from './console-session.ts';
import { askChallenge, takeChallenge } from './one-time-challenge.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { NewPasskey, PasskeyOptions, Passkeys } from './ports/passkeys.ts';
import { requireInvite, type Invite } from './view-invite.ts';

export type EnrolDeps = Pick<Deps, 'ledger' | 'clock' | 'ids' | 'randomness'> & {
  passkeys: Passkeys;
};

/**
 * Every enrolled passkey is excluded, whoever's it is: one device enrolled for two people would let one person approve
 * twice.
 */
export async function startEnrolment(
  deps: EnrolDeps,
  { token }: { token: string },
): Promise<{ challenge_id: string; options: PasskeyOptions }> {
  const invite = await requireInvite(deps.ledger.tables, { token, now: deps.clock.now() });
  const challenge = deps.randomness.bytes(32);
  const enrolled = await deps.ledger.tables.selectFrom('credentials').select('id').execute();
  const options = await deps.passkeys.registrationOptions({
    challenge,
    userId: Buffer.from(invite.approverId, 'utf8'),
    userName: invite.name,
    exclude: enrolled.map(({ id }) => id),
  });
  const id = await askChallenge(deps, {
    purpose: 'enrol',
    challenge: encodeBytes(challenge, 'base64url'),
    approverId: invite.approverId,
  });
  return { challenge_id: id, options };
}

/** Signs the new approver in: a verified passkey was just used. */
export async function acceptEnrolment(
  deps: EnrolDeps,
  input: { token: string; challengeId: string; response: unknown },
): Promise<OpenedSession> {
  const { token } = input;
  const invite = await requireInvite(deps.ledger.tables, { token, now: deps.clock.now() });
  const { challenge } = await takeChallenge(deps, {
    id: input.challengeId,
    purpose: 'enrol',
    approverId: invite.approverId,
  });
  const passkey = await deps.passkeys.verifyRegistration({ response: input.response, challenge });
  return deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now();
    const invited = await requireInvite(writer.tables, { token, now });
    await writeEnrolment(writer, { invite: invited, passkey, now, passkeys: deps.passkeys });
    return openSession(writer, deps, {
      id: invited.approverId,
      name: invited.name,
      subject: invited.subject,
    });
  });
}

async function writeEnrolment(
  writer: LedgerWriter,
  input: { invite: Invite; passkey: NewPasskey; now: Date; passkeys: Passkeys },
): Promise<void> {
  const { invite, passkey, passkeys } = input;
  const at = input.now.toISOString();
  const { tables } = writer;
  const taken = await tables
    .selectFrom('credentials')
    .select('id')
    .where('id', '=', passkey.id)
    .executeTakeFirst();
  if (taken !== undefined) {
    throw new CodedError({
      code: 'approver.passkey_taken',
      category: 'conflict',
      message: "couldn't enrol: this passkey belongs to an approver already",
      detail: 'Each approver needs a passkey of their own, on a device of their own.',
    });
  }
  await tables
    .insertInto('credentials')
    .values({
      id: passkey.id,
      approver_id: invite.approverId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports_json: JSON.stringify(passkey.transports),
      created_at: at,
    })
    .execute();
  await tables
    .updateTable('approvers')
    .set({ state: 'enrolled', enrolled_at: at })
    .where('id', '=', invite.approverId)
    .execute();
  await tables
    .updateTable('invites')
    .set({ used_at: at })
    .where('token_hash', '=', invite.tokenHash)
    .execute();
  await writer.record({
    kind: 'approver.enrolled',
    acting: actingApprover({ id: invite.approverId, name: invite.name, subject: invite.subject }),
    incidentId: null,
    data: {
      approver_id: invite.approverId,
      subject: invite.subject,
      credential_id: passkey.id,
      public_key: encodeBytes(passkey.publicKey, 'base64url'),
      rp_id: passkeys.rpId,
      origin: passkeys.origin,
      aaguid: passkey.aaguid,
    },
  });
}
