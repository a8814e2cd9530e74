// Commitments to what signals say. They belong to no incident yet, so their salt is one of this installation.
import { commitToRecord } from './installation-salt.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';

/** HMAC-SHA256 of the record's canonical JSON, 64 hex digits. */
export async function commitToSignal(
  deps: Pick<Deps, 'randomness'>,
  writer: LedgerWriter,
  record: object,
): Promise<string> {
  return commitToRecord(deps, writer, { saltKey: 'signals.salt', record });
}
