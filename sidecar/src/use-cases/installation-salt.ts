// Salts of this installation, for commitments to what belongs to no incident. Made at first use and kept in the ledger, never
// in the log.
import { commitTo, SALT_SIZE } from '../domain/evidence/commitment.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';

export type SaltedRecord = { readonly saltKey: string; readonly record: object };

/** HMAC-SHA256 of the record's canonical JSON, 64 hex digits. */
export async function commitToRecord(
  deps: Pick<Deps, 'randomness'>,
  writer: LedgerWriter,
  { saltKey, record }: SaltedRecord,
): Promise<string> {
  const salt = await readSalt(deps, writer, saltKey);
  return Buffer.from(commitTo(salt, record)).toString('hex');
}

async function readSalt(
  deps: Pick<Deps, 'randomness'>,
  { tables }: LedgerWriter,
  key: string,
): Promise<Uint8Array> {
  const known = await tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst();
  if (known !== undefined) return new Uint8Array(Buffer.from(known.value, 'hex'));
  const salt = deps.randomness.bytes(SALT_SIZE);
  await tables
    .insertInto('settings')
    .values({ key, value: Buffer.from(salt).toString('hex') })
    .execute();
  return salt;
}
