// What an index would take on the disk: rows by the server's statistics, times the length of an entry as the first rows of
// the table have it. The limits of the columns would say many times too much: an address of 320 characters has 25.
import type { WantedIndex } from './standard-indexes.ts';
import { quoteName, type StoreConnection } from './store-pool.ts';
import type { TableLayout } from './table-layout.ts';

const SAMPLE_ROWS = 1_000;
/** An entry of InnoDB ends with the primary key, here mostly a bigint, and begins with five bytes of its own. */
const BESIDES = 8 + 5;
/** A page of an index that grows is filled to about two thirds. */
const FILLED = 0.67;
const NUMBER_BYTES = 8;

/** Characters that text columns of a table may hold, by name in lower case. */
export async function textLengths(
  connection: StoreConnection,
  table: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await connection.rows<{ name: string; length: number | string }>(
    `SELECT column_name AS name, character_maximum_length AS length FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ? AND character_maximum_length IS NOT NULL`,
    [table],
  );
  return new Map(rows.map(({ name, length }) => [name.toLowerCase(), Number(length)]));
}

/** Rows of each table by the server's statistics; exact for none of them. */
export async function estimatedRows(
  connection: StoreConnection,
  tables: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (tables.length === 0) return new Map();
  const rows = await connection.rows<{ name: string; n: number | string | null }>(
    `SELECT table_name AS name, table_rows AS n FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name IN (?)`,
    [tables],
  );
  return new Map(rows.map(({ name, n }) => [name, Number(n ?? 0)]));
}

/** In bytes. */
export async function indexSize(
  connection: StoreConnection,
  input: { layout: TableLayout; wanted: WantedIndex; rows: number },
): Promise<number> {
  const { layout, wanted, rows } = input;
  const lengths = wanted.columns.map(({ name, prefix }) => {
    const column = quoteName(name);
    if (layout.columns.get(name)?.charset == null) return String(NUMBER_BYTES);
    const indexed = prefix === null ? column : `LEFT(${column}, ${prefix})`;
    return `COALESCE(LENGTH(${indexed}), 0) + 2`;
  });
  const [row] = await connection.rows<{ bytes: number | string | null }>(
    `SELECT AVG(${lengths.join(' + ')}) AS bytes FROM (SELECT * FROM ${layout.quoted} LIMIT ${SAMPLE_ROWS}) sample`,
  );
  return Math.round((rows * (Number(row?.bytes ?? 0) + BESIDES)) / FILLED);
}
