// Walks a table from start to end by its key, in windows of so many rows. Only what the server can say of a window without
// its values is asked for, so that a table of millions takes seconds.
import type { ScanTable } from '../../domain/data-map/scan-table.ts';
import type { PacedReader } from './scan-pace.ts';
import { quoteName, type StoreValue } from './store-pool.ts';

export type Window = { readonly where: string; readonly values: readonly StoreValue[] };

/** A table of any size is walked in so many windows at least, so that rows picked from each come from all over it. */
const LEAST_WINDOWS = 20;
const LEAST_ROWS = 500;

export async function* walkWindows(
  reader: PacedReader,
  { name: table, rows }: Pick<ScanTable, 'name' | 'rows'>,
  key: string,
): AsyncGenerator<Window> {
  const column = quoteName(key);
  const even = Math.max(Math.ceil(rows / LEAST_WINDOWS), LEAST_ROWS);
  const windowRows = Math.min(even, reader.windowRows);
  let last: string | null = null;
  for (;;) {
    const from: Window =
      last === null ? { where: '1 = 1', values: [] } : { where: `${column} > ?`, values: [last] };
    const [end]: { id: string | number }[] = await reader.rows<{ id: string | number }>(
      `SELECT ${column} AS id FROM ${quoteName(table)} WHERE ${from.where}
        ORDER BY ${column} LIMIT 1 OFFSET ${windowRows - 1}`,
      from.values,
    );
    if (end === undefined) {
      yield from;
      return;
    }
    last = String(end.id);
    yield { where: `${from.where} AND ${column} <= ?`, values: [...from.values, last] };
  }
}
