// The rows one order leaves: in WooCommerce's order tables with all their mirrors, in posts and
// postmeta, or in both.
import { sqlTime } from './account-rows.ts';
import type { InventedOrder, InventedPerson } from './invent-person.ts';
import type { Place } from './places.ts';
import type { SqlValue, TableWriter } from './table-writer.ts';

const WOOCOMMERCE_VERSION = '11.0.1';
const CURRENCY = 'USD';
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
const PAID = new Set(['wc-completed', 'wc-processing', 'wc-refunded']);
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
export type Buyer = Pick<InventedPerson, 'given' | 'family' | 'phone'> & { readonly ip: string };

export function writeOrder(order: InventedOrder, buyer: Buyer, context: OrderContext): void {
  const { store, hposEmail, legacyEmail } = order.truth;
  if (hposEmail !== null) writeHposOrder(order, buyer, context);
  if (legacyEmail !== null) writeLegacyOrder(order, buyer, context);
  if (store === 'hpos') writePlaceholder(order.truth.id, order.truth.createdAt, context);
  if (order.truth.status !== 'wc-checkout-draft') writeStatistics(order, context);
  for (const refundId of order.truth.refundIds) writeRefund(order, refundId, context);
}

function writeHposOrder(order: InventedOrder, buyer: Buyer, { writer }: OrderContext): void {
  const { truth } = order;
  const created = sqlTime(truth.createdAt);
  const email = truth.hposEmail ?? '';
  const isPaid = PAID.has(truth.status);
  writer.add('wc_orders', {
    id: truth.id,
    status: truth.status,
    currency: CURRENCY,
    type: 'shop_order',
    tax_amount: 0,
    total_amount: order.total,
    customer_id: truth.customerId,
    billing_email: email,
    date_created_gmt: created,
    date_updated_gmt: created,
    parent_order_id: 0,
    payment_method: truth.paymentMethod,
    payment_method_title: METHOD_TITLES[truth.paymentMethod] ?? '',
    transaction_id: transactionId(order),
    ip_address: buyer.ip,
    user_agent: USER_AGENT,
    customer_note: '',
  });
  writer.add('wc_order_addresses', addressRow(order, buyer, { type: 'billing', email }));
  writer.add('wc_order_addresses', addressRow(order, buyer, { type: 'shipping', email: null }));
  writer.add('wc_order_operational_data', {
    order_id: truth.id,
    created_via: 'checkout',
    woocommerce_version: WOOCOMMERCE_VERSION,
    prices_include_tax: 0,
    coupon_usages_are_counted: 1,
    download_permission_granted: isPaid ? 1 : 0,
    cart_hash: '',
    new_order_email_sent: isPaid ? 1 : 0,
    order_key: orderKey(truth.id),
    order_stock_reduced: isPaid ? 1 : 0,
    date_paid_gmt: isPaid ? created : null,
    date_completed_gmt: truth.status === 'wc-completed' ? created : null,
    shipping_tax_amount: 0,
    shipping_total_amount: 0,
    discount_tax_amount: 0,
    discount_total_amount: 0,
    recorded_sales: isPaid ? 1 : 0,
  });
  const meta = {
    _billing_address_index: addressIndex(order.billing, buyer, email),
    _shipping_address_index: addressIndex(order.shipping, buyer, ''),
    is_vat_exempt: 'no',
    ...gatewayMeta(order),
  };
  for (const [key, value] of Object.entries(meta)) {
    writer.add('wc_orders_meta', { order_id: truth.id, meta_key: key, meta_value: value });
  }
}

function writeLegacyOrder(order: InventedOrder, buyer: Buyer, { writer }: OrderContext): void {
  const { truth } = order;
  const created = sqlTime(truth.createdAt);
  writer.add(
    'posts',
    postRow({
      id: truth.id,
      type: 'shop_order',
      status: truth.status,
      created,
      key: orderKey(truth.id),
    }),
  );
  const meta: Record<string, SqlValue> = {
    _order_key: orderKey(truth.id),
    _customer_user: String(truth.customerId),
    _payment_method: truth.paymentMethod,
    _payment_method_title: METHOD_TITLES[truth.paymentMethod] ?? '',
    _transaction_id: transactionId(order),
    _customer_ip_address: buyer.ip,
    _customer_user_agent: USER_AGENT,
    _created_via: 'checkout',
    _billing_email: truth.legacyEmail ?? '',
    ...addressMeta('billing', order.billing, buyer),
    _billing_phone: buyer.phone,
    ...addressMeta('shipping', order.shipping, buyer),
    _billing_address_index: addressIndex(order.billing, buyer, truth.legacyEmail ?? ''),
    _order_currency: CURRENCY,
    _order_total: order.total.toFixed(2),
    _order_version: WOOCOMMERCE_VERSION,
    _prices_include_tax: 'no',
    ...gatewayMeta(order),
  };
  for (const [key, value] of Object.entries(meta)) {
    writer.add('postmeta', { post_id: truth.id, meta_key: key, meta_value: value });
  }
}

