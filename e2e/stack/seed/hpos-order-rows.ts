// The rows of an order in WooCommerce's own order tables.
import { sqlTime } from './account-rows.ts';
import type { InventedOrder } from './invent-person.ts';
import {
  addressIndex,
  CURRENCY,
  gatewayMeta,
  isPaid,
  methodTitle,
  orderKey,
  transactionId,
  WOOCOMMERCE_VERSION,
} from './order-fields.ts';
import type { Buyer, OrderContext } from './order-fields.ts';
import type { SqlValue } from './table-writer.ts';

export function writeHposOrder(order: InventedOrder, buyer: Buyer, { writer }: OrderContext): void {
  const { truth } = order;
  const created = sqlTime(truth.createdAt);
  const email = truth.hposEmail ?? '';
  const paid = isPaid(order);
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
    payment_method_title: methodTitle(order),
    transaction_id: transactionId(order),
    ip_address: buyer.ip,
    user_agent: buyer.userAgent,
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
    download_permission_granted: paid ? 1 : 0,
    cart_hash: '',
    new_order_email_sent: paid ? 1 : 0,
    order_key: orderKey(truth.id),
    order_stock_reduced: paid ? 1 : 0,
    date_paid_gmt: paid ? created : null,
    date_completed_gmt: truth.status === 'wc-completed' ? created : null,
    shipping_tax_amount: 0,
    shipping_total_amount: 0,
    discount_tax_amount: 0,
    discount_total_amount: 0,
    recorded_sales: paid ? 1 : 0,
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
