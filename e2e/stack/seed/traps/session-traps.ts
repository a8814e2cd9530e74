// Carts of people who never ordered: in WooCommerce's sessions, PHP inside PHP, and in a plugin's table in latin1.
import { php, type PhpMap } from './php-values.ts';
import { reason, type TrapShop } from './trap-shop.ts';
import { WINDOW_DAYS_AGO } from './two-store-traps.ts';

const SOURCE = 'woocommerce.sessions';
const CARTS = 'cart-abandonment.carts';

export function laySessionTraps(shop: TrapShop): void {
  laySessions(shop);
  layCarts(shop);
}

function laySessions(shop: TrapShop): void {
  addSession(shop, 't_a1', {
    email: 'cart.only@example.net',
    first_name: 'Cara',
    last_name: 'Cartonly',
  });
  shop.person({
    id: 'cart-only',
    name: 'Cara Cartonly',
    contact: 'cart.only@example.net',
    reasons: [reason(SOURCE, 'buyer', 'row same')],
  });
  // WooCommerce fills in the shipping part from the billing part: nobody else is named by that.
  const self = {
    first_name: 'Cleo',
    last_name: 'Cartself',
    address_1: '4 Cart Road',
    city: 'Hull',
    postcode: 'HU1 4CR',
  };
  addSession(shop, 't_a2', { email: 'cart.self@example.net', ...self, ...shippingOf(self) });
  shop.person({
    id: 'cart-self',
    name: 'Cleo Cartself',
    contact: 'cart.self@example.net',
    reasons: [reason(SOURCE, 'buyer', 'row same')],
  });
  const friend = {
    first_name: 'Fritz',
    last_name: 'Friendly',
    address_1: '8 Gift Walk',
    city: 'Hove',
    postcode: 'BN3 8GW',
  };
  addSession(shop, 't_a3', {
    email: 'cart.gift@example.net',
    first_name: 'Carl',
    last_name: 'Cartgift',
    ...shippingOf(friend),
  });
  shop.person({
    id: 'cart-gift',
    name: 'Carl Cartgift',
    contact: 'cart.gift@example.net',
    reasons: [reason(SOURCE, 'buyer', 'row same')],
  });
  shop.person({
    id: 'cart-gift-to',
    name: 'Fritz Friendly',
    contact: null,
    reasons: [reason(SOURCE, 'shipping_contact', 'same_contact likely')],
  });
  const userId = shop.account({
    email: 'cart.user@example.net',
    login: 'cartuser',
    first: 'Curt',
    last: 'Cartuser',
  });
  addSession(shop, String(userId), { email: 'cart.second@example.net', first_name: 'Curt' });
  shop.person({
    id: 'cart-user',
    userId,
    contact: 'cart.user@example.net',
    dependsOn: { with: SOURCE },
    also: ['cart.second@example.net'],
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      reason(SOURCE, 'buyer', 'same_account same'),
    ],
  });
  shop.person({
    id: 'cart-user-alone',
    userId,
    contact: 'cart.user@example.net',
    dependsOn: { without: SOURCE },
    reasons: [reason('accounts', 'buyer', 'account same', shop.day(200))],
  });
}

function addSession(shop: TrapShop, key: string, customer: PhpMap): void {
  const value = php({ cart: php({}), customer: php({ id: '0', ...customer }) });
  shop.add('woocommerce_sessions', {
    session_key: key,
    session_value: value,
    session_expiry: Math.floor(Date.parse(shop.day(-2)) / 1000),
  });
}

function shippingOf(party: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(party).map(([key, value]) => [`shipping_${key}`, value]),
  );
}

function layCarts(shop: TrapShop): void {
  const carts = [
    {
      id: 'left-cart',
      email: 'left.cart@example.net',
      first: 'Zoë',
      last: 'Gärtner',
      daysAgo: WINDOW_DAYS_AGO,
    },
    {
      id: 'left-cart-later',
      email: 'left.later@example.net',
      first: 'René',
      last: 'Später',
      daysAgo: 3,
    },
  ];
  for (const { id, email, first, last, daysAgo } of carts) {
    shop.add('cartflows_ca_cart_abandonment', {
      checkout_id: 1,
      email,
      cart_contents: php([]),
      session_id: `s-${id}`,
      other_fields: php({
        wcf_first_name: first,
        wcf_last_name: last,
        wcf_phone_number: '',
        wcf_shipping_first_name: first,
        wcf_shipping_last_name: last,
        wcf_location: 'DE',
      }),
      time: shop.sqlDay(daysAgo),
    });
    shop.person({
      id,
      name: `${first} ${last}`,
      contact: email,
      reasons: [reason(CARTS, 'buyer', 'row same', shop.day(daysAgo))],
    });
  }
}
