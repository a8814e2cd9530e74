// Values of the shop on their way out of it: bytes where they have to be decoded, and long ones one at a time, so that no
// page of rows can fill memory.
import { DEFAULT_LIMITS } from '../../domain/data-map/value-tree.ts';
import type { Run } from './page-through.ts';
import { quoteName, type StoreCell, type StoreValue } from './store-pool.ts';
import { textSql, type TableLayout } from './table-layout.ts';

/** Bytes up to which a value comes with its row. */
const INLINE_BYTES = 32 * 1024;
/** A value longer than this is there, whatever it is; shorter ones can be an empty list or a `false`. */
const SURELY_HELD_BYTES = 64;

const LONG_TYPES = /text|blob|json/;

/** A value that is only asked whether it is there. */
const STAND_IN = "'held'";

export type ValueSql = {
  /** NULL for a value too long to come with its row. */
  readonly value: string;
  /** 1 for such a value. */
  readonly long: string;
};

/** `heldOnly`: a condition for rows whose value is not to be read; '' for none, '1' for all. */
export function valueSql(
  table: TableLayout,
  column: string,
  wish: { readonly encoded: boolean; readonly heldOnly: string },
): ValueSql {
  const name = quoteName(column);
  const plain = wish.encoded ? `CAST(${name} AS BINARY)` : textSql(table, column);
  const long = LONG_TYPES.test(table.columns.get(column.toLowerCase())?.type ?? 'text');
  const value = long ? `IF(LENGTH(${name}) <= ${INLINE_BYTES}, ${plain}, NULL)` : plain;
  if (wish.heldOnly === '') {
    return { value, long: long ? `LENGTH(${name}) > ${INLINE_BYTES}` : '0' };
  }
  const held = `(${wish.heldOnly} AND LENGTH(${name}) > ${SURELY_HELD_BYTES})`;
  return {
    value: `IF(${held}, ${STAND_IN}, ${value})`,
    long: long ? `(NOT ${held} AND LENGTH(${name}) > ${INLINE_BYTES})` : '0',
  };
}

/** A long value by its row's key, as far as it is decoded at all. Null when the key names no row, or several. */
export async function readLongValue(
  run: Run,
  input: { table: TableLayout; column: string; key: string; at: StoreCell },
): Promise<Uint8Array | null> {
  const { table, column, key, at } = input;
  const values: StoreValue[] = [at];
  const rows = await run((connection) =>
    connection.lists(
      `SELECT LEFT(CAST(${quoteName(column)} AS BINARY), ${DEFAULT_LIMITS.bytes + 1})
         FROM ${table.quoted} WHERE ${quoteName(key)} = ? LIMIT 2`,
      values,
    ),
  );
  const [cell] = rows[0] ?? [];
  return rows.length === 1 && cell instanceof Uint8Array ? cell : null;
}
