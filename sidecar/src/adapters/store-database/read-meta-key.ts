// All values of one meta key, by the index on keys: values themselves have no index, and the server compares them by the
// rules of its collation.
import { LONGEST_VALUE } from './keyed-values.ts';
import type { Run } from './page-through.ts';
import { forceIndex, textSql, type TableLayout } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

export type KeyedSource = {
  readonly table: TableLayout;
  /** Column of the row it belongs to. */
  readonly owner: string;
  readonly key: string;
};

/**
 * In one statement whose rows pass by one at a time. Not in pages: the index holds the first characters of keys only, so
 * that each page would sort all rows of the key anew. After a lost connection it begins again: rows can come twice.
 */
export async function readMetaKey(
  run: Run,
  { table, owner, key }: KeyedSource,
  onValue: (owner: number, value: string) => void,
): Promise<void> {
  await run((connection) =>
    connection.each(
      `SELECT ${owner}, ${textSql(table, 'meta_value', `LEFT(meta_value, ${LONGEST_VALUE})`)}, meta_key
         FROM ${table.quoted} ${forceIndex(table, 'meta_key')} WHERE meta_key = ?`,
      [key],
      ([id, value, found]) => {
        if (found === key) onValue(idOf(id), textOf(value));
      },
    ),
  );
}
