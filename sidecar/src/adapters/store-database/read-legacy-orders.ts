// Orders kept as WordPress posts, by pages of the primary key. Read whatever the order-store option says: with sync off,
// the posts keep old addresses, and an erasure leaves a complete copy here.
import { bareStatus, type OrderCopy } from '../../domain/audience/store-rows.ts';
import { keyColumns, layOutValues, LONGEST_VALUE, type KeyedValues } from './keyed-values.ts';
import { distinctEmails, isAnonymised } from './order-emails.ts';
import { oneOf, PAGE_ROWS, pageThrough, type Run, type Walk } from './page-through.ts';
import { ADDRESS_KEYS, contactFrom, postalFrom } from './postal-parts.ts';
import { NOT_ORDERS, type OrderReading } from './read-hpos-orders.ts';
import { readOrderProducts, type OrderProducts } from './read-order-products.ts';
import { firstDate } from './store-dates.ts';
import type { StoreCell, StoreConnection } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';
import { forceIndex, indexOn, textSql, type TableLayout } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

const OTHERS = [
  '_billing_email',
  '_customer_user',
  '_payment_method',
  '_customer_ip_address',
  '_customer_user_agent',
  '_anonymized',
];
const KEYS = keyColumns([
  ...ADDRESS_KEYS.map((key) => `_billing_${key}`),
  ...ADDRESS_KEYS.map((key) => `_shipping_${key}`),
  ...OTHERS,
]);
const SHIPPING = ADDRESS_KEYS.length;
const at = (key: string): number => KEYS.get(key) ?? 0;
const AT = {
  email: at('_billing_email'),
  customer: at('_customer_user'),
  method: at('_payment_method'),
  ip: at('_customer_ip_address'),
  agent: at('_customer_user_agent'),
  anonymised: at('_anonymized'),
} as const;

/** Orders up to which they are looked up by id: a shop that moved to HPOS has few posts among millions that are orders. */
const FEW = 50_000;

/** Ids one statement looks through: most of them can be pages, revisions and placeholders. */
const STRIDE = 200_000;

type Details = { readonly meta: KeyedValues; readonly products: OrderProducts | null };

export async function* readLegacyOrders(
  run: Run,
  tables: StoreTables,
  { only, products = false }: OrderReading = {},
): AsyncGenerator<readonly OrderCopy[]> {
  const posts = tables.layout('posts');
  if (posts === null) return;
  const types = await run((connection) => readOrderTypes(connection, tables));
  const place = only ?? (await run((connection) => placeOfOrders(connection, posts, types)));
  const options =
    typeof place === 'number' ? { stride: { ids: STRIDE, last: place } } : { only: place };
  const walk = walkOf({ tables, posts, types, products });
  for await (const { heads, details } of pageThrough(run, walk, options)) {
    const copies: OrderCopy[] = [];
    for (let row = 0; row < heads.length; row += 1) {
      const head = heads[row] ?? [];
      if (types.includes(textOf(head[1]))) copies.push(copyFrom(head, row, details));
    }
    yield copies;
  }
}

/** Ids of all orders when they are few, ascending; else the last id of the table. */
async function placeOfOrders(
  connection: StoreConnection,
  posts: TableLayout,
  types: readonly string[],
): Promise<readonly number[] | number> {
  if (indexOn(posts, 'post_type') !== null) {
    const rows = await connection.lists(
      `SELECT ID FROM ${posts.quoted} ${forceIndex(posts, 'post_type')} WHERE post_type IN (?) LIMIT ?`,
      [types, FEW + 1],
    );
    if (rows.length <= FEW) return rows.map((row) => idOf(row[0])).sort((a, b) => a - b);
  }
  const [last] = await connection.lists(`SELECT MAX(ID) FROM ${posts.quoted}`);
  return idOf(last?.[0]);
}

/** WooCommerce's own order types and those that extensions registered in HPOS: posts do not tell which types are orders. */
export async function readOrderTypes(
  connection: StoreConnection,
  tables: StoreTables,
): Promise<string[]> {
  const known = ['shop_order', 'shop_subscription'];
  const orders = tables.table('wc_orders');
  if (orders === null) return known;
  const rows = await connection.rows<{ type: string | null }>(
    `SELECT DISTINCT type FROM ${orders}`,
  );
  const found = rows.map((row) => row.type ?? '').filter((type) => type !== '');
  return [...new Set([...known, ...found])].filter((type) => !NOT_ORDERS.includes(type));
}

function walkOf(input: {
  tables: StoreTables;
  posts: TableLayout;
  types: readonly string[];
  products: boolean;
}): Walk<Details> {
  const { tables, posts, types, products } = input;
  const postmeta = tables.layout('postmeta');
  return {
    heads: (connection, range) => {
      const { sql, values } = range('ID');
      // By primary key: the index on post_type would be sorted anew for every page.
      return connection.lists(
        `SELECT ID, post_type, post_status, post_date_gmt, post_modified_gmt, post_date,
                post_excerpt <> '' FROM ${posts.quoted} FORCE INDEX (PRIMARY)
          WHERE ${sql} AND post_type IN (?) ORDER BY ID LIMIT ?`,
        [...values, types, PAGE_ROWS],
      );
    },
    details: async (connection, heads) => {
      const owners = heads.map((row) => idOf(row[0]));
      // By id and not by range: between two orders stand the meta rows of products, pages and images.
      const { sql, values } = oneOf(owners)('post_id');
      const rows =
        postmeta === null
          ? []
          : await connection.lists(
              `SELECT post_id, meta_key, ${textSql(postmeta, 'meta_value', `LEFT(meta_value, ${LONGEST_VALUE})`)}
                 FROM ${postmeta.quoted} ${forceIndex(postmeta, 'post_id')}
                WHERE ${sql} AND meta_key IN (?) ORDER BY post_id, meta_id`,
              [...values, [...KEYS.keys()]],
            );
      return {
        meta: layOutValues(owners, KEYS, rows),
        products: products ? await readOrderProducts(connection, tables, owners) : null,
      };
    },
  };
}

function copyFrom(
  row: readonly StoreCell[],
  place: number,
  { meta, products }: Details,
): OrderCopy {
  const value = (column: number): string => meta.first(place, column);
  const emails = distinctEmails(meta.all(place, AT.email));
  const orderId = idOf(row[0]);
  const ipAddress = value(AT.ip);
  return {
    store: 'orders_legacy',
    orderId,
    status: bareStatus(textOf(row[2])),
    customerId: idOf(value(AT.customer)),
    emails,
    firstName: value(0),
    lastName: value(1),
    phone: value(2),
    postal: postalFrom(value),
    // Drafts have no post_date_gmt: WordPress sets it when a post is published. The local date is at most a day off, and the
    // only one an import leaves; the last change may be years later.
    createdAt: firstDate(textOf(row[3]), textOf(row[5]), textOf(row[4])),
    paymentMethod: value(AT.method),
    shipping: contactFrom((part) => value(SHIPPING + part)),
    ipAddress,
    products: products?.(orderId) ?? [],
    anonymised: isAnonymised(value(AT.anonymised), emails),
    holds: {
      ipAddress: ipAddress !== '',
      device: !['', '[deleted]'].includes(value(AT.agent)),
      freeText: row[6] === 1,
    },
  };
}
