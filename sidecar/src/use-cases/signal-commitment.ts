// Commitments to what signals say. They belong to no incident yet, so their salt is one of this installation: made with
// the first signal and kept in the ledger, never in the log.
import { commitTo, SALT_SIZE } from '../domain/evidence/commitment.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';

const SALT_KEY = 'signals.salt';

/** HMAC-SHA256 of the record's canonical JSON, 64 hex digits. */
export async function commitToSignal(
  deps: Pick<Deps, 'randomness'>,
  writer: LedgerWriter,
  record: object,
): Promise<string> {
  return Buffer.from(commitTo(await readSalt(deps, writer), record)).toString('hex');
}

async function readSalt(deps: Pick<Deps, 'randomness'>, writer: LedgerWriter): Promise<Uint8Array> {
  const known = await writer.tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', SALT_KEY)
    .executeTakeFirst();
  if (known !== undefined) return new Uint8Array(Buffer.from(known.value, 'hex'));
  const salt = deps.randomness.bytes(SALT_SIZE);
  await writer.tables
    .insertInto('settings')
    .values({ key: SALT_KEY, value: Buffer.from(salt).toString('hex') })
    .execute();
  return salt;
}
