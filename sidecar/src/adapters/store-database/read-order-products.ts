// What orders were for: ids of products and variations, from the order's items and from WooCommerce's lookup. Either can
// lack an order that the other has.
import { oneOf } from './page-through.ts';
import type { StoreCell, StoreConnection } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';
import { hasColumn } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

const KEYS = ['_product_id', '_variation_id'];
const NONE: readonly number[] = [];

/** By order id, distinct, ascending. */
export type OrderProducts = (orderId: number) => readonly number[];

export async function readOrderProducts(
  connection: StoreConnection,
  tables: StoreTables,
  orderIds: readonly number[],
): Promise<OrderProducts> {
  const found = new Map<number, Set<number>>();
  const add = (order: StoreCell | undefined, product: StoreCell | undefined): void => {
    const id = idOf(product);
    if (id === 0) return;
    const products = found.get(idOf(order)) ?? new Set();
    found.set(idOf(order), products.add(id));
  };
  if (orderIds.length > 0) {
    for (const [order, key, value] of await fromItems(connection, tables, orderIds)) {
      if (KEYS.includes(textOf(key))) add(order, value);
    }
    for (const [order, product, variation] of await fromLookup(connection, tables, orderIds)) {
      add(order, product);
      add(order, variation);
    }
  }
  return (orderId) => {
    const products = found.get(orderId);
    return products === undefined ? NONE : [...products].sort((a, b) => a - b);
  };
}

/** Tied by numbers only: texts of tables with different collations must not meet in one statement. */
function fromItems(
  connection: StoreConnection,
  tables: StoreTables,
  orderIds: readonly number[],
): Promise<StoreCell[][]> {
  const items = tables.table('woocommerce_order_items');
  const itemmeta = tables.table('woocommerce_order_itemmeta');
  if (items === null || itemmeta === null) return Promise.resolve([]);
  const { sql, values } = oneOf(orderIds)('i.order_id');
  return connection.lists(
    `SELECT i.order_id, m.meta_key, LEFT(m.meta_value, 20) FROM ${items} i
       JOIN ${itemmeta} m ON m.order_item_id = i.order_item_id
      WHERE ${sql} AND m.meta_key IN (?)`,
    [...values, KEYS],
  );
}

function fromLookup(
  connection: StoreConnection,
  tables: StoreTables,
  orderIds: readonly number[],
): Promise<StoreCell[][]> {
  const lookup = tables.layout('wc_order_product_lookup');
  if (
    lookup === null ||
    !['order_id', 'product_id', 'variation_id'].every((c) => hasColumn(lookup, c))
  ) {
    return Promise.resolve([]);
  }
  const { sql, values } = oneOf(orderIds)('order_id');
  return connection.lists(
    `SELECT order_id, product_id, variation_id FROM ${lookup.quoted} WHERE ${sql}`,
    values,
  );
}
