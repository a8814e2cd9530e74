// A table of the shop as a scan sees it: whose it is, what of it may hold personal data, and how its rows can be sampled.

export type ColumnFacts = {
  readonly name: string;
  /** As in information_schema, lower case: `varchar`, `bigint`, `longblob`. */
  readonly type: string;
  readonly autoIncrement: boolean;
};

export type TableFacts = {
  readonly name: string;
  /** The server's estimate. */
  readonly rows: number;
  readonly columns: readonly ColumnFacts[];
  /** Columns of the primary key, else of the first unique one without NULL, in order; none when there is no such key. */
  readonly key: readonly string[];
};

/** Key/value rows: the columns of key, value and the row they belong to. */
export type PairColumns = {
  readonly name: string;
  readonly value: string;
  readonly owner: string | null;
};

/** Where a row's type is read: its own column, or the row of another table that it belongs to. */
export type TypeColumn =
  | { readonly of: 'row'; readonly column: string }
  | {
      readonly of: 'owner';
      readonly table: string;
      readonly key: string;
      readonly column: string;
      readonly owner: string;
    };

export type ScanTable = {
  /** The physical name. */
  readonly name: string;
  /** Of the site it belongs to; '' for a table outside any prefix. */
  readonly prefix: string;
  /** The name WordPress would give it: `wp_users` for a users table moved by CUSTOM_USER_TABLE. */
  readonly canonical: string;
  readonly rows: number;
  readonly key: readonly string[];
  /** Columns whose values are looked at. */
  readonly values: readonly string[];
  /** All columns, for names that are judged beside each other. */
  readonly columns: readonly string[];
  readonly pairs: PairColumns | null;
  readonly type: TypeColumn | null;
};

const NUMBERS: readonly string[] = ['int', 'bigint', 'decimal', 'double', 'float'];
const TEXTS: readonly string[] = [
  ...['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json'],
  ...[
    'binary',
    'varbinary',
    'tinyblob',
    'blob',
    'mediumblob',
    'longblob',
    'inet4',
    'inet6',
    'uuid',
  ],
];
const DATES: readonly string[] = ['date', 'datetime', 'timestamp'];
/** Dates are personal data only when they are somebody's birth; all others would be sampled in vain. */
const BIRTH = /birth|dob|geb|naiss|nacim|nasc/i;

/** Columns that may hold personal data. Keys that count up, flags and times of events do not. */
export function valueColumns({ columns }: TableFacts): string[] {
  return columns
    .filter(({ name, type, autoIncrement }) => {
      if (autoIncrement) return false;
      if (DATES.includes(type)) return BIRTH.test(name);
      return TEXTS.includes(type) || NUMBERS.includes(type);
    })
    .map(({ name }) => name);
}

export function isNumeric({ type }: ColumnFacts): boolean {
  return NUMBERS.includes(type) || ['tinyint', 'smallint', 'mediumint'].includes(type);
}

export function isText({ type }: ColumnFacts): boolean {
  return TEXTS.includes(type);
}

/**
 * Key/value rows by their columns: `meta_key`/`meta_value`, `option_name`/`option_value`, and any two columns named alike
 * but for `key` or `name` and `value`. A bare `name` beside `value` is not enough: it may be a person's.
 */
export function pairColumns({ columns }: TableFacts): PairColumns | null {
  const texts = columns.filter(isText).map(({ name }) => name);
  for (const value of texts) {
    const stem = /^(.*_)?value$/i.exec(value)?.[1] ?? (/^value$/i.test(value) ? '' : null);
    if (stem === null) continue;
    const name = texts.find((other) => {
      const lower = other.toLowerCase();
      const start = stem.toLowerCase();
      return lower === `${start}key` || (start !== '' && lower === `${start}name`);
    });
    if (name !== undefined) return { name, value, owner: ownerColumn(columns, [name, value]) };
  }
  return null;
}

/** The first whole number that counts no rows: `user_id`, `order_item_id`, `entry_id`. */
function ownerColumn(columns: readonly ColumnFacts[], taken: readonly string[]): string | null {
  const found = columns.find(
    (column) =>
      isNumeric(column) &&
      !column.autoIncrement &&
      /_id$/i.test(column.name) &&
      !taken.includes(column.name),
  );
  return found?.name ?? null;
}
