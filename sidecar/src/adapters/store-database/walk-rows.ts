// Walks any table by a key of any type, in pages that hold all rows of each key. By key ranges that the server itself
// names: comparing texts in code would not follow the order of a collation.
import { CodedError } from '../../domain/coded-error.ts';
import { chunksOf } from './id-lists.ts';
import type { Run } from './page-through.ts';
import { quoteName, type StoreCell, type StoreConnection, type StoreValue } from './store-pool.ts';
import { forceIndex, indexOn, type TableLayout } from './table-layout.ts';

/** Keys of one page; rows can be more. */
const PAGE_KEYS = 2_000;

/** Rows up to which a condition's rows are found by its index, and then read by their keys. */
const FEW = 200_000;

export type RowWalk = {
  readonly table: TableLayout;
  /** All rows with one value of it come in one page. Without an index on it the table is read at once. */
  readonly key: string;
  /** Expressions of the columns wanted; the key comes before them. */
  readonly select: string;
  /** Which rows are wanted, and the column by whose index they can be found. */
  readonly where: {
    readonly sql: string;
    readonly values: readonly StoreValue[];
    readonly column: string;
  } | null;
  /** Only rows with these keys. */
  readonly only?: readonly (number | string)[] | undefined;
};

export async function* walkRows(run: Run, walk: RowWalk): AsyncGenerator<StoreCell[][]> {
  const keys = walk.only ?? (await run((connection) => fewKeys(connection, walk)));
  const pages = keys === null ? rangePages(walk) : listPages(walk, keys);
  let coming = ask(run, pages.first);
  while (coming !== null) {
    const page: Page = await coming;
    coming = ask(run, page.next);
    if (page.rows.length > 0) yield page.rows;
  }
}

type Ask = (connection: StoreConnection) => Promise<Page>;
type Page = { rows: StoreCell[][]; next: Ask | null };

/** The next page is asked for before one is given out. Its failure is told when it is awaited. */
function ask(run: Run, next: Ask | null): Promise<Page> | null {
  if (next === null) return null;
  const page = run(next);
  page.catch(() => undefined);
  return page;
}

function rowsSql(
  { table, key, select, where }: RowWalk,
  column: string,
  condition: string,
): string {
  const conditions = [condition, where === null ? '' : `(${where.sql})`].filter(
    (sql) => sql !== '',
  );
  return `SELECT ${quoteName(key)}${select === '' ? '' : `, ${select}`} FROM ${table.quoted} ${forceIndex(table, column)}${
    conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  }`;
}

function listPages(walk: RowWalk, keys: readonly (number | string)[]): { first: Ask | null } {
  const chunks = chunksOf(keys);
  const at = (place: number): Ask | null => {
    const chunk = chunks[place];
    if (chunk === undefined) return null;
    return async (connection) => ({
      rows: await connection.lists(rowsSql(walk, walk.key, `${quoteName(walk.key)} IN (?)`), [
        chunk,
        ...(walk.where?.values ?? []),
      ]),
      next: at(place + 1),
    });
  };
  return { first: at(0) };
}

/** Keys of the wanted rows, when they are few and an index names them; null otherwise. */
async function fewKeys(
  connection: StoreConnection,
  { table, key, where }: RowWalk,
): Promise<readonly (number | string)[] | null> {
  if (where === null || indexOn(table, where.column) === null) return null;
  const rows = await connection.lists(
    `SELECT ${quoteName(key)} FROM ${table.quoted} ${forceIndex(table, where.column)}
      WHERE ${where.sql} LIMIT ?`,
    [...where.values, FEW + 1],
  );
  if (rows.length > FEW) return null;
  const keys = new Set<number | string>();
  for (const [cell] of rows) {
    if (typeof cell === 'number' || typeof cell === 'string') keys.add(cell);
    else if (cell !== null) return null;
  }
  return [...keys].sort((a, b) => (a < b ? -1 : 1));
}

/** Rows without a key belong to nobody. */
function rangePages(walk: RowWalk): { first: Ask } {
  const { table, key, where } = walk;
  if (indexOn(table, key) === null) return { first: (connection) => wholeTable(connection, walk) };
  const name = quoteName(key);
  const from = (after: StoreCell | undefined): Ask => {
    const above = after === undefined ? `${name} IS NOT NULL` : `${name} > ?`;
    const start: StoreValue[] = after === undefined ? [] : [after];
    return async (connection) => {
      const [bound] = await connection.lists(
        `SELECT ${name} FROM ${table.quoted} ${forceIndex(table, key)} WHERE ${above}
          ORDER BY ${name} LIMIT 1 OFFSET ?`,
        [...start, PAGE_KEYS - 1],
      );
      const to = bound?.[0];
      const rows = await connection.lists(
        rowsSql(walk, key, to === undefined ? above : `${above} AND ${name} <= ?`),
        [...start, ...(to === undefined ? [] : [to]), ...(where?.values ?? [])],
      );
      return { rows, next: to === undefined ? null : from(to) };
    };
  };
  return { first: from(undefined) };
}

/** A table without any index to walk by. */
async function wholeTable(connection: StoreConnection, walk: RowWalk): Promise<Page> {
  const rows = await connection.lists(`${rowsSql(walk, walk.key, '')} LIMIT ?`, [
    ...(walk.where?.values ?? []),
    FEW + 1,
  ]);
  if (rows.length > FEW) {
    throw new CodedError({
      code: 'store.no_key',
      category: 'unavailable',
      message: `couldn't read a table of the shop in pages: it has no index on ${walk.key} and no primary key`,
      detail: `Add an index on ${walk.key} to ${walk.table.name}, or map the source with a key that has one.`,
    });
  }
  return { rows, next: null };
}
