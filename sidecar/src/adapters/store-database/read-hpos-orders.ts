// Orders of the HPOS tables, by pages of the primary key. Refunds name nobody. The shipping address may be another
// person's: it is kept apart, and an e-mail address on it belongs to nobody WooCommerce knows of.
import { bareStatus, type OrderCopy } from '../../domain/audience/store-rows.ts';
import { placeFinder } from './keyed-values.ts';
import { distinctEmails, isAnonymised } from './order-emails.ts';
import { PAGE_ROWS, pageThrough, type Run, type Walk } from './page-through.ts';
import { ADDRESS_KEYS, contactFrom, postalFrom } from './postal-parts.ts';
import { readAnonymised, type Anonymised } from './read-anonymised.ts';
import { readOrderProducts, type OrderProducts } from './read-order-products.ts';
import { readDate } from './store-dates.ts';
import type { StoreCell } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';
import { forceIndex, textSql, type TableLayout } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

/** Rows of these types are no orders of a person. */
export const NOT_ORDERS: readonly string[] = ['shop_order_refund', 'shop_order_placehold'];

export type OrderReading = {
  /** Only these orders, ascending. */
  readonly only?: readonly number[] | undefined;
  readonly products?: boolean | undefined;
};

/** Columns of the statements below. */
const ORDER = {
  id: 0,
  type: 1,
  status: 2,
  customer: 3,
  email: 4,
  created: 5,
  method: 6,
  ip: 7,
  agent: 8,
  note: 9,
} as const;
const ADDRESS = { order: 0, type: 1, email: 2, parts: 3 } as const;

type Row = readonly StoreCell[];
type Details = {
  /** By place of the order in its page. */
  readonly billing: readonly (Row | undefined)[];
  readonly shipping: readonly (Row | undefined)[];
  readonly anonymised: ReadonlySet<number>;
  readonly products: OrderProducts | null;
};

export async function* readHposOrders(
  run: Run,
  tables: StoreTables,
  { only, products = false }: OrderReading = {},
): AsyncGenerator<readonly OrderCopy[]> {
  const orders = tables.layout('wc_orders');
  if (orders === null) return;
  const anonymised = await readAnonymised(run, tables.layout('wc_orders_meta'));
  const walk = walkOf({ tables, orders, anonymised, products });
  for await (const { heads, details } of pageThrough(run, walk, { only })) {
    const copies: OrderCopy[] = [];
    for (let place = 0; place < heads.length; place += 1) {
      const row = heads[place] ?? [];
      if (!NOT_ORDERS.includes(textOf(row[ORDER.type]))) copies.push(copyFrom(row, place, details));
    }
    yield copies;
  }
}

function walkOf(input: {
  tables: StoreTables;
  orders: TableLayout;
  anonymised: Anonymised;
  products: boolean;
}): Walk<Details> {
  const { tables, orders, anonymised, products } = input;
  const addresses = tables.layout('wc_order_addresses');
  const text = (column: string): string => textSql(orders, column);
  return {
    heads: (connection, range) => {
      const { sql, values } = range('id');
      return connection.lists(
        `SELECT id, type, status, customer_id, ${text('billing_email')}, date_created_gmt,
                ${text('payment_method')}, ip_address, user_agent NOT IN ('', '[deleted]'), customer_note <> ''
           FROM ${orders.quoted} WHERE ${sql} ORDER BY id LIMIT ?`,
        [...values, PAGE_ROWS],
      );
    },
    details: async (connection, heads, range) => {
      const ids = heads.map((row) => idOf(row[0]));
      const billing = new Array<Row | undefined>(ids.length);
      const shipping = new Array<Row | undefined>(ids.length);
      const placeOf = placeFinder(ids);
      const { sql, values } = range('order_id');
      const rows =
        addresses === null
          ? []
          : await connection.lists(
              `SELECT order_id, address_type, ${['email', ...ADDRESS_KEYS]
                .map((column) => textSql(addresses, column))
                .join(', ')}
                 FROM ${addresses.quoted} ${forceIndex(addresses, 'order_id')} WHERE ${sql}`,
              values,
            );
      for (const row of rows) {
        const place = placeOf(idOf(row[ADDRESS.order]));
        if (place < 0) continue;
        if (row[ADDRESS.type] === 'billing') billing[place] = row;
        else if (row[ADDRESS.type] === 'shipping') shipping[place] = row;
      }
      return {
        billing,
        shipping,
        anonymised: await anonymised(connection, ids),
        products: products ? await readOrderProducts(connection, tables, ids) : null,
      };
    },
  };
}

function copyFrom(row: Row, place: number, details: Details): OrderCopy {
  const billing = details.billing[place];
  const shipping = details.shipping[place];
  const part = (at: number): string => textOf(billing?.[ADDRESS.parts + at]);
  const orderId = idOf(row[ORDER.id]);
  // WooCommerce loads the address row after the order row, so the former's address is the one it shows.
  const emails = distinctEmails([textOf(billing?.[ADDRESS.email]), textOf(row[ORDER.email])]);
  const ipAddress = textOf(row[ORDER.ip]);
  return {
    store: 'orders_hpos',
    orderId,
    status: bareStatus(textOf(row[ORDER.status])),
    customerId: idOf(row[ORDER.customer]),
    emails,
    firstName: part(0),
    lastName: part(1),
    phone: part(2),
    postal: postalFrom(part),
    createdAt: readDate(textOf(row[ORDER.created])),
    paymentMethod: textOf(row[ORDER.method]),
    shipping:
      shipping === undefined ? null : contactFrom((at) => textOf(shipping[ADDRESS.parts + at])),
    ipAddress,
    products: details.products?.(orderId) ?? [],
    anonymised: isAnonymised(details.anonymised.has(orderId) ? 'yes' : '', emails),
    holds: {
      ipAddress: ipAddress !== '',
      device: row[ORDER.agent] === 1,
      freeText: row[ORDER.note] === 1,
    },
  };
}
