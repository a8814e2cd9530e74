// Key/value rows: some of every key, however rare. All keys are found by walking the table by its own key: the indexes
// WordPress has on keys are cut to a part of them (meta_key(191)), so the server neither skips from key to key with them nor
// sorts by them (1.5 s for one step on two million rows), and they take `Key` for `key`.
import { foldKey } from '../../domain/data-map/fold-key.ts';
import type { SampledRow } from '../../domain/data-map/table-survey.ts';
import { makePicks, type Picks } from './scan-picks.ts';
import { readSpread, type Spread } from './scan-spread.ts';
import { walkWindows } from './scan-walk.ts';
import { quoteName } from './store-pool.ts';

const ROWS_OF_KEY = 60;
/** Of one key in one window: the rest of the rows are elsewhere in the table. */
const ROWS_IN_WINDOW = 24;
const MOST_KEYS = 20_000;

export async function* readKeys(spread: Spread): AsyncGenerator<readonly SampledRow[]> {
  const { reader, table, values } = spread;
  const [key, second] = table.key;
  if (table.pairs === null || key === undefined || second !== undefined) {
    yield* readByName(spread);
    return;
  }
  const picks = await pickRows(spread, key);
  const ids = [...new Set([...picks.values()].flatMap((picked) => picked.items()))];
  ids.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  for (let at = 0; at < ids.length; at += reader.valueRows) {
    yield await values.read(`WHERE ${quoteName(key)} IN (?)`, [
      ids.slice(at, at + reader.valueRows),
    ]);
  }
}

type KeyRow = { name: string | null; ids: string; last: string | number };

async function pickRows(
  { reader, table, unread }: Spread,
  key: string,
): Promise<Map<string, Picks>> {
  const picks = new Map<string, Picks>();
  const name = quoteName(table.pairs?.name ?? '');
  const id = quoteName(key);
  let left = 0;
  for await (const window of walkWindows(reader, table, key)) {
    const rows = await reader.rows<KeyRow>(
      `SELECT CONVERT(${name} USING utf8mb4) COLLATE utf8mb4_bin AS name,
              GROUP_CONCAT(${id} SEPARATOR '\\n') AS ids, MAX(${id}) AS last
         FROM ${quoteName(table.name)} WHERE ${window.where} GROUP BY 1`,
      window.values,
    );
    for (const row of rows) {
      const folded = foldKey(row.name ?? '').key;
      const picked = picks.get(folded) ?? makePicks(ROWS_OF_KEY);
      if (picks.size >= MOST_KEYS && !picks.has(folded)) left += 1;
      else picks.set(folded, picked);
      picked.add(idsOf(row));
    }
  }
  if (left > 0) {
    unread({
      code: 'scan.too_many_keys',
      sentence: `Table ${table.name} has more than ${MOST_KEYS} different keys: ${left} were not looked at.`,
    });
  }
  return picks;
}

/** The list may be cut in the middle of its last number. */
function idsOf({ ids, last }: KeyRow): string[] {
  const listed = ids.split('\n');
  return [...listed.slice(0, -1).slice(0, ROWS_IN_WINDOW), String(last)];
}

/** Rows without a key of their own: by the names, as many as the server can list in time. */
async function* readByName(spread: Spread): AsyncGenerator<readonly SampledRow[]> {
  const { reader, table, values } = spread;
  if (table.pairs === null) {
    yield* readSpread(spread);
    return;
  }
  const name = quoteName(table.pairs.name);
  const names = await reader.rows<{ name: string | null }>(
    `SELECT DISTINCT ${name} AS name FROM ${quoteName(table.name)} LIMIT ${MOST_KEYS}`,
  );
  for (const row of names) {
    yield await values.read(`WHERE ${name} <=> ? LIMIT ${ROWS_OF_KEY}`, [row.name]);
  }
}
