// How far the outbox was read: a position, and the row numbers below it that were not there yet. Auto-increment numbers
// are given when a row is inserted and seen when its transaction commits, so a lower one may appear after a higher one.
import type { Kysely } from 'kysely';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { LedgerWriter } from './ports/ledger.ts';

export type OutboxPosition = {
  /** Highest row number read; 0 before the first. */
  after: number;
  /** Event id of that row, to tell whether the table is still the one that was read. */
  eventId: string | null;
};

const KEY = 'outbox.position';
const READ_AT_KEY = 'outbox.read_at';
/** Written this often at most: a look that finds nothing must not cost a disk flush. */
const READ_AT_EVERY_MS = 30_000;
/** No transaction of a shop stays open longer; a number still missing then was rolled back or never given. */
export const GAP_PATIENCE_MS = 15 * 60_000;
/**
 * Remembered of one hole, nearest to the row after it. A larger hole is a number the server skipped (restart,
 * replication setting), not a thousand open transactions of one INSERT each.
 */
const GAPS_MOST = 1000;

export async function readPosition(tables: Kysely<LedgerTables>): Promise<OutboxPosition> {
  const row = await tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst();
  if (row === undefined) return { after: 0, eventId: null };
  return JSON.parse(row.value) as OutboxPosition;
}

export async function writePosition(writer: LedgerWriter, position: OutboxPosition): Promise<void> {
  await writeSetting(writer.tables, KEY, JSON.stringify(position));
}

/** When the outbox was last read without a fault, to half a minute; null when it never was. */
export async function readOutboxReadAt(tables: Kysely<LedgerTables>): Promise<string | null> {
  const row = await tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', READ_AT_KEY)
    .executeTakeFirst();
  return row?.value ?? null;
}

export async function rememberRead(tables: Kysely<LedgerTables>, now: Date): Promise<void> {
  const known = await readOutboxReadAt(tables);
  const age = known === null ? Infinity : Math.abs(now.getTime() - Date.parse(known));
  if (age >= READ_AT_EVERY_MS) await writeSetting(tables, READ_AT_KEY, now.toISOString());
}

async function writeSetting(
  tables: Kysely<LedgerTables>,
  key: string,
  value: string,
): Promise<void> {
  const changed = await tables
    .updateTable('settings')
    .set({ value })
    .where('key', '=', key)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) > 0) return;
  await tables.insertInto('settings').values({ key, value }).execute();
}

/** Row numbers still waited for, lowest first. */
export async function readGaps(tables: Kysely<LedgerTables>): Promise<number[]> {
  const rows = await tables
    .selectFrom('outbox_gaps')
    .select('outbox_id')
    .orderBy('outbox_id')
    .execute();
  return rows.map((row) => row.outbox_id);
}

/** Highest row number below which nothing is waited for: rows up to it may be pruned. */
export async function readSafePosition(tables: Kysely<LedgerTables>): Promise<number> {
  const { after } = await readPosition(tables);
  const [first] = await readGaps(tables);
  return first === undefined ? after : Math.min(after, first - 1);
}

/** Numbers between `after` and the rows that came, that did not come. */
export function findGaps(after: number, ids: readonly number[]): number[] {
  const gaps: number[] = [];
  let before = after;
  for (const id of ids) {
    for (let gap = Math.max(before + 1, id - GAPS_MOST); gap < id; gap += 1) gaps.push(gap);
    before = id;
  }
  return gaps;
}

export type GapChange = { found: readonly number[]; opened: readonly number[]; now: Date };

/** Opens new gaps, closes those that were filled and gives up those waited for long enough. */
export async function updateGaps(
  writer: LedgerWriter,
  { found, opened, now }: GapChange,
): Promise<void> {
  const tooOld = new Date(now.getTime() - GAP_PATIENCE_MS).toISOString();
  await writer.tables.deleteFrom('outbox_gaps').where('seen_at', '<=', tooOld).execute();
  for (const ids of inChunks(found)) {
    await writer.tables.deleteFrom('outbox_gaps').where('outbox_id', 'in', ids).execute();
  }
  const seenAt = now.toISOString();
  for (const ids of inChunks(opened)) {
    await writer.tables
      .insertInto('outbox_gaps')
      .values(ids.map((id) => ({ outbox_id: id, seen_at: seenAt })))
      .execute();
  }
}

function inChunks(ids: readonly number[]): number[][] {
  const chunks: number[][] = [];
  for (let at = 0; at < ids.length; at += 500) chunks.push(ids.slice(at, at + 500));
  return chunks;
}
