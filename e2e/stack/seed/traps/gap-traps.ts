// What is missing: deleted users, zero dates, NULLs, orders that say nothing.
import { byOrder, reason, type TrapShop } from './trap-shop.ts';

export function layGapTraps(shop: TrapShop): void {
  const goneUser = 999_999_999;
  const deleted = shop.order({
    hpos: 'deleted.user@example.net',
    customer: goneUser,
    buyer: { first: 'Dora', last: 'Deleted' },
  });
  shop.person({
    id: 'deleted-user',
    contact: 'deleted.user@example.net',
    reasons: [byOrder(deleted, 'orders_hpos', 'buyer', 'order same')],
  });
  const nameless = shop.order({
    hpos: null,
    customer: goneUser,
    buyer: { first: 'Noel', last: 'Nowhere' },
  });
  shop.person({
    id: 'deleted-user-without-address',
    name: 'Noel Nowhere',
    contact: null,
    reasons: [byOrder(nameless, 'orders_hpos', 'buyer', 'order same')],
  });
  const undated = shop.order({
    hpos: 'undated@example.net',
    daysAgo: null,
    buyer: { first: 'Una', last: 'Undated' },
  });
  shop.person({
    id: 'undated',
    contact: 'undated@example.net',
    reasons: [byOrder(undated, 'orders_hpos', 'buyer', 'order same')],
  });
  const undatedPost = shop.order({
    legacy: 'undated.post@example.net',
    daysAgo: null,
    buyer: { first: 'Ulf', last: 'Undated' },
  });
  shop.person({
    id: 'undated-post',
    contact: 'undated.post@example.net',
    reasons: [byOrder(undatedPost, 'orders_legacy', 'buyer', 'order same')],
  });
  shop.figures.undatedOrders += 2;
  const userId = shop.account({
    email: 'undated.account@example.net',
    login: 'undated',
    first: 'Ute',
    last: 'Undated',
    registeredDaysAgo: null,
  });
  shop.person({
    id: 'undated-account',
    userId,
    contact: 'undated.account@example.net',
    reasons: [reason('accounts', 'buyer', 'account same', null)],
  });
  // A draft that nobody filled in: told as a row that names nobody.
  shop.order({ hpos: null, status: 'wc-checkout-draft', buyer: { first: '', last: '' } });
  shop.figures.unlinked['orders_hpos'] = 1;
}
