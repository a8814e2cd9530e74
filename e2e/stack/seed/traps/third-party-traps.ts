// People whom an order names beside its buyer: whom it ships to, who paid, who gets the gift. Each is a person of his own
// unless the addresses match.
import { byOrder, reason, type TrapShop } from './trap-shop.ts';

const HOME = { street: '1 Buyer Street', city: 'Bath', postcode: 'BA1 1AA', country: 'GB' };

export function layThirdPartyTraps(shop: TrapShop): void {
  layShipping(shop);
  layPayers(shop);
  layGifts(shop);
}

function layShipping(shop: TrapShop): void {
  const mum = {
    first: 'Mary',
    last: 'Otherhouse',
    street: '9 Far Lane',
    city: 'Ely',
    postcode: 'CB7 9ZZ',
    country: 'GB',
  };
  const one = shop.order({
    hpos: 'ships.one@example.net',
    buyer: { first: 'Ole', last: 'Ships', ...HOME },
    shipTo: mum,
  });
  const two = shop.order({
    hpos: 'ships.two@example.net',
    legacy: 'ships.two@example.net',
    buyer: {
      first: 'Ola',
      last: 'Ships',
      street: '2 Buyer Street',
      city: 'Bath',
      postcode: 'BA1 1AB',
      country: 'GB',
    },
    shipTo: { ...mum, first: 'MARY', street: '9  far lane' },
  });
  for (const [id, order, sources] of [
    ['ships-one', one, ['orders_hpos']],
    ['ships-two', two, ['orders_hpos', 'orders_legacy']],
  ] as const) {
    shop.person({
      id,
      contact: `${id.replace('-', '.')}@example.net`,
      reasons: sources.map((source) => byOrder(order, source, 'buyer', 'order same')),
    });
  }
  // The same name at the same address is one human in whatever order it stands.
  shop.person({
    id: 'shipped-to',
    name: 'Mary Otherhouse',
    contact: null,
    reasons: [
      byOrder(one, 'orders_hpos', 'shipping_contact', 'same_contact likely'),
      byOrder(two, 'orders_hpos', 'shipping_contact', 'same_contact likely'),
      byOrder(two, 'orders_legacy', 'shipping_contact', 'same_contact likely'),
    ],
  });
  // Not somebody else: his own name at work, and a colleague's name at his own address.
  const work = shop.order({
    hpos: 'ships.work@example.net',
    buyer: { first: 'Omar', last: 'Atwork', ...HOME, postcode: 'BA1 1AC' },
    shipTo: {
      first: 'OMAR',
      last: 'Atwork',
      street: '77 Office Park',
      city: 'Bath',
      postcode: 'BA2 2XX',
      country: 'GB',
    },
  });
  shop.person({
    id: 'ships-work',
    contact: 'ships.work@example.net',
    reasons: [byOrder(work, 'orders_hpos', 'buyer', 'order same')],
  });
  const home = { ...HOME, street: '5 Same Door', postcode: 'BA1 1AD' };
  const door = shop.order({
    hpos: 'ships.door@example.net',
    buyer: { first: 'Odile', last: 'Samedoor', ...home },
    shipTo: { first: 'Flat', last: 'Mate', ...home },
  });
  shop.person({
    id: 'ships-door',
    contact: 'ships.door@example.net',
    reasons: [byOrder(door, 'orders_hpos', 'buyer', 'order same')],
  });
}

function layPayers(shop: TrapShop): void {
  const order = shop.order({
    hpos: 'pays.not@example.net',
    method: 'ppcp-gateway',
    buyer: { first: 'Pia', last: 'Paysnot' },
    meta: {
      _ppcp_paypal_payer_email: 'pays.all@example.net',
      _ppcp_paypal_contact_email: 'pays.contact@example.net',
      _ppcp_paypal_contact_phone: '+49 30 901820',
    },
  });
  shop.person({
    id: 'pays-not',
    contact: 'pays.not@example.net',
    reasons: [byOrder(order, 'orders_hpos', 'buyer', 'order same')],
  });
  shop.person({
    id: 'pays-all',
    contact: 'pays.all@example.net',
    reasons: [byOrder(order, 'paypal-payments.order-meta', 'payer', 'row same')],
  });
  shop.person({
    id: 'pays-contact',
    contact: 'pays.contact@example.net',
    reasons: [byOrder(order, 'paypal-payments.order-meta', 'shipping_contact', 'row same')],
  });
  const same = shop.order({
    hpos: 'pays.same@example.net',
    method: 'ppcp-gateway',
    buyer: { first: 'Paco', last: 'Payssame' },
    meta: { _ppcp_paypal_payer_email: 'Pays.Same@example.net' },
  });
  shop.person({
    id: 'pays-same',
    contact: 'pays.same@example.net',
    reasons: [
      byOrder(same, 'orders_hpos', 'buyer', 'order same'),
      byOrder(same, 'paypal-payments.order-meta', 'payer', 'row likely'),
    ],
  });
}

function layGifts(shop: TrapShop): void {
  const userId = shop.account({
    email: 'gets.gift@example.net',
    login: 'getsgift',
    first: 'Gil',
    last: 'Getsgift',
  });
  const toAccount = shop.order({
    hpos: 'gives.one@example.net',
    buyer: { first: 'Gaby', last: 'Gives' },
    meta: { _recipient_user: String(userId) },
  });
  shop.person({
    id: 'gives-one',
    contact: 'gives.one@example.net',
    reasons: [byOrder(toAccount, 'orders_hpos', 'buyer', 'order same')],
  });
  shop.person({
    id: 'gets-gift',
    userId,
    contact: 'gets.gift@example.net',
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      byOrder(toAccount, 'subscriptions.gift-recipients', 'gift_recipient', 'same_account same'),
    ],
  });
  const toAddress = shop.order({
    hpos: 'gives.two@example.net',
    buyer: { first: 'Gina', last: 'Givesmore' },
    meta: { _recipient_user_email_address: 'gets.address@example.net' },
  });
  shop.item(toAddress, 'Gift card', {
    'square-gift-card-send-to-email': 'gets.card@example.net',
    'square-gift-card-sent-to-first-name': 'Gus',
    'square-gift-card-sender-name': 'Gina Givesmore',
  });
  shop.person({
    id: 'gives-two',
    contact: 'gives.two@example.net',
    reasons: [
      byOrder(toAddress, 'orders_hpos', 'buyer', 'order same'),
      byOrder(toAddress, 'woocommerce.order-items', 'buyer', 'same_order same'),
      byOrder(toAddress, 'square.gift-cards', 'buyer', 'same_order same'),
    ],
  });
  shop.person({
    id: 'gets-address',
    contact: 'gets.address@example.net',
    reasons: [byOrder(toAddress, 'subscriptions.gift-recipients', 'gift_recipient', 'row same')],
  });
  shop.person({
    id: 'gets-card',
    name: 'Gus',
    contact: 'gets.card@example.net',
    reasons: [byOrder(toAddress, 'square.gift-cards', 'gift_recipient', 'row same')],
  });
}
