// People who stand in none of the orders: subscribers, reviewers, downloaders, lookups, requests, coupons.
import { php } from './php-values.ts';
import { byOrder, reason, type TrapShop } from './trap-shop.ts';

const GONE_ORDER = 999_999_997;

export function layOtherPlaceTraps(shop: TrapShop): void {
  laySubscribers(shop);
  layComments(shop);
  layShopTables(shop);
  layWordPressPlaces(shop);
}

function laySubscribers(shop: TrapShop): void {
  shop.add('mailpoet_subscribers', {
    id: 1,
    wp_user_id: null,
    first_name: 'Moni',
    last_name: 'Mailed',
    email: 'mail.poet@example.net',
    status: 'subscribed',
    created_at: shop.sqlDay(15),
    subscribed_ip: '203.0.113.9',
  });
  shop.person({
    id: 'mail-poet',
    name: 'Moni Mailed',
    contact: 'mail.poet@example.net',
    reasons: [reason('mailpoet.subscribers', 'subscriber', 'row same', shop.day(15))],
  });
  const userId = shop.account({
    email: 'fluent.user@example.net',
    login: 'fluentuser',
    first: 'Flo',
    last: 'Fluent',
  });
  for (const row of [
    {
      id: 1,
      user_id: userId,
      email: 'fluent.other@example.net',
      first_name: 'Flo',
      last_name: 'Fluent',
    },
    {
      id: 2,
      user_id: null,
      email: 'fluent.alone@example.net',
      first_name: 'Fay',
      last_name: 'Fluentalone',
    },
  ]) {
    shop.add('fc_subscribers', { ...row, status: 'subscribed', created_at: shop.sqlDay(16) });
  }
  const at = shop.day(16);
  shop.person({
    id: 'fluent-user',
    userId,
    contact: 'fluent.user@example.net',
    also: ['fluent.other@example.net'],
    dependsOn: { with: 'fluentcrm.subscribers' },
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      reason('fluentcrm.subscribers', 'subscriber', 'same_account same', at),
    ],
  });
  shop.person({
    id: 'fluent-user-alone',
    userId,
    contact: 'fluent.user@example.net',
    dependsOn: { without: 'fluentcrm.subscribers' },
    reasons: [reason('accounts', 'buyer', 'account same', shop.day(200))],
  });
  shop.person({
    id: 'fluent-alone',
    name: 'Fay Fluentalone',
    contact: 'fluent.alone@example.net',
    reasons: [reason('fluentcrm.subscribers', 'subscriber', 'row same', at)],
  });
}

function layComments(shop: TrapShop): void {
  const order = shop.order({ hpos: 'noted@example.net', buyer: { first: 'Nora', last: 'Noted' } });
  const comment = (row: {
    type: string;
    author: string;
    email: string;
    content: string;
    post: number;
  }): void => {
    shop.add('comments', {
      comment_post_ID: row.post,
      comment_author: row.author,
      comment_author_email: row.email,
      comment_author_IP: '',
      comment_date: shop.sqlDay(8),
      comment_date_gmt: shop.sqlDay(8),
      comment_content: row.content,
      comment_type: row.type,
      comment_agent: '',
      user_id: 0,
    });
  };
  comment({
    type: 'review',
    author: 'Rolf Reviews',
    email: 'reviews@example.net',
    content: 'Good.',
    post: 0,
  });
  shop.person({
    id: 'reviews',
    name: 'Rolf Reviews',
    contact: 'reviews@example.net',
    reasons: [reason('woocommerce.reviews', 'reviewer', 'row same', shop.day(8))],
  });
  // The shop's own hand: WooCommerce signs notes with an address of the host.
  const signed = { author: 'WooCommerce', email: 'woocommerce@shop.example' };
  comment({
    type: 'order_note',
    ...signed,
    content: 'Called +44 20 7946 0999, no answer.',
    post: order.id,
  });
  shop.person({
    id: 'noted',
    contact: 'noted@example.net',
    reasons: [
      byOrder(order, 'orders_hpos', 'buyer', 'order same'),
      reason('woocommerce.order-notes', 'buyer', 'same_order same', shop.day(8)),
    ],
  });
}

function layShopTables(shop: TrapShop): void {
  shop.add('woocommerce_downloadable_product_permissions', {
    download_id: 'd1',
    product_id: 1,
    order_id: GONE_ORDER,
    order_key: 'wc_order_gone',
    user_email: 'downloads@example.net',
    user_id: 0,
    access_granted: shop.sqlDay(20),
  });
  shop.person({
    id: 'downloads',
    contact: 'downloads@example.net',
    reasons: [reason('woocommerce.download-permissions', 'buyer', 'row same', shop.day(20))],
  });
  shop.add('wc_customer_lookup', {
    customer_id: shop.lookupId(),
    user_id: null,
    username: '',
    first_name: 'Lutz',
    last_name: 'Lookedup',
    email: 'looked.up@example.net',
    date_registered: null,
  });
  shop.person({
    id: 'looked-up',
    name: 'Lutz Lookedup',
    contact: 'looked.up@example.net',
    reasons: [reason('woocommerce.customer-lookup', 'buyer', 'row same')],
  });
  const userId = shop.account({
    email: 'coupon.user@example.net',
    login: 'couponuser',
    first: 'Cody',
    last: 'Coupon',
  });
  const coupon = shop.post({ type: 'shop_coupon', title: 'TENOFF' });
  for (const value of ['coupon.guest@example.net', String(userId)]) {
    shop.add('postmeta', { post_id: coupon, meta_key: '_used_by', meta_value: value });
  }
  shop.person({
    id: 'coupon-guest',
    contact: 'coupon.guest@example.net',
    reasons: [reason('woocommerce.coupon-users', 'buyer', 'row same')],
  });
  shop.person({
    id: 'coupon-user',
    userId,
    contact: 'coupon.user@example.net',
    reasons: [
      reason('accounts', 'buyer', 'account same', shop.day(200)),
      reason('woocommerce.coupon-users', 'buyer', 'same_account same'),
    ],
  });
}

function layWordPressPlaces(shop: TrapShop): void {
  shop.post({
    type: 'user_request',
    title: 'erase.me@example.net',
    status: 'request-pending',
    daysAgo: 7,
  });
  shop.person({
    id: 'erase-me',
    contact: 'erase.me@example.net',
    reasons: [reason('wordpress.privacy-requests', 'buyer', 'row same', shop.day(7))],
  });
  const userId = shop.account({
    email: 'moves.from@example.net',
    login: 'moves',
    first: 'Mona',
    last: 'Moves',
    meta: { _new_email: php({ hash: 'c0ffee', newemail: 'moves.to@example.net' }) },
  });
  const account = reason('accounts', 'buyer', 'account same', shop.day(200));
  shop.person({
    id: 'moves',
    userId,
    contact: 'moves.from@example.net',
    also: ['moves.to@example.net'],
    dependsOn: { with: 'wordpress.usermeta-new-email' },
    reasons: [account, reason('wordpress.usermeta-new-email', 'buyer', 'same_account same')],
  });
  shop.person({
    id: 'moves-alone',
    userId,
    contact: 'moves.from@example.net',
    dependsOn: { without: 'wordpress.usermeta-new-email' },
    reasons: [account],
  });
  // An IP address alone names nobody.
  shop.add('wfHits', {
    IP: Buffer.from('00000000000000000000ffffcb00711e', 'hex'),
    userID: 0,
    ctime: Math.floor(Date.parse(shop.day(5)) / 1000),
    URL: '/checkout',
    UA: 'Mozilla/5.0',
  });
  shop.figures.unlinked['wordfence.hits'] = 1;
}
