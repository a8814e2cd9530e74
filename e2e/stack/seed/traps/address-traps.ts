// Addresses that a database takes for one and that are two, or takes for two and that are one; accounts that share one.
import { byOrder, reason, type TrapShop } from './trap-shop.ts';

export function layAddressTraps(shop: TrapShop): void {
  layLookAlikes(shop);
  layOtherCase(shop);
  laySharedAddresses(shop);
  layMaybeTheSame(shop);
}

/** MariaDB's usual collation takes accents and trailing spaces for nothing; some mail hosts do so with dots and tags. */
function layLookAlikes(shop: TrapShop): void {
  const plain = shop.order({ hpos: 'ann.lee@example.net', buyer: { first: 'Ann', last: 'Lee' } });
  const blank = shop.order({ hpos: 'ann.lee@example.net ', buyer: { first: 'Ann', last: 'Lee' } });
  shop.person({
    id: 'plain',
    contact: 'ann.lee@example.net',
    reasons: [
      byOrder(plain, 'orders_hpos', 'buyer', 'order same'),
      byOrder(blank, 'orders_hpos', 'buyer', 'order same'),
    ],
  });
  const accented = shop.order({
    hpos: 'ann.leé@example.net',
    buyer: { first: 'Anne', last: 'Leé' },
  });
  shop.person({
    id: 'accented',
    name: 'Anne Leé',
    contact: null,
    also: ['ann.leé@example.net'],
    invalid: true,
    reasons: [byOrder(accented, 'orders_hpos', 'buyer', 'order same')],
  });
  const tagged = shop.order({
    hpos: 'ann.lee+shop@example.net',
    buyer: { first: 'Anna', last: 'Leigh' },
  });
  shop.person({
    id: 'tagged',
    contact: 'ann.lee+shop@example.net',
    reasons: [byOrder(tagged, 'orders_hpos', 'buyer', 'order same')],
  });
  const undotted = shop.order({
    hpos: 'annlee@example.net',
    buyer: { first: 'Annika', last: 'Lehn' },
  });
  shop.person({
    id: 'undotted',
    contact: 'annlee@example.net',
    reasons: [byOrder(undotted, 'orders_hpos', 'buyer', 'order same')],
  });
  shop.hint({ kind: 'loose_address' }, 'plain', 'tagged', 'undotted');
}

function layOtherCase(shop: TrapShop): void {
  const userId = shop.account({
    email: 'cora.case@example.net',
    login: 'cora',
    first: 'Cora',
    last: 'Case',
  });
  const order = shop.order({
    hpos: 'Cora.Case@Example.net',
    buyer: { first: 'Cora', last: 'Case' },
  });
  shop.person({
    id: 'other-case',
    userId,
    contact: 'cora.case@example.net',
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      byOrder(order, 'orders_hpos', 'buyer', 'account_address likely'),
    ],
  });
}

function laySharedAddresses(shop: TrapShop): void {
  // Two accounts bill to one address: neither owns it, and its guest order is a third person's.
  const shared = 'family.box@example.net';
  for (const [login, first] of [
    ['shareone', 'Sam'],
    ['sharetwo', 'Sue'],
  ] as const) {
    const userId = shop.account({
      email: `${login}@example.net`,
      login,
      first,
      last: 'Shared',
      billingEmail: shared,
    });
    shop.person({
      id: login,
      userId,
      contact: `${login}@example.net`,
      also: [shared],
      reasons: [reason('accounts', 'buyer', 'account same', shop.day(200))],
    });
  }
  const guest = shop.order({ hpos: shared, buyer: { first: 'Sid', last: 'Shared' } });
  shop.person({
    id: 'shared-guest',
    contact: shared,
    reasons: [byOrder(guest, 'orders_hpos', 'buyer', 'order same')],
  });
  shop.hint({ kind: 'loose_address' }, 'shareone', 'sharetwo', 'shared-guest');
  // Two accounts with one address: nobody is written to twice.
  const first = shop.account({
    email: 'twice@example.net',
    login: 'twiceone',
    first: 'Tess',
    last: 'Twice',
  });
  shop.account({ email: 'Twice@example.net', login: 'twicetwo', first: 'Tess', last: 'Twice' });
  shop.person({
    id: 'twice',
    userId: first,
    contact: 'twice@example.net',
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      reason('accounts', 'buyer', 'same_address same', shop.day(200)),
    ],
  });
}

/** Two people for us; a reviewer may know better. */
function layMaybeTheSame(shop: TrapShop): void {
  const phones = [
    ['phone-here', 'phone.here@example.net', '020 7946 0018', 'Paul'],
    ['phone-abroad', 'phone.abroad@example.net', '+44 20 7946 0018', 'Petra'],
  ] as const;
  for (const [id, email, phone, first] of phones) {
    const order = shop.order({ hpos: email, phone, buyer: { first, last: 'Phoned' } });
    shop.person({
      id,
      contact: email,
      reasons: [byOrder(order, 'orders_hpos', 'buyer', 'order same')],
    });
  }
  shop.hint({ kind: 'phone' }, 'phone-here', 'phone-abroad');
  const names = [
    ['name-one', 'name.one@example.net', 'Maya', 'AB1 2CD'],
    ['name-two', 'name.two@example.net', 'MAYA', 'ab12cd'],
  ] as const;
  for (const [id, email, first, postcode] of names) {
    const order = shop.order({
      hpos: email,
      buyer: { first, last: 'Samename', postcode, country: 'GB' },
    });
    shop.person({
      id,
      contact: email,
      reasons: [byOrder(order, 'orders_hpos', 'buyer', 'order same')],
    });
  }
  shop.hint({ kind: 'name_postcode' }, 'name-one', 'name-two');
}
