// What gateways know: one customer id over several guests, payers of their own, saved ways to pay, caches.
import { php, PhpObject } from './php-values.ts';
import { byOrder, reason, type TrapShop } from './trap-shop.ts';

export function layGatewayTraps(shop: TrapShop): void {
  layStripeCustomers(shop);
  layTokens(shop);
  layOtherPayers(shop);
  layOwnTables(shop);
}

const STRIPE = 'stripe.order-meta';
const stripeOrder = (
  shop: TrapShop,
  email: string,
  first: string,
  last: string,
  customer: string,
) =>
  shop.order({
    hpos: email,
    method: 'stripe',
    buyer: { first, last },
    meta: { _stripe_customer_id: customer },
  });

function layStripeCustomers(shop: TrapShop): void {
  // One customer of Stripe under two addresses with one name: one person, where Stripe's rows are in scope.
  const old = shop.order({
    hpos: 'stripe.old@example.net',
    method: 'stripe',
    daysAgo: 30,
    buyer: { first: 'Stina', last: 'Stripe' },
    meta: { _stripe_customer_id: 'cus_trapone' },
  });
  const now = stripeOrder(shop, 'stripe.now@example.net', 'Stina', 'Stripe', 'cus_trapone');
  shop.person({
    id: 'stripe-one',
    contact: 'stripe.now@example.net',
    also: ['stripe.old@example.net'],
    dependsOn: { with: STRIPE },
    reasons: [
      byOrder(now, 'orders_hpos', 'buyer', 'order same'),
      byOrder(now, STRIPE, 'buyer', 'same_order same'),
      byOrder(old, 'orders_hpos', 'buyer', 'gateway_id likely'),
      byOrder(old, STRIPE, 'buyer', 'gateway_id likely'),
    ],
  });
  for (const [id, email, order] of [
    ['stripe-old', 'stripe.old@example.net', old],
    ['stripe-now', 'stripe.now@example.net', now],
  ] as const) {
    shop.person({
      id,
      contact: email,
      dependsOn: { without: STRIPE },
      reasons: [byOrder(order, 'orders_hpos', 'buyer', 'order same')],
    });
  }
  // With two names it is a question for a reviewer.
  for (const [id, first] of [
    ['stripe-bob', 'Bob'],
    ['stripe-rob', 'Rob'],
  ] as const) {
    const email = `${id.replace('-', '.')}@example.net`;
    const order = stripeOrder(shop, email, first, 'Striped', 'cus_traptwo');
    shop.person({
      id,
      contact: email,
      reasons: [
        byOrder(order, 'orders_hpos', 'buyer', 'order same'),
        byOrder(order, STRIPE, 'buyer', 'same_order same'),
      ],
    });
  }
  shop.hint({ kind: 'gateway_id', source: STRIPE }, 'stripe-bob', 'stripe-rob');
  // An account and a guest under another address.
  const userId = shop.account({
    email: 'stripe.user@example.net',
    login: 'stripeuser',
    first: 'Sven',
    last: 'Striper',
    meta: { [`${shop.prefix}_stripe_customer_id`]: 'cus_trapthree' },
  });
  const guest = stripeOrder(shop, 'stripe.guest@example.net', 'Sven', 'Striper', 'cus_trapthree');
  shop.person({
    id: 'stripe-user',
    userId,
    contact: 'stripe.user@example.net',
    also: ['stripe.guest@example.net'],
    dependsOn: { with: STRIPE },
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      reason('stripe.usermeta', 'buyer', 'same_account same'),
      byOrder(guest, 'orders_hpos', 'buyer', 'gateway_id likely'),
      byOrder(guest, STRIPE, 'buyer', 'gateway_id likely'),
    ],
  });
  shop.person({
    id: 'stripe-user-alone',
    userId,
    contact: 'stripe.user@example.net',
    dependsOn: { without: STRIPE },
    reasons: [reason('accounts', 'buyer', 'account same', shop.day(200))],
  });
  shop.person({
    id: 'stripe-guest-alone',
    contact: 'stripe.guest@example.net',
    dependsOn: { without: STRIPE },
    reasons: [byOrder(guest, 'orders_hpos', 'buyer', 'order same')],
  });
}

