// How tables of the shop are made: columns, character sets, indexes. Shops that were upgraded over years differ from what a
// fresh one has, so nothing is taken for granted.
import { quoteName, type StoreConnection } from './store-pool.ts';

export type ColumnLayout = {
  /** Such as `longtext`, in lower case. */
  readonly type: string;
  /** Null for columns that hold no text. */
  readonly charset: string | null;
  readonly collation: string | null;
};

export type IndexLayout = {
  readonly name: string;
  /** In order, in lower case; `prefix` is the number of characters that are indexed, null for all. */
  readonly columns: readonly { readonly name: string; readonly prefix: number | null }[];
};

export type TableLayout = {
  /** The whole name, as it is. */
  readonly name: string;
  /** For SQL. */
  readonly quoted: string;
  /** '' for a view. */
  readonly engine: string;
  /** By name in lower case: MySQL does not tell letter cases of columns apart. */
  readonly columns: ReadonlyMap<string, ColumnLayout>;
  readonly indexes: readonly IndexLayout[];
};

/** Tables of the schema among these; others are not there, or the user may not see them. */
export async function readLayouts(
  connection: StoreConnection,
  names: readonly string[],
): Promise<Map<string, TableLayout>> {
  if (names.length === 0) return new Map();
  const tables = await connection.rows<{ name: string; engine: string | null }>(
    `SELECT table_name AS name, engine AS engine FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name IN (?)`,
    [names],
  );
  const here = tables.map(({ name }) => name).filter((name) => names.includes(name));
  if (here.length === 0) return new Map();
  const columns = await connection.rows<{
    owner: string;
    name: string;
    type: string;
    charset: string | null;
    collation: string | null;
  }>(
    `SELECT table_name AS owner, column_name AS name, data_type AS type, character_set_name AS charset,
            collation_name AS collation
       FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name IN (?)`,
    [here],
  );
  const parts = await connection.rows<{
    owner: string;
    name: string;
    place: number;
    column_name: string | null;
    prefix: number | null;
  }>(
    `SELECT table_name AS owner, index_name AS name, seq_in_index AS place, column_name AS column_name,
            sub_part AS prefix
       FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name IN (?) AND index_type = 'BTREE'`,
    [here],
  );
  const columnsOf = Map.groupBy(columns, ({ owner }) => owner);
  const partsOf = Map.groupBy(parts, ({ owner }) => owner);
  return new Map(
    tables
      .filter(({ name }) => names.includes(name))
      .map(({ name, engine }) => [
        name,
        {
          name,
          quoted: quoteName(name),
          engine: engine ?? '',
          columns: new Map(
            (columnsOf.get(name) ?? []).map((column) => [
              column.name.toLowerCase(),
              {
                type: column.type.toLowerCase(),
                charset: column.charset,
                collation: column.collation,
              },
            ]),
          ),
          indexes: indexesFrom(partsOf.get(name) ?? []),
        },
      ]),
  );
}

function indexesFrom(
  parts: readonly {
    name: string;
    place: number;
    column_name: string | null;
    prefix: number | null;
  }[],
): IndexLayout[] {
  return [...Map.groupBy(parts, ({ name }) => name)].map(([name, columns]) => ({
    name,
    columns: columns
      .toSorted((a, b) => a.place - b.place)
      // An expression stands in an index without a column name.
      .map((part) => ({ name: (part.column_name ?? '').toLowerCase(), prefix: part.prefix })),
  }));
}

export function hasColumn(layout: TableLayout, column: string): boolean {
  return layout.columns.has(column.toLowerCase());
}

/** The first index that begins with these columns, whole or by their first characters; null for none. */
export function indexOn(layout: TableLayout, ...columns: readonly string[]): IndexLayout | null {
  const wanted = columns.map((column) => column.toLowerCase());
  return (
    layout.indexes.find((index) =>
      wanted.every((column, place) => index.columns[place]?.name === column),
    ) ?? null
  );
}

/** Makes the server read by an index: its own choice rests on statistics that can be years old. '' when there is none. */
export function forceIndex(layout: TableLayout, ...columns: readonly string[]): string {
  const index = indexOn(layout, ...columns);
  return index === null ? '' : `FORCE INDEX (${quoteName(index.name)})`;
}

/**
 * A column, or an expression over it, for a SELECT that wants text. Old shops hold UTF-8 in columns declared latin1, which
 * the server would encode a second time: their bytes are asked for, and read by `textOf`.
 */
export function textSql(
  layout: TableLayout,
  column: string,
  expression = quoteName(column),
): string {
  return layout.columns.get(column.toLowerCase())?.charset === 'latin1'
    ? `CAST(${expression} AS BINARY)`
    : expression;
}
