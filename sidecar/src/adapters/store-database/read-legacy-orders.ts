// Orders kept as WordPress posts, by pages of the primary key. Read whatever the order-store option says: with sync off,
// the posts keep old addresses, and an erasure leaves a complete copy here.
import { bareStatus, type OrderCopy } from '../../domain/audience/store-rows.ts';
import { distinctEmails, isAnonymised } from './order-emails.ts';
import { NOT_ORDERS } from './read-hpos-orders.ts';
import { PAGE_ROWS } from './read-accounts.ts';
import { firstDate } from './store-dates.ts';
import { firstValue, metaOf, readMeta, type Meta } from './store-meta.ts';
import type { StoreConnection } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';

const KEYS = [
  '_customer_user',
  '_payment_method',
  '_billing_first_name',
  '_billing_last_name',
  '_billing_company',
  '_billing_address_1',
  '_billing_address_2',
  '_billing_city',
  '_billing_state',
  '_billing_postcode',
  '_billing_country',
  '_billing_email',
  '_billing_phone',
  '_customer_ip_address',
  '_customer_user_agent',
  '_anonymized',
];

type PostRow = {
  id: number;
  type: string;
  status: string;
  created_gmt: string | null;
  modified_gmt: string | null;
  created_local: string | null;
  has_note: number | null;
};

export async function* readLegacyOrders(
  connection: StoreConnection,
  tables: StoreTables,
): AsyncGenerator<readonly OrderCopy[]> {
  const posts = tables.table('posts');
  const postmeta = tables.table('postmeta');
  if (posts === null) return;
  const types = await readOrderTypes(connection, tables);
  for (let after = 0; ;) {
    // By primary key: the index on post_type would be sorted anew for every page.
    const rows = await connection.rows<PostRow>(
      `SELECT ID AS id, post_type AS type, post_status AS status, post_date_gmt AS created_gmt,
              post_modified_gmt AS modified_gmt, post_date AS created_local,
              post_excerpt <> '' AS has_note
         FROM ${posts} FORCE INDEX (PRIMARY)
        WHERE ID > ? AND post_type IN (?) ORDER BY ID LIMIT ${PAGE_ROWS}`,
      [after, types],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    const kept = rows.filter((row) => types.includes(row.type));
    const metas =
      postmeta === null
        ? new Map<number, Meta>()
        : await readMeta(connection, {
            table: postmeta,
            id: 'meta_id',
            owner: 'post_id',
            owners: kept.map((row) => row.id),
            keys: KEYS,
          });
    yield kept.map((row) => copyFrom(row, metaOf(metas, row.id)));
    after = last.id;
  }
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

function copyFrom(row: PostRow, meta: Meta): OrderCopy {
  const value = (key: string): string => firstValue(meta, key);
  const emails = distinctEmails(meta.get('_billing_email') ?? []);
  const customerId = Number(value('_customer_user'));
  return {
    store: 'orders_legacy',
    orderId: row.id,
    status: bareStatus(row.status),
    customerId: Number.isSafeInteger(customerId) && customerId > 0 ? customerId : 0,
    emails,
    firstName: value('_billing_first_name'),
    lastName: value('_billing_last_name'),
    phone: value('_billing_phone'),
    postal: {
      company: value('_billing_company'),
      line1: value('_billing_address_1'),
      line2: value('_billing_address_2'),
      city: value('_billing_city'),
      state: value('_billing_state'),
      postcode: value('_billing_postcode'),
      country: value('_billing_country'),
    },
    // Drafts have no post_date_gmt: WordPress sets it when a post is published. The local date is at most a day off.
    createdAt: firstDate(row.created_gmt, row.modified_gmt, row.created_local),
    paymentMethod: value('_payment_method'),
    anonymised: isAnonymised(value('_anonymized'), emails),
    holds: {
      ipAddress: value('_customer_ip_address') !== '',
      device: value('_customer_user_agent') !== '',
      freeText: row.has_note === 1,
    },
  };
}