/** WooCommerce keeps an empty post per order of its own tables, so that ids stay unique. */
function writePlaceholder(id: number, createdAt: string, { writer }: OrderContext): void {
  const created = sqlTime(createdAt);
  writer.add('posts', postRow({ id, type: 'shop_order_placehold', status: 'draft', created }));
}

/** A refund is an order of its own without customer, address or e-mail. */
function writeRefund(order: InventedOrder, refundId: number, context: OrderContext): void {
  const { writer } = context;
  const { truth } = order;
  const created = sqlTime(truth.createdAt);
  const amount = truth.status === 'wc-refunded' ? order.total : Math.round(order.total * 40) / 100;
  if (truth.hposEmail !== null) {
    writer.add('wc_orders', {
      id: refundId,
      status: 'wc-completed',
      currency: CURRENCY,
      type: 'shop_order_refund',
      tax_amount: 0,
      total_amount: -amount,
      customer_id: null,
      billing_email: null,
      date_created_gmt: created,
      date_updated_gmt: created,
      parent_order_id: truth.id,
      payment_method: null,
      payment_method_title: null,
      transaction_id: null,
      ip_address: null,
      user_agent: null,
      customer_note: '',
    });
    const meta = { _refund_amount: amount.toFixed(2), _refund_reason: '', _refunded_payment: '' };
    for (const [key, value] of Object.entries(meta)) {
      writer.add('wc_orders_meta', { order_id: refundId, meta_key: key, meta_value: value });
    }
  }
  if (truth.store === 'hpos') {
    writePlaceholder(refundId, truth.createdAt, context);
    return;
  }
  const post = { id: refundId, type: 'shop_order_refund', status: 'wc-completed', created };
  writer.add('posts', postRow({ ...post, parent: truth.id, key: orderKey(refundId) }));
  for (const [key, value] of [
    ['_refund_amount', amount.toFixed(2)],
    ['_order_total', (-amount).toFixed(2)],
  ] as const) {
    writer.add('postmeta', { post_id: refundId, meta_key: key, meta_value: value });
  }
}

function writeStatistics(order: InventedOrder, context: OrderContext): void {
  const created = sqlTime(order.truth.createdAt);
  const isPaid = PAID.has(order.truth.status);
  context.writer.add('wc_order_stats', {
    order_id: order.truth.id,
    parent_id: 0,
    date_created: created,
    date_created_gmt: created,
    date_paid: isPaid ? created : null,
    date_completed: order.truth.status === 'wc-completed' ? created : null,
    num_items_sold: 1,
    total_sales: order.total,
    tax_total: 0,
    shipping_total: 0,
    net_total: order.total,
    returning_customer: context.returning ? 1 : 0,
    status: order.truth.status,
    customer_id: context.lookupId,
  });
}

function addressRow(
  order: InventedOrder,
  buyer: Buyer,
  { type, email }: { type: 'billing' | 'shipping'; email: string | null },
): Record<string, SqlValue> {
  const place = order[type];
  return {
    order_id: order.truth.id,
    address_type: type,
    first_name: buyer.given,
    last_name: buyer.family,
    company: '',
    address_1: place.street,
    address_2: '',
    city: place.city,
    state: place.state,
    postcode: place.postcode,
    country: place.country,
    email,
    phone: type === 'billing' ? buyer.phone : '',
  };
}

function addressMeta(type: string, place: Place, buyer: Buyer): Record<string, string> {
  return {
    [`_${type}_first_name`]: buyer.given,
    [`_${type}_last_name`]: buyer.family,
    [`_${type}_address_1`]: place.street,
    [`_${type}_city`]: place.city,
    [`_${type}_state`]: place.state,
    [`_${type}_postcode`]: place.postcode,
    [`_${type}_country`]: place.country,
  };
}

/** WooCommerce's search string; it repeats the address, which is why a leak of meta is one of people. */
function addressIndex(place: Place, buyer: Buyer, email: string): string {
  const { street, city, state, postcode, country } = place;
  return [buyer.given, buyer.family, street, city, state, postcode, country, email]
    .join(' ')
    .trim();
}

function gatewayMeta(order: InventedOrder): Record<string, string> {
  if (order.truth.paymentMethod !== 'stripe') return {};
  return { _stripe_customer_id: `cus_${order.number.toString(36).padStart(14, '0')}` };
}

function transactionId(order: InventedOrder): string {
  const prefixes: Readonly<Record<string, string>> = { stripe: 'ch_', 'ppcp-gateway': 'PAY-' };
  const start = prefixes[order.truth.paymentMethod];
  return start === undefined ? '' : `${start}${order.number.toString(36).padStart(16, '0')}`;
}

function orderKey(id: number): string {
  return `wc_order_${id.toString(36).padStart(13, 'k')}`;
}

function postRow(post: {
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
