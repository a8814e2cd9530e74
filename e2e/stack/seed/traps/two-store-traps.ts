// Orders in WooCommerce's tables, in posts, or in both with different words; what an erasure left; refunds and states.
import { byOrder, reason, type TrapShop } from './trap-shop.ts';

const ERASED = 'deleted@site.invalid';
const MASK = { first: '[deleted]', last: '[deleted]', street: '[deleted]', city: '[deleted]' };

/** Days before now on which the orders lie that a narrow time window is to find, and nothing else of the traps. */
export const WINDOW_DAYS_AGO = 120;

export function layTwoStoreTraps(shop: TrapShop): void {
  layCopies(shop);
  layErased(shop);
  layStates(shop);
  layRefund(shop);
}

function layCopies(shop: TrapShop): void {
  const legacyOnly = shop.order({
    legacy: 'legacy.only@example.net',
    buyer: { first: 'Lena', last: 'Postmeta' },
  });
  shop.person({
    id: 'legacy-only',
    contact: 'legacy.only@example.net',
    reasons: [byOrder(legacyOnly, 'orders_legacy', 'buyer', 'order same')],
  });
  const hposOnly = shop.order({
    hpos: 'hpos.only@example.net',
    buyer: { first: 'Hanna', last: 'Tables' },
  });
  shop.person({
    id: 'hpos-only',
    contact: 'hpos.only@example.net',
    reasons: [byOrder(hposOnly, 'orders_hpos', 'buyer', 'order same')],
  });
  const edited = shop.order({
    hpos: 'edited.now@example.net',
    legacy: 'edited.before@example.net',
    buyer: { first: 'Edith', last: 'Changed' },
  });
  // One order is one person, of the copy that WooCommerce reads from; the other address is his too.
  shop.person({
    id: 'edited',
    contact: 'edited.now@example.net',
    also: ['edited.before@example.net'],
    reasons: [
      byOrder(edited, 'orders_hpos', 'buyer', 'order same'),
      byOrder(edited, 'orders_legacy', 'buyer', 'order likely'),
    ],
  });
  const handedOver = shop.order({
    hpos: 'new.owner@example.net',
    legacy: 'old.owner@example.net',
    buyer: { first: 'Nils', last: 'Newer' },
  });
  const ownOrder = shop.order({
    hpos: 'old.owner@example.net',
    buyer: { first: 'Otto', last: 'Older' },
  });
  shop.person({
    id: 'new-owner',
    contact: 'new.owner@example.net',
    also: ['old.owner@example.net'],
    reasons: [
      byOrder(handedOver, 'orders_hpos', 'buyer', 'order same'),
      byOrder(handedOver, 'orders_legacy', 'buyer', 'order likely'),
    ],
  });
  shop.person({
    id: 'old-owner',
    contact: 'old.owner@example.net',
    reasons: [byOrder(ownOrder, 'orders_hpos', 'buyer', 'order same')],
  });
  shop.hint({ kind: 'loose_address' }, 'new-owner', 'old-owner');
  // Linked to the account in one store only.
  const userId = shop.account({
    email: 'linked@example.net',
    login: 'linked',
    first: 'Lina',
    last: 'Linked',
  });
  const halfLinked = shop.order({
    hpos: 'linked.bill@example.net',
    legacy: 'linked.bill@example.net',
    legacyCustomer: userId,
    buyer: { first: 'Lina', last: 'Linked' },
  });
  shop.person({
    id: 'linked-in-one-store',
    userId,
    contact: 'linked@example.net',
    also: ['linked.bill@example.net'],
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      byOrder(halfLinked, 'orders_legacy', 'buyer', 'same_account same'),
      byOrder(halfLinked, 'orders_hpos', 'buyer', 'account_address same'),
    ],
  });
}

function layErased(shop: TrapShop): void {
  // Erased in WooCommerce's tables; the post still holds everything.
  const stale = shop.order({
    hpos: ERASED,
    legacy: 'stale.copy@example.net',
    buyer: {
      first: 'Stella',
      last: 'Stale',
      street: '3 Left Behind Lane',
      postcode: 'ST1 3LE',
      country: 'GB',
    },
    hposBuyer: MASK,
    note: 'Please ring at the side door.',
    meta: { _anonymized: 'yes' },
  });
  shop.person({
    id: 'stale-copy',
    contact: 'stale.copy@example.net',
    reasons: [byOrder(stale, 'orders_legacy', 'buyer', 'order same')],
  });
  // Nobody any more, but his note and his PayPal address are still there.
  shop.order({
    hpos: ERASED,
    buyer: MASK,
    phone: '000-000-0000',
    ip: '198.51.100.0',
    note: 'Leave it with my neighbour.',
    meta: { _anonymized: 'yes', _ppcp_paypal_payer_email: 'left.over@example.net' },
  });
  // Erased before the mark existed.
  shop.order({ legacy: ERASED, buyer: MASK });
  shop.figures.anonymisedOrders += 2;
  // Both erased copies of the order tables keep the customer's note, and one of them the payer's address.
  Object.assign(shop.figures.remains.shop, { free_text: 2 });
  Object.assign(shop.figures.remains.everyone, { free_text: 2, email: 1 });
}

function layStates(shop: TrapShop): void {
  const statuses = ['wc-failed', 'trash', 'wc-checkout-draft', 'draft', 'auto-draft', 'wc-pending'];
  for (const status of statuses) {
    const name = status.replace('wc-', '');
    const email = `status.${name}@example.net`;
    const order = shop.order({
      hpos: email,
      status,
      buyer: { first: 'Stan', last: `State ${name}` },
      daysAgo: WINDOW_DAYS_AGO,
    });
    shop.person({
      id: `status-${name}`,
      contact: email,
      reasons: [byOrder(order, 'orders_hpos', 'buyer', 'order same')],
    });
  }
  const trashed = shop.order({
    legacy: 'status.legacy.trash@example.net',
    status: 'trash',
    buyer: { first: 'Tara', last: 'Trash' },
  });
  shop.person({
    id: 'status-legacy-trash',
    contact: 'status.legacy.trash@example.net',
    reasons: [byOrder(trashed, 'orders_legacy', 'buyer', 'order same')],
  });
}

function layRefund(shop: TrapShop): void {
  const refunded = shop.order({
    hpos: 'refunded@example.net',
    buyer: { first: 'Rita', last: 'Refunded' },
  });
  shop.add('wc_orders', {
    id: shop.postId(),
    status: 'wc-completed',
    type: 'shop_order_refund',
    total_amount: -20,
    customer_id: null,
    billing_email: null,
    date_created_gmt: shop.sqlDay(9),
    date_updated_gmt: shop.sqlDay(9),
    parent_order_id: refunded.id,
  });
  shop.person({
    id: 'refunded',
    contact: 'refunded@example.net',
    reasons: [byOrder(refunded, 'orders_hpos', 'buyer', 'order same')],
  });
}
