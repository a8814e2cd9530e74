// What of the shop could not be read, in words: a missing table is never shown as nobody.
import type { StoreGap } from '../../use-cases/ports/store-reader.ts';
import type { StoreTableName, StoreTables } from './store-tables.ts';

type Part = { table: StoreTableName; concerns: StoreGap['concerns']; code: string; lost: string };

const PARTS: readonly Part[] = [
  { table: 'users', concerns: 'accounts', code: 'store.accounts_missing', lost: 'accounts' },
  {
    table: 'usermeta',
    concerns: 'accounts',
    code: 'store.account_details_missing',
    lost: 'names and address books of accounts',
  },
  {
    table: 'wc_orders',
    concerns: 'orders',
    code: 'store.hpos_missing',
    lost: "orders of WooCommerce's order tables (HPOS)",
  },
  {
    table: 'posts',
    concerns: 'orders',
    code: 'store.legacy_missing',
    lost: 'orders kept as WordPress posts',
  },
  {
    table: 'postmeta',
    concerns: 'orders',
    code: 'store.legacy_details_missing',
    lost: 'names and addresses of orders kept as WordPress posts',
  },
  {
    table: 'wc_order_addresses',
    concerns: 'orders',
    code: 'store.hpos_addresses_missing',
    lost: "names and addresses of orders of WooCommerce's order tables (HPOS)",
  },
  {
    table: 'wc_orders_meta',
    concerns: 'orders',
    code: 'store.hpos_details_missing',
    lost: "the marks of anonymised orders in WooCommerce's order tables (HPOS)",
  },
];

/** Details of an order store are no gap of their own when the store itself is missing. */
export function findGaps(tables: StoreTables): StoreGap[] {
  const missing = PARTS.filter(({ table }) => tables.table(table) === null)
    .filter(
      ({ table }) =>
        !(table.startsWith('wc_order') && table !== 'wc_orders') ||
        tables.table('wc_orders') !== null,
    )
    .map(({ table, concerns, code, lost }) => ({
      concerns,
      code,
      sentence: `Table ${tables.prefix}${table} is not there or may not be read: no ${lost} were read.`,
    }));
  const changing = tables.withoutSnapshot.filter((name) => name !== 'options');
  if (changing.length === 0) return missing;
  const names = changing.map((name) => tables.prefix + name).join(', ');
  return [
    ...missing,
    ...(['accounts', 'orders'] as const)
      .filter((concerns) => changing.some((name) => concerns === concernOf(name)))
      .map((concerns) => ({
        concerns,
        code: 'store.no_snapshot',
        sentence: `Tables ${names} are not InnoDB: rows written during the reading may be missing.`,
      })),
  ];
}

function concernOf(name: StoreTableName): StoreGap['concerns'] {
  return name.startsWith('user') ? 'accounts' : 'orders';
}
