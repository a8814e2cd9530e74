// A question that one passkey may answer once, within five minutes. It is used up before the answer is checked, so that
// neither a right nor a wrong answer can be tried again.
import type { Selectable } from 'kysely';
import { challengeUnusable } from '../domain/approval/console-errors.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

const LIFETIME_MS = 5 * 60_000;

export type ChallengePurpose = 'enrol' | 'sign_in' | 'approve';
export type ChallengeRecord = Selectable<LedgerTables['challenges']>;

export type NewChallenge = {
  purpose: ChallengePurpose;
  /** base64url; what the passkey signs. */
  challenge: string;
  approverId?: string;
  manifestId?: string;
  nonce?: Uint8Array;
};

/** Returns the challenge's id. */
export async function askChallenge(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids'>,
  input: NewChallenge,
): Promise<string> {
  const id = deps.ids.make('cha');
  await deps.ledger.tables
    .insertInto('challenges')
    .values({
      id,
      purpose: input.purpose,
      approver_id: input.approverId ?? null,
      manifest_id: input.manifestId ?? null,
      nonce: input.nonce ?? null,
      challenge: input.challenge,
      expires_at: new Date(deps.clock.now().getTime() + LIFETIME_MS).toISOString(),
      used_at: null,
    })
    .execute();
  return id;
}

/** Uses the challenge up and returns it. Throws `passkey.challenge_unusable` for any that does not fit. */
export async function takeChallenge(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  input: { id: string; purpose: ChallengePurpose; approverId?: string; manifestId?: string },
): Promise<ChallengeRecord> {
  const now = deps.clock.now().toISOString();
  return deps.ledger.transaction(async ({ tables }) => {
    const row = await tables
      .selectFrom('challenges')
      .selectAll()
      .where('id', '=', input.id)
      .executeTakeFirst();
    const fits =
      row?.purpose === input.purpose &&
      row.used_at === null &&
      row.expires_at > now &&
      row.approver_id === (input.approverId ?? null) &&
      row.manifest_id === (input.manifestId ?? null);
    if (!fits) throw challengeUnusable();
    await tables.updateTable('challenges').set({ used_at: now }).where('id', '=', row.id).execute();
    return row;
  });
}
