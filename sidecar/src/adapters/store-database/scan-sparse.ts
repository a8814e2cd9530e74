// Columns that were empty in the whole sample: whether any row has a value there is asked of the server, window by window. An
// address that one order in ten thousand has is one all the same.
import type { SampledRow } from '../../domain/data-map/table-survey.ts';
import type { Spread } from './scan-spread.ts';
import { walkWindows } from './scan-walk.ts';
import { quoteName } from './store-pool.ts';

const ROWS_IN_WINDOW = 20;

export async function* readSparse(
  { reader, values, table }: Spread,
  filled: ReadonlySet<string>,
): AsyncGenerator<readonly SampledRow[]> {
  const [key, second] = table.key;
  const empty = new Set(table.values.filter((name) => !filled.has(name)));
  if (key === undefined || second !== undefined || empty.size === 0) return;
  for await (const window of walkWindows(reader, table, key)) {
    const some = [...empty].map((name) => `LENGTH(${quoteName(name)}) > 0`).join(' OR ');
    const rows = await values.read(
      `WHERE ${window.where} AND (${some}) LIMIT ${ROWS_IN_WINDOW}`,
      window.values,
    );
    yield rows;
    for (const name of filledColumns(rows)) empty.delete(name);
    if (empty.size === 0) return;
  }
}

export function filledColumns(rows: readonly SampledRow[]): Set<string> {
  const filled = new Set<string>();
  for (const { values } of rows) {
    for (const [name, value] of values) if (value !== null && value.length > 0) filled.add(name);
  }
  return filled;
}
