// Fields an order has in the same form wherever it lies.
import type { InventedOrder, InventedPerson } from './invent-person.ts';
import type { Place } from './places.ts';
import type { SqlValue, TableWriter } from './table-writer.ts';

export const WOOCOMMERCE_VERSION = '11.0.1';

export const CURRENCY = 'USD';

export const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';

const METHOD_TITLES: Readonly<Record<string, string>> = {
  stripe: 'Credit / debit card',
  'ppcp-gateway': 'PayPal',
  klarna_payments: 'Klarna',
  bacs: 'Direct bank transfer',
  cod: 'Cash on delivery',
};

export type OrderContext = {
  readonly writer: TableWriter;
  /** The buyer's row in wc_customer_lookup. */
  readonly lookupId: number;
  readonly returning: boolean;
};

/** What the rows say about the buyer; an erased order has only masks here. */
export type Buyer = Pick<InventedPerson, 'given' | 'family' | 'phone'> & {
  readonly ip: string;
  readonly userAgent: string;
};

/** WooCommerce's search string; it repeats the address, which is why a leak of meta is one of people. */
export function addressIndex(place: Place, buyer: Buyer, email: string): string {
  const { street, city, state, postcode, country } = place;
  return [buyer.given, buyer.family, street, city, state, postcode, country, email]
    .join(' ')
    .trim();
}

export function gatewayMeta(order: InventedOrder): Record<string, string> {
  if (order.truth.paymentMethod !== 'stripe') return {};
  return { _stripe_customer_id: `cus_${order.number.toString(36).padStart(14, '0')}` };
}

export function transactionId(order: InventedOrder): string {
  const prefixes: Readonly<Record<string, string>> = { stripe: 'ch_', 'ppcp-gateway': 'PAY-' };
  const start = prefixes[order.truth.paymentMethod];
  return start === undefined ? '' : `${start}${order.number.toString(36).padStart(16, '0')}`;
}

export function orderKey(id: number): string {
  return `wc_order_${id.toString(36).padStart(13, 'k')}`;
}

export function postRow(post: {
  id: number;
  type: string;
  status: string;
  created: string;
  key?: string;
  parent?: number;
}): Record<string, SqlValue> {
  return {
    ID: post.id,
    post_author: 1,
    post_date: post.created,
    post_date_gmt: post.created,
    post_content: '',
    post_title: post.type === 'shop_order_placehold' ? '' : `Order ${post.id}`,
    post_excerpt: '',
    post_status: post.status,
    comment_status: 'closed',
    ping_status: 'closed',
    post_password: post.key ?? '',
    post_name: '',
    to_ping: '',
    pinged: '',
    post_modified: post.created,
    post_modified_gmt: post.created,
    post_content_filtered: '',
    post_parent: post.parent ?? 0,
    guid: '',
    menu_order: 0,
    post_type: post.type,
    post_mime_type: '',
    comment_count: 0,
  };
}

/** What the shop shows for a payment method. */
export function methodTitle(order: InventedOrder): string {
  return METHOD_TITLES[order.truth.paymentMethod] ?? '';
}

export function isPaid(order: InventedOrder): boolean {
  return ['wc-completed', 'wc-processing', 'wc-refunded'].includes(order.truth.status);
}
