// Whether the ledger and the signed log are of one history. A ledger restored from a backup is not: its next entries would
// get numbers that are taken in the log, and would count as signed without being there.
import { EvidenceError } from '../domain/evidence/errors.ts';
import type { Ledger } from '../use-cases/ports/ledger.ts';

export type StoredEntry = { readonly seq: number; readonly bytes: Uint8Array };

/** Newest entries of the log compared even when the ledger knows that they are in it. */
const COMPARED = 10;
const PAGE = 1_000;

/**
 * Compares what the log holds of the newest entries, and of every entry not marked as being in it, with the ledger.
 * Throws `evidence.ledger_older` or `evidence.mismatch`.
 */
export async function checkHistory(input: {
  ledger: Ledger;
  /** Of the log. */
  size: number;
  readStored?: ((from: number, to: number) => AsyncIterable<StoredEntry>) | undefined;
}): Promise<void> {
  const { ledger, size, readStored } = input;
  const { newest, unmarked } = await ledger.tables
    .selectFrom('evidence_entries')
    .select((entry) => [
      entry.fn.max<number | null>('seq').as('newest'),
      entry.fn.min<number | null>('seq').filterWhere('integrated', '=', 0).as('unmarked'),
    ])
    .executeTakeFirstOrThrow();
  const known = newest === null ? 0 : newest + 1;
  if (size > known) throw ledgerOlder(size, known);
  if (readStored === undefined) return;
  for (let from = Math.max(0, Math.min(size - COMPARED, unmarked ?? size)); from < size;) {
    const to = Math.min(from + PAGE, size);
    await comparePage(ledger, { from, to, stored: readStored(from, to) });
    from = to;
  }
}

async function comparePage(
  ledger: Ledger,
  { from, to, stored }: { from: number; to: number; stored: AsyncIterable<StoredEntry> },
): Promise<void> {
  const rows = await ledger.tables
    .selectFrom('evidence_entries')
    .select(['seq', 'bytes'])
    .where('seq', '>=', from)
    .where('seq', '<', to)
    .execute();
  const recorded = new Map(rows.map(({ seq, bytes }) => [seq, bytes]));
  let next = from;
  for await (const { seq, bytes } of stored) {
    const row = recorded.get(seq);
    if (seq !== next || row === undefined || !Buffer.from(row).equals(bytes)) throw mismatch(seq);
    next += 1;
  }
  if (next < to) throw mismatch(next);
}

function ledgerOlder(size: number, known: number): EvidenceError {
  return new EvidenceError(
    'evidence.ledger_older',
    `couldn't use the evidence log: it has ${size} entries and the ledger knows only ${known} (the ledger is older than the log, such as after a backup was restored; restore the ledger that belongs to this log, or move the evidence folder and its key away as they are and keep them)`,
  );
}

function mismatch(seq: number): EvidenceError {
  return new EvidenceError(
    'evidence.mismatch',
    `couldn't use the evidence log: entry ${seq} in it is not the one the ledger recorded (the ledger and the evidence folder are not from the same history; restore both from the same time)`,
  );
}
