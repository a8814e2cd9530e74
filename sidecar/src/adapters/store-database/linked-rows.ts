// Rows of other tables that say whose a row is. Always by a statement of their own: a join would compare texts of tables
// with different collations.
import type { SourceDate, SourceVia } from '../../contract/data-map.ts';
import { chunksOf } from './id-lists.ts';
import type { Run } from './page-through.ts';
import { readDate } from './store-dates.ts';
import { quoteName, type StoreCell } from './store-pool.ts';
import { forceIndex, hasColumn, textSql, type TableLayout } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

export type LinkedRow = {
  readonly userId: number;
  readonly orderId: number;
  readonly email: string;
  readonly at: number | null;
};

export const NO_LINK: LinkedRow = { userId: 0, orderId: 0, email: '', at: null };

/** By the key as text, byte by byte. Columns that the table does not have give nothing. */
export async function readLinked(
  run: Run,
  table: TableLayout,
  via: Omit<SourceVia, 'column' | 'table'>,
  keys: Iterable<string>,
): Promise<ReadonlyMap<string, LinkedRow>> {
  const found = new Map<string, LinkedRow>();
  const column = (name: string | undefined): string =>
    name !== undefined && hasColumn(table, name) ? textSql(table, name) : 'NULL';
  if (!hasColumn(table, via.key)) return found;
  for (const chunk of chunksOf(keysFor(table, via.key, keys))) {
    const rows = await run((connection) =>
      connection.lists(
        `SELECT ${quoteName(via.key)}, ${column(via.user_id)}, ${column(via.order_id)},
                ${column(via.email)}, ${column(via.date?.column)}
           FROM ${table.quoted} ${forceIndex(table, via.key)} WHERE ${quoteName(via.key)} IN (?)`,
        [chunk],
      ),
    );
    for (const [key, user, order, email, date] of rows) {
      found.set(textOf(key), {
        userId: idOf(user),
        orderId: idOf(order),
        email: textOf(email),
        at: via.date === undefined ? null : dateOf(via.date.kind, date),
      });
    }
  }
  return found;
}

/** Of the column's own kind: a number against text, or text against a number, makes the server read the whole table. */
function keysFor(table: TableLayout, column: string, keys: Iterable<string>): (string | number)[] {
  const texts = [...new Set(keys)].filter((key) => key !== '');
  const type = table.columns.get(column.toLowerCase())?.type ?? '';
  return /int/.test(type) ? texts.map(idOf).filter((id) => id !== 0) : texts;
}

/** Columns of rows by id: of posts or comments that meta rows belong to. */
export async function readOwners(
  run: Run,
  table: TableLayout,
  key: string,
  columns: readonly string[],
  ids: Iterable<number>,
): Promise<ReadonlyMap<number, readonly StoreCell[]>> {
  const found = new Map<number, readonly StoreCell[]>();
  const wanted = columns.map((column) =>
    hasColumn(table, column) ? textSql(table, column) : 'NULL',
  );
  for (const chunk of chunksOf([...new Set(ids)])) {
    const rows = await run((connection) =>
      connection.lists(
        `SELECT ${[key, ...wanted].join(', ')} FROM ${table.quoted} WHERE ${key} IN (?)`,
        [chunk],
      ),
    );
    for (const [id, ...cells] of rows) found.set(idOf(id), cells);
  }
  return found;
}

/** Milliseconds since 1970; null for what is no date. */
export function dateOf(kind: SourceDate['kind'], cell: StoreCell | undefined): number | null {
  if (kind === 'utc' || kind === 'local') return readDate(textOf(cell));
  const number = Number(textOf(cell));
  if (!Number.isFinite(number) || number <= 0) return null;
  return Math.trunc(kind === 'unix' ? number * 1_000 : number);
}

/** The last run of digits: `WC-1234` is order 1234. */
export function orderIn(text: string): number {
  // Not begun amid a run: of a long run of digits every end would be tried from each of them.
  return idOf(/(?<!\d)(\d+)\D*$/.exec(text)?.[1]?.replace(/^0+/, '') ?? null);
}

/** A session's key is a user id, or `t_` and a guest's token. */
export function userOfSession(key: string): number {
  return idOf(key.trim());
}