/** A saved card is the account's; the address of a wallet may be somebody else's. */
function layTokens(shop: TrapShop): void {
  const userId = shop.account({
    email: 'keeps.card@example.net',
    login: 'keepscard',
    first: 'Kai',
    last: 'Keepscard',
  });
  const tokenId = 900_001;
  shop.add('woocommerce_payment_tokens', {
    token_id: tokenId,
    gateway_id: 'stripe_link',
    token: 'pm_traplink',
    user_id: userId,
    type: 'link',
    is_default: 0,
  });
  for (const [key, value] of [
    ['email', 'link.wallet@example.net'],
    ['last4', '4242'],
  ] as const) {
    shop.add('woocommerce_payment_tokenmeta', {
      payment_token_id: tokenId,
      meta_key: key,
      meta_value: value,
    });
  }
  shop.person({
    id: 'keeps-card',
    userId,
    contact: 'keeps.card@example.net',
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      reason('woocommerce.payment-tokens', 'buyer', 'same_account same'),
      reason('woocommerce.payment-token-meta', 'buyer', 'same_account same'),
    ],
  });
  shop.person({
    id: 'link-wallet',
    contact: 'link.wallet@example.net',
    reasons: [reason('woocommerce.payment-token-payers', 'payer', 'row same')],
  });
}

function layOtherPayers(shop: TrapShop): void {
  const order = shop.order({
    hpos: 'woopays@example.net',
    method: 'woocommerce_payments',
    buyer: { first: 'Wim', last: 'Woopays' },
    meta: {
      _wcpay_payment_method_details: JSON.stringify({
        type: 'card',
        billing_details: {
          email: 'woopayer@example.net',
          name: 'Wendy Woopayer',
          phone: '+33 1 70 18 99 00',
        },
      }),
      _kp_session_data: JSON.stringify({
        order: { billing_address: { email: 'klarna.payer@example.net' } },
      }),
    },
  });
  shop.person({
    id: 'woopays',
    contact: 'woopays@example.net',
    reasons: [
      byOrder(order, 'orders_hpos', 'buyer', 'order same'),
      byOrder(order, 'woopayments.order-meta', 'buyer', 'same_order same'),
    ],
  });
  shop.person({
    id: 'woopayer',
    name: 'Wendy Woopayer',
    contact: 'woopayer@example.net',
    reasons: [byOrder(order, 'woopayments.order-meta', 'payer', 'row same')],
  });
  shop.person({
    id: 'klarna-payer',
    contact: 'klarna.payer@example.net',
    reasons: [byOrder(order, 'klarna.order-meta', 'payer', 'row same')],
  });
  // Objects of PHP, NUL bytes in the names of private members and all.
  const details = new PhpObject('stdClass', {
    email: 'cached.payer@example.net',
    name: 'Cilla Cached',
    phone: null,
    address: new PhpObject('stdClass', {
      line1: '6 Cache Close',
      city: 'Bonn',
      postal_code: '53111',
      country: 'DE',
    }),
  });
  const method = new PhpObject('Stripe\\Method', { '\0*\0secret': 'x', billing_details: details });
  shop.add('options', {
    option_name: '_transient_stripe_payment_methods_cardcus_trapfour',
    option_value: php([method]),
    autoload: 'off',
  });
  shop.person({
    id: 'cached-payer',
    name: 'Cilla Cached',
    contact: 'cached.payer@example.net',
    reasons: [reason('stripe.payment-method-cache', 'payer', 'row same')],
  });
  // That the option holds cards at all is said of no single one of its list.
  shop.figures.unlinked['stripe.payment-method-cache'] = 1;
}

/** Square keeps buyers of the shop around the corner, too. */
function layOwnTables(shop: TrapShop): void {
  shop.add('woocommerce_square_customers', {
    square_id: 'SQTRAPONE',
    email_address: 'in.person@example.net',
    user_id: 0,
  });
  shop.person({
    id: 'in-person',
    contact: 'in.person@example.net',
    reasons: [reason('square.customers', 'buyer', 'row same')],
  });
}
