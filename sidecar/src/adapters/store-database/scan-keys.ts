// Key/value rows: some of every key, however rare. All keys are found by walking the table by its own key: the indexes
// WordPress has on keys are cut to a part of them (meta_key(191)), so the server neither skips from key to key with them nor
// sorts by them (1.5 s for one step on two million rows), and they take `Key` for `key`.
import { foldKey } from '../../domain/data-map/fold-key.ts';
import type { ScanTable } from '../../domain/data-map/scan-table.ts';
import type { SampledRow } from '../../domain/data-map/table-survey.ts';
import { makePicks, type Picks } from './scan-picks.ts';
import { readSpread, type Spread } from './scan-spread.ts';
import { walkWindows } from './scan-walk.ts';
import { quoteName } from './store-pool.ts';

const ROWS_OF_KEY = 60;
const LEAST_ROWS_OF_KEY = 24;
const FEW_WINDOWS = 12;
const MOST_KEYS = 20_000;

export async function* readKeys(spread: Spread): AsyncGenerator<readonly SampledRow[]> {
  const { reader, table, values } = spread;
  const [key, second] = table.key;
  if (table.pairs === null || key === undefined || second !== undefined) {
    yield* readByName(spread);
    return;
  }
  const ids = (await pickRows(spread, key)).toSorted(
    (a, b) => a.length - b.length || (a < b ? -1 : 1),
  );
  for (let at = 0; at < ids.length; at += reader.valueRows) {
    yield await values.read(`WHERE ${quoteName(key)} IN (?)`, [
      ids.slice(at, at + reader.valueRows),
    ]);
  }
}

type KeyRow = {
  name: string | null;
  found: number;
  first: string | number;
  last: string | number;
};
/** Where rows of a key are, while few of them are picked. */
type Picked = { readonly picks: Picks; found: number; readonly windows: KeyRow[] };

/** A window says the first and last row of each key: lists of rows took the server six times as long. */
async function pickRows(spread: Spread, key: string): Promise<readonly string[]> {
  const { reader, table, unread } = spread;
  const picked = new Map<string, Picked>();
  const id = quoteName(key);
  let left = 0;
  for await (const window of walkWindows(reader, table, key)) {
    const rows = await reader.rows<KeyRow>(
      `SELECT ${exactName(table)} AS name, COUNT(*) AS found, MIN(${id}) AS first, MAX(${id}) AS last
         FROM ${quoteName(table.name)} WHERE ${window.where} GROUP BY 1`,
      window.values,
    );
    for (const row of rows) {
      const folded = foldKey(row.name ?? '').key;
      const known = picked.get(folded);
      if (known === undefined && picked.size >= MOST_KEYS) left += 1;
      else picked.set(folded, addRow(known, row));
    }
  }
  if (left > 0) {
    unread({
      code: 'scan.too_many_keys',
      sentence: `Table ${table.name} has more than ${MOST_KEYS} different keys: ${left} were not looked at.`,
    });
  }
  for (const one of picked.values()) await pickMore(spread, key, one);
  return [...new Set([...picked.values()].flatMap(({ picks }) => picks.items()))];
}

function addRow(known: Picked | undefined, row: KeyRow): Picked {
  const picked = known ?? { picks: makePicks(ROWS_OF_KEY), found: 0, windows: [] };
  picked.picks.add([String(row.first), String(row.last)]);
  picked.found += row.found;
  if (picked.windows.length < FEW_WINDOWS) picked.windows.push(row);
  return picked;
}

/** A key that stands in few windows has two rows of each so far, however many it has. */
async function pickMore(
  { reader, table }: Spread,
  key: string,
  { picks, found, windows }: Picked,
): Promise<void> {
  const id = quoteName(key);
  for (const { name, first, last } of windows) {
    if (picks.items().length >= Math.min(found, LEAST_ROWS_OF_KEY)) return;
    const rows = await reader.rows<{ id: string | number }>(
      `SELECT ${id} AS id FROM ${quoteName(table.name)}
        WHERE ${id} >= ? AND ${id} <= ? AND ${exactName(table)} <=> ? LIMIT ${LEAST_ROWS_OF_KEY}`,
      [String(first), String(last), name],
    );
    picks.add(rows.map((row) => String(row.id)));
  }
}

/** The key in one collation for tables of any character set, one that tells `Key` from `key`. */
function exactName({ pairs }: ScanTable): string {
  return `CONVERT(${quoteName(pairs?.name ?? '')} USING utf8mb4) COLLATE utf8mb4_bin`;
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
