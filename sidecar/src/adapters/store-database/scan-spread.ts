// Rows from all over a table: a small one whole, a large one at its start, at its end and at points between. Rows at the
// start alone would show the shop of years ago, before the plugin that leaks was installed.
import type { ScanTable } from '../../domain/data-map/scan-table.ts';
import type { SampledRow } from '../../domain/data-map/table-survey.ts';
import type { Unread } from '../../use-cases/ports/store-scanner.ts';
import type { PacedReader } from './scan-pace.ts';
import type { ValueReader } from './scan-values.ts';
import { quoteName, type StoreValue } from './store-pool.ts';

/** Rows up to which a table is read whole. */
const WHOLE_ROWS = 2_000;
const POINTS = 20;
const ROWS_AT_POINT = 50;
/** Where keys are text: a row or more for each character that one can begin with. */
const FIRST_CHARACTERS = Array.from('0123456789abcdefghijklmnopqrstuvwxyz');
const ROWS_AT_CHARACTER = 20;

export type Spread = {
  readonly reader: PacedReader;
  readonly values: ValueReader;
  readonly table: ScanTable;
  readonly unread: (what: Unread) => void;
};

/** The part of a table that is sampled: all of it, or the rows of one type. `hint`: which index to go by. */
export type Part = {
  readonly hint: string;
  readonly where: string;
  readonly values: readonly StoreValue[];
};
export const WHOLE: Part = { hint: '', where: '1 = 1', values: [] };

/** True at its end when every row was read. */
export async function* readSpread(
  spread: Spread,
  part: Part = WHOLE,
): AsyncGenerator<readonly SampledRow[], boolean> {
  const order = spread.table.key.map(quoteName).join(', ');
  if (order === '') return yield* readUnordered(spread);
  const { valueRows } = spread.reader;
  for (let at = 0; at < WHOLE_ROWS; at += valueRows) {
    const rows = await spread.values.read(
      `${part.hint} WHERE ${part.where} ORDER BY ${order} LIMIT ${valueRows} OFFSET ${at}`,
      part.values,
    );
    yield rows;
    if (rows.length < valueRows) return true;
  }
  const [first = ''] = spread.table.key;
  for (const { from, rows } of await findPoints(spread, part)) {
    yield await spread.values.read(
      `${part.hint} WHERE ${quoteName(first)} >= ? AND ${part.where} ORDER BY ${order} LIMIT ${rows}`,
      [from, ...part.values],
    );
  }
  const backwards = spread.table.key.map((name) => `${quoteName(name)} DESC`).join(', ');
  yield await spread.values.read(
    `${part.hint} WHERE ${part.where} ORDER BY ${backwards} LIMIT ${ROWS_AT_POINT}`,
    part.values,
  );
  return false;
}

type Point = { readonly from: StoreValue; readonly rows: number };

async function findPoints({ reader, table }: Spread, part: Part): Promise<Point[]> {
  const column = quoteName(table.key[0] ?? '');
  const [ends] = await reader.rows<{ low: string | number; high: string | number }>(
    `SELECT MIN(${column}) AS low, MAX(${column}) AS high FROM ${quoteName(table.name)} WHERE ${part.where}`,
    part.values,
  );
  const low = wholeNumber(ends?.low);
  const high = wholeNumber(ends?.high);
  if (low === null || high === null) {
    return FIRST_CHARACTERS.map((from) => ({ from, rows: ROWS_AT_CHARACTER }));
  }
  return Array.from({ length: POINTS }, (_none, at) => ({
    from: String(low + ((high - low) * BigInt(at)) / BigInt(POINTS)),
    rows: ROWS_AT_POINT,
  }));
}

function wholeNumber(value: string | number | undefined): bigint | null {
  return value !== undefined && /^-?\d+$/.test(String(value)) ? BigInt(value) : null;
}

/** A table without a key has no order to go by, and skipping rows costs reading them: points are near its start. */
async function* readUnordered({
  reader: { valueRows },
  values,
  table,
  unread,
}: Spread): AsyncGenerator<readonly SampledRow[], boolean> {
  for (let at = 0; at < WHOLE_ROWS; at += valueRows) {
    const rows = await values.read(`LIMIT ${valueRows} OFFSET ${at}`);
    yield rows;
    if (rows.length < valueRows) return true;
  }
  for (const share of [0.25, 0.5, 0.75, 0.99]) {
    const offset = Math.floor(Math.min(table.rows, 400_000) * share);
    if (offset > WHOLE_ROWS) yield await values.read(`LIMIT ${valueRows} OFFSET ${offset}`);
  }
  unread({
    code: 'scan.no_key',
    sentence: `Table ${table.name} has no primary or unique key to go by: only a part of its first 400,000 rows was looked at.`,
  });
  return false;
}
