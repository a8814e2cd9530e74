// Which of the shop's tables are there. Read by presence, never by which plugins are active: tables outlive plugins.
import { findUserTables } from './find-user-tables.ts';
import type { StoreConnection } from './store-pool.ts';
import { readLayouts, type TableLayout } from './table-layout.ts';

export type StoreTables = {
  readonly prefix: string;
  /** Of tables that all sites of a network share; the same as `prefix` for a single site. */
  readonly network: string;
  /** Backquoted name, or null when the table is missing or the user may not see it. */
  table(name: StoreTableName): string | null;
  layout(name: StoreTableName): TableLayout | null;
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
  'woocommerce_order_items',
  'woocommerce_order_itemmeta',
  'wc_order_product_lookup',
] as const;
export type StoreTableName = (typeof NAMES)[number];

/** Needed for a scope over products alone; that they are missing or keep no snapshot is told then. */
const OF_PRODUCTS: readonly StoreTableName[] = [
  'woocommerce_order_items',
  'woocommerce_order_itemmeta',
  'wc_order_product_lookup',
];

/** Sites of one network share users: site `wp_2_` has them in `wp_users`. */
const SITE_OF_NETWORK = /^(.*_)\d+_$/;

export async function readStoreTables(
  connection: StoreConnection,
  prefix: string,
): Promise<StoreTables> {
  const network = SITE_OF_NETWORK.exec(prefix)?.[1] ?? prefix;
  const wanted = NAMES.map((name) => prefix + name);
  if (network !== prefix) wanted.push(`${network}users`, `${network}usermeta`);
  const layouts = await readLayouts(connection, wanted);
  const found = new Map<StoreTableName, TableLayout>();
  for (const name of NAMES) {
    const shared = name === 'users' || name === 'usermeta';
    const layout = layouts.get(prefix + name) ?? (shared ? layouts.get(network + name) : undefined);
    if (layout !== undefined) found.set(name, layout);
  }
  if (!found.has('users')) {
    const moved = await findUserTables(connection, prefix);
    if (moved !== null) found.set('users', moved.users).set('usermeta', moved.usermeta);
  }
  return {
    prefix,
    network,
    table: (name) => found.get(name)?.quoted ?? null,
    layout: (name) => found.get(name) ?? null,
    withoutSnapshot: NAMES.filter((name) => {
      const layout = found.get(name);
      return (
        layout !== undefined &&
        !OF_PRODUCTS.includes(name) &&
        layout.engine !== '' &&
        layout.engine.toLowerCase() !== 'innodb'
      );
    }),
  };
}
