// Orders whose person was erased by WooCommerce's privacy tools: masks instead of a person. Nobody
// is to be found or written to behind them.
import { writeOrder } from './order-rows.ts';
import type { Place } from './places.ts';
import type { WritingContext } from './write-person.ts';

const MASK = '[deleted]';
const NOWHERE: Place = { country: '', state: '', city: MASK, postcode: '', street: MASK };

export function writeErasedOrders({
  count,
  now,
  context,
}: {
  count: number;
  now: Date;
  context: WritingContext;
}): void {
  const { ids, random, writer } = context;
  const lookupId = ids.lookup++;
  for (let made = 0; made < count; made += 1) {
    const id = ids.order++;
    const daysAgo = random.between(30, 400);
    const at = new Date(now.getTime() - daysAgo * 86_400_000).toISOString();
    const truth = {
      id,
      store: 'hpos' as const,
      status: 'wc-completed',
      paymentMethod: 'bacs',
      createdAt: `${at.slice(0, 19)}Z`,
      customerId: 0,
      country: '',
      state: '',
      hposEmail: 'deleted@site.invalid',
      legacyEmail: null,
      refundIds: [],
    };
    const total = random.between(500, 9_000) / 100;
    const order = { truth, billing: NOWHERE, shipping: NOWHERE, total, number: id };
    const buyer = {
      given: MASK,
      family: MASK,
      phone: '000000000',
      ip: '203.0.113.0',
      userAgent: MASK,
    };
    writeOrder(order, buyer, { writer, lookupId, returning: false });
    writer.add('wc_orders_meta', { order_id: id, meta_key: '_anonymized', meta_value: 'yes' });
  }
}
