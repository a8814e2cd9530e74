// The rows one order leaves: in WooCommerce's order tables with all their mirrors, in posts and
// postmeta, or in both.
import { sqlTime } from './account-rows.ts';
import { writeHposOrder } from './hpos-order-rows.ts';
import type { InventedOrder } from './invent-person.ts';
import { writeLegacyOrder } from './legacy-order-rows.ts';
import { CURRENCY, isPaid, orderKey, postRow } from './order-fields.ts';
import type { Buyer, OrderContext } from './order-fields.ts';

export function writeOrder(order: InventedOrder, buyer: Buyer, context: OrderContext): void {
  const { store, hposEmail, legacyEmail } = order.truth;
  if (hposEmail !== null) writeHposOrder(order, buyer, context);
  if (legacyEmail !== null) writeLegacyOrder(order, buyer, context);
  if (store === 'hpos') writePlaceholder(order.truth.id, order.truth.createdAt, context);
  if (order.truth.status !== 'wc-checkout-draft') writeStatistics(order, context);
  for (const refundId of order.truth.refundIds) writeRefund(order, refundId, context);
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
  const paid = isPaid(order);
  context.writer.add('wc_order_stats', {
    order_id: order.truth.id,
    parent_id: 0,
    date_created: created,
    date_created_gmt: created,
    date_paid: paid ? created : null,
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
