// Orders of the HPOS tables, by pages of the primary key. Refunds name nobody; shipping addresses may be other people's
// and are not read.
import { bareStatus, type OrderCopy } from '../../domain/audience/store-rows.ts';
import { distinctEmails, isAnonymised } from './order-emails.ts';
import { PAGE_ROWS } from './read-accounts.ts';
import { readDate } from './store-dates.ts';
import { firstValue, metaOf, readMeta, type Meta } from './store-meta.ts';
import type { StoreConnection } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';

/** Rows of these types are no orders of a person. */
export const NOT_ORDERS: readonly string[] = ['shop_order_refund', 'shop_order_placehold'];

type OrderRow = {
  id: number;
  type: string | null;
  status: string | null;
  customer_id: number | null;
  billing_email: string | null;
  created: string | null;
  payment_method: string | null;
  has_ip: number | null;
  has_agent: number | null;
  has_note: number | null;
};

type AddressRow = {
  order_id: number;
  address_type: string | null;
  first_name: string | null;
  last_name: string | null;
  company: string | null;
  address_1: string | null;
  address_2: string | null;
  city: string | null;
  state: string | null;
  postcode: string | null;
  country: string | null;
  email: string | null;
  phone: string | null;
};

export async function* readHposOrders(
  connection: StoreConnection,
  tables: StoreTables,
): AsyncGenerator<readonly OrderCopy[]> {
  const orders = tables.table('wc_orders');
  if (orders === null) return;
  for (let after = 0; ;) {
    const rows = await connection.rows<OrderRow>(
      `SELECT id, type, status, customer_id, billing_email, date_created_gmt AS created,
              payment_method, ip_address <> '' AS has_ip, user_agent <> '' AS has_agent,
              customer_note <> '' AS has_note
         FROM ${orders} WHERE id > ? ORDER BY id LIMIT ${PAGE_ROWS}`,
      [after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    const kept = rows.filter((row) => !NOT_ORDERS.includes(row.type ?? ''));
    const ids = kept.map((row) => row.id);
    const addresses = await readAddresses(connection, tables, ids);
    const marks = await readMarks(connection, tables, ids);
    yield kept.map((row) =>
      copyFrom(row, addresses.get(row.id), firstValue(metaOf(marks, row.id), '_anonymized')),
    );
    after = last.id;
  }
}

async function readAddresses(
  connection: StoreConnection,
  tables: StoreTables,
  ids: readonly number[],
): Promise<Map<number, AddressRow>> {
  const addresses = tables.table('wc_order_addresses');
  if (addresses === null || ids.length === 0) return new Map();
  const rows = await connection.rows<AddressRow>(
    `SELECT order_id, address_type, first_name, last_name, company, address_1, address_2, city,
            state, postcode, country, email, phone
       FROM ${addresses} WHERE order_id IN (?) AND address_type = 'billing'`,
    [ids],
  );
  return new Map(
    rows.filter((row) => row.address_type === 'billing').map((row) => [row.order_id, row]),
  );
}

async function readMarks(
  connection: StoreConnection,
  tables: StoreTables,
  ids: readonly number[],
): Promise<Map<number, Meta>> {
  const meta = tables.table('wc_orders_meta');
  if (meta === null) return new Map();
  return readMeta(connection, {
    table: meta,
    id: 'id',
    owner: 'order_id',
    owners: ids,
    keys: ['_anonymized'],
  });
}

function copyFrom(row: OrderRow, address: AddressRow | undefined, mark: string): OrderCopy {
  // WooCommerce loads the address row after the order row, so the former's address is the one it shows.
  const emails = distinctEmails([address?.email ?? null, row.billing_email]);
  return {
    store: 'orders_hpos',
    orderId: row.id,
    status: bareStatus(row.status ?? ''),
    customerId: row.customer_id ?? 0,
    emails,
    firstName: address?.first_name ?? '',
    lastName: address?.last_name ?? '',
    phone: address?.phone ?? '',
    postal: {
      company: address?.company ?? '',
      line1: address?.address_1 ?? '',
      line2: address?.address_2 ?? '',
      city: address?.city ?? '',
      state: address?.state ?? '',
      postcode: address?.postcode ?? '',
      country: address?.country ?? '',
    },
    createdAt: readDate(row.created),
    paymentMethod: row.payment_method ?? '',
    anonymised: isAnonymised(mark, emails),
    holds: {
      ipAddress: row.has_ip === 1,
      device: row.has_agent === 1,
      freeText: row.has_note === 1,
    },
  };
}
