// Passkeys of enrolled approvers as the ledger holds them.
import type { Kysely } from 'kysely';
import { passkeyCounterMoved, passkeyUnknown } from '../domain/approval/console-errors.ts';
import type { ApproverIdentity } from './console-session.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { KnownPasskey } from './ports/passkeys.ts';

export type OwnedPasskey = { passkey: KnownPasskey; approver: ApproverIdentity };

/** The passkey an answer names, with its owner. Throws `passkey.unknown` unless the owner is enrolled. */
export async function requirePasskey(
  tables: Kysely<LedgerTables>,
  response: Readonly<Record<string, unknown>>,
): Promise<OwnedPasskey> {
  const id = response['id'];
  const row =
    typeof id !== 'string'
      ? undefined
      : await tables
          .selectFrom('credentials')
          .innerJoin('approvers', 'approvers.id', 'credentials.approver_id')
          .select(['credentials.id', 'public_key', 'counter', 'approver_id', 'name', 'subject'])
          .where('credentials.id', '=', id)
          .where('approvers.state', '=', 'enrolled')
          .executeTakeFirst();
  if (row === undefined) throw passkeyUnknown();
  return {
    passkey: { id: row.id, publicKey: row.public_key, counter: row.counter },
    approver: { id: row.approver_id, name: row.name, subject: row.subject },
  };
}

/**
 * Keeps the new counter. The answer was verified before this transaction; if another one was taken in meanwhile with the
 * same or a higher counter, this one may be from a copy.
 */
export async function advanceCounter(
  tables: Kysely<LedgerTables>,
  { id, newCounter }: { id: string; newCounter: number },
): Promise<void> {
  const row = await tables
    .selectFrom('credentials')
    .select('counter')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw passkeyUnknown();
  const usesCounter = newCounter > 0 || row.counter > 0;
  if (usesCounter && newCounter <= row.counter) throw passkeyCounterMoved();
  await tables
    .updateTable('credentials')
    .set({ counter: newCounter })
    .where('id', '=', id)
    .execute();
}
