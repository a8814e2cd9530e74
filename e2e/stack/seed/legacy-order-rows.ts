// The rows of an order kept the old way: a post and its meta.
import { sqlTime } from './account-rows.ts';
import type { InventedOrder } from './invent-person.ts';
import {
  addressIndex,
  CURRENCY,
  gatewayMeta,
  methodTitle,
  orderKey,
  postRow,
  transactionId,
  WOOCOMMERCE_VERSION,
} from './order-fields.ts';
import type { Buyer, OrderContext } from './order-fields.ts';
import type { Place } from './places.ts';
import type { SqlValue } from './table-writer.ts';

export function writeLegacyOrder(
  order: InventedOrder,
  buyer: Buyer,
  { writer }: OrderContext,
): void {
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
    _payment_method_title: methodTitle(order),
    _transaction_id: transactionId(order),
    _customer_ip_address: buyer.ip,
    _customer_user_agent: buyer.userAgent,
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
