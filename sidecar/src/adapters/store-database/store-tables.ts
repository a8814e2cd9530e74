// Which of the shop's tables are there. Read by presence, never by which plugins are active: tables outlive plugins.
import type { StoreConnection } from './store-pool.ts';
import { quoteName } from './store-pool.ts';

export type StoreTables = {
  readonly prefix: string;
  /** Backquoted name, or null when the table is missing or the user may not see it. */
  table(name: StoreTableName): string | null;
  /** Tables among these that keep no snapshots (not InnoDB): rows may change while they are read. */
  readonly withoutSnapshot: readonly StoreTableName[];
};

const NAMES = [
  'options',
  'users',
  'usermeta',
  'posts',
  'postmeta',
  'wc_orders',
  'wc_order_addresses',
  'wc_orders_meta',
] as const;
export type StoreTableName = (typeof NAMES)[number];

/** Sites of one network share users: site `wp_2_` has them in `wp_users`. */
const SITE_OF_NETWORK = /^(.*_)\d+_$/;

export async function readStoreTables(
  connection: StoreConnection,
  prefix: string,
): Promise<StoreTables> {
  const network = SITE_OF_NETWORK.exec(prefix)?.[1];
  const wanted = NAMES.map((name) => prefix + name);
  if (network !== undefined) wanted.push(`${network}users`, `${network}usermeta`);
  const rows = await connection.rows<{ name: string; engine: string | null }>(
    `SELECT table_name AS name, engine AS engine FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name IN (?)`,
    [wanted],
  );
  const engines = new Map(rows.map((row) => [row.name, row.engine]));
  const full = (name: StoreTableName): string | null => {
    if (engines.has(prefix + name)) return prefix + name;
    const shared = network !== undefined && (name === 'users' || name === 'usermeta');
    return shared && engines.has(network + name) ? network + name : null;
  };
  return {
    prefix,
    table: (name) => {
      const found = full(name);
      return found === null ? null : quoteName(found);
    },
    withoutSnapshot: NAMES.filter((name) => {
      const engine = engines.get(full(name) ?? '');
      return typeof engine === 'string' && engine.toLowerCase() !== 'innodb';
    }),
  };
}
