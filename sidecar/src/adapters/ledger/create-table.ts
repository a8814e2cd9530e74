// One table of the ledger from its description, in column types that SQLite and MySQL share.
import { sql, SqliteAdapter, type Kysely } from 'kysely';

type ColumnType = 'id' | 'text' | 'long' | 'bytes' | 'int' | 'time';
const COLUMN_SQL: Record<ColumnType, ReturnType<typeof sql>> = {
  id: sql`varchar(80)`,
  text: sql`varchar(255)`,
  long: sql`text`,
  bytes: sql`blob`,
  int: sql`bigint`,
  time: sql`varchar(30)`,
};

export type TableSpec = {
  name: string;
  /** `type` or `type?` for a column that may be null. */
  columns: Record<string, ColumnType | `${ColumnType}?`>;
  key: string[];
  unique?: string[][];
  indexes?: string[][];
  /**
   * Rows lie in the order of the key and nowhere else, as they always do in MySQL; SQLite would keep them twice. For small
   * rows that are written by rising key.
   */
  clustered?: boolean;
};

export async function createTable(db: Kysely<unknown>, spec: TableSpec): Promise<void> {
  let table = db.schema.createTable(spec.name);
  for (const [name, type] of Object.entries(spec.columns)) {
    const nullable = type.endsWith('?');
    const base = (nullable ? type.slice(0, -1) : type) as ColumnType;
    table = table.addColumn(name, COLUMN_SQL[base], (column) =>
      nullable ? column : column.notNull(),
    );
  }
  table = table.addPrimaryKeyConstraint(`${spec.name}_pk`, spec.key as never);
  for (const [at, columns] of (spec.unique ?? []).entries()) {
    table = table.addUniqueConstraint(`${spec.name}_unique${at}`, columns as never);
  }
  if (spec.clustered === true && db.getExecutor().adapter instanceof SqliteAdapter) {
    table = table.modifyEnd(sql`without rowid`);
  }
  await table.execute();
  for (const [at, columns] of (spec.indexes ?? []).entries()) {
    await db.schema
      .createIndex(`${spec.name}_index${at}`)
      .on(spec.name)
      .columns(columns as never)
      .execute();
  }
}

/** To a table that has rows already: they get null, or the default. */
export async function addColumn(
  db: Kysely<unknown>,
  spec: { table: string; name: string; type: ColumnType; byDefault?: number },
): Promise<void> {
  await db.schema
    .alterTable(spec.table)
    .addColumn(spec.name, COLUMN_SQL[spec.type], (column) =>
      spec.byDefault === undefined ? column : column.notNull().defaultTo(spec.byDefault),
    )
    .execute();
}
