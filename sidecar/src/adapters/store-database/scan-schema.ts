// Tables, columns and keys of the schema, and whose the WordPress installs in it are.
import { isCoded } from '../../domain/coded-error.ts';
import type { ColumnFacts, TableFacts } from '../../domain/data-map/scan-table.ts';
import type { SchemaFacts, Unread } from '../../use-cases/ports/store-scanner.ts';
import type { PacedReader } from './scan-pace.ts';
import { quoteName } from './store-pool.ts';

/** Options that name addresses of the shop itself. */
const OPERATOR_OPTIONS: readonly string[] = [
  'siteurl',
  'home',
  'admin_email',
  'new_admin_email',
  'woocommerce_email_from_address',
  'woocommerce_email_reply_to_address',
  'woocommerce_stock_email_recipient',
];

export async function readSchema(reader: PacedReader): Promise<SchemaFacts> {
  const tables = await readTables(reader);
  const prefixes = await readPrefixes(reader, tables);
  return {
    tables,
    prefixes,
    unread: await hiddenTables(reader),
    isOperators: await operatorAddresses(reader, prefixes),
  };
}

async function readTables(reader: PacedReader): Promise<TableFacts[]> {
  const tables = await reader.rows<{ name: string; row_count: number | string | null }>(
    `SELECT table_name AS name, table_rows AS row_count FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name`,
  );
  const columns = await reader.rows<{ name: string; col: string; type: string; extra: string }>(
    `SELECT table_name AS name, column_name AS col, LOWER(data_type) AS type, LOWER(extra) AS extra
       FROM information_schema.columns WHERE table_schema = DATABASE()
      ORDER BY table_name, ordinal_position`,
  );
  const keys = await reader.rows<KeyRow>(
    `SELECT table_name AS name, index_name AS idx, column_name AS col, nullable AS empty_allowed,
            sub_part AS cut
       FROM information_schema.statistics WHERE table_schema = DATABASE() AND non_unique = 0
      ORDER BY table_name, index_name = 'PRIMARY' DESC, index_name, seq_in_index`,
  );
  const columnsOf = Map.groupBy(columns, ({ name }) => name);
  const keysOf = Map.groupBy(keys, ({ name }) => name);
  return tables.map(({ name, row_count }) => ({
    name,
    rows: Number(row_count ?? 0),
    columns: (columnsOf.get(name) ?? []).map(({ col, type, extra }): ColumnFacts => ({
      name: col,
      type,
      autoIncrement: extra.includes('auto_increment'),
    })),
    key: bestKey(keysOf.get(name) ?? []),
  }));
}

/** By the options tables that hold a site's address; one that cannot be read just now is taken for such a table. */
async function readPrefixes(reader: PacedReader, tables: readonly TableFacts[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name, columns } of tables) {
    const own = columns.map((column) => column.name);
    if (!name.endsWith('options') || !own.includes('option_name') || !own.includes('option_value'))
      continue;
    const rows = await unlessUnreadable(
      reader.rows<{ name: string }>(
        `SELECT option_name AS name FROM ${quoteName(name)} WHERE option_name = 'siteurl'`,
      ),
    );
    if (rows === null || rows.length > 0) found.push(name.slice(0, -'options'.length));
  }
  return found.sort();
}

/** Null when the table is locked or forbidden: sampling it says so later. */
async function unlessUnreadable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isCoded(error, 'store.timeout', 'store.access_denied', 'store.changed_meanwhile'))
      return null;
    throw error;
  }
}

type KeyRow = {
  name: string;
  idx: string;
  col: string;
  empty_allowed: string;
  cut: number | null;
};

/** The first unique index whose columns are whole and never NULL; the primary key comes first. */
function bestKey(rows: readonly KeyRow[]): string[] {
  for (const parts of Map.groupBy(rows, ({ idx }) => idx).values()) {
    if (parts.every(({ empty_allowed, cut }) => empty_allowed !== 'YES' && cut === null)) {
      return parts.map(({ col }) => col);
    }
  }
  return [];
}

/** information_schema leaves out tables that the user may not read, without a word. */
async function hiddenTables(reader: PacedReader): Promise<Unread[]> {
  const [here] = await reader.rows<{ name: string }>('SELECT DATABASE() AS name');
  const lines = (await reader.rows<Record<string, string>>('SHOW GRANTS')).map(
    (row) => Object.values(row)[0] ?? '',
  );
  if (lines.some((line) => readsAll(line, here?.name ?? ''))) return [];
  return [
    {
      code: 'scan.tables_hidden',
      sentence:
        'The database user may read single tables only: others of the schema cannot even be seen. Give it SELECT on the whole schema.',
    },
  ];
}

/** Of one line such as ``GRANT SELECT ON `shop\_1`.* TO `reader`@`%` ``; a role may hold the right too. */
function readsAll(line: string, database: string): boolean {
  const [, rights = '', pattern] = /^GRANT (.+?) ON (?:`?(.+?)`?)\.\* TO /i.exec(line) ?? [];
  if (pattern === undefined) return /^GRANT `?[^`]+`? TO /i.test(line);
  if (!/\b(?:SELECT|ALL PRIVILEGES)\b/i.test(rights)) return false;
  return pattern === '*' || likeExpression(pattern).test(database);
}

function likeExpression(pattern: string): RegExp {
  const parts = [...pattern.matchAll(/\\(.)|(.)/gu)].map(([, escaped, plain]) => {
    if (plain === '%') return '.*';
    if (plain === '_') return '.';
    return (escaped ?? plain ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'iu');
}

async function operatorAddresses(
  reader: PacedReader,
  prefixes: readonly string[],
): Promise<(value: string) => boolean> {
  const addresses = new Set<string>();
  const domains = new Set<string>();
  for (const prefix of prefixes) {
    const rows = await unlessUnreadable(
      reader.rows<{ value: string }>(
        `SELECT LEFT(option_value, 500) AS value FROM ${quoteName(`${prefix}options`)}
          WHERE option_name IN (?)`,
        [OPERATOR_OPTIONS],
      ),
    );
    for (const { value } of rows ?? []) {
      const host = URL.canParse(value) ? new URL(value).hostname.replace(/^www\./, '') : null;
      if (host !== null && host !== '') domains.add(host);
      for (const address of value.toLowerCase().split(/[\s,;]+/)) addresses.add(address);
    }
  }
  return (value) => {
    const folded = value.trim().toLowerCase();
    const at = folded.lastIndexOf('@');
    return at > 0 && (addresses.has(folded) || domains.has(folded.slice(at + 1)));
  };
}
