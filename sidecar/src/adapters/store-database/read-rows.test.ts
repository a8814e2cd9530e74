// What accounts and orders say beside names and addresses: shipping contacts, staff, what is held, products, moved tables.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AccountRow, OrderPair } from '../../domain/audience/store-rows.ts';
import type { OnlyIds } from '../../use-cases/ports/store-reader.ts';
import { phpText } from './mentions-scene.ts';
import { openStoreReader } from './open-store-reader.ts';
import { openStorePool } from './store-pool.ts';
import { startTestServer, type TestServer, type TestShop } from './test-shop.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function read(
  shop: TestShop,
  options: { accounts?: OnlyIds; orders?: Partial<OnlyIds> & { products?: boolean } } = {},
) {
  const pool = openStorePool(shop.config);
  try {
    return await openStoreReader(pool).withSnapshot(async (snapshot) => {
      const accounts: AccountRow[] = [];
      const orders: OrderPair[] = [];
      for await (const page of snapshot.accounts(options.accounts)) accounts.push(...page);
      for await (const page of snapshot.orders(options.orders)) orders.push(...page);
      return { accounts, orders, missing: snapshot.about.missing.map(({ code }) => code) };
    });
  } finally {
    await pool.close();
  }
}

const BOB = {
  first: 'Bob',
  last: 'Ray',
  street: '2 Lane',
  city: 'Ghent',
  country: 'BE',
  phone: '+32',
};
const BOB_AS_CONTACT = {
  firstName: 'Bob',
  lastName: 'Ray',
  phone: '+32',
  postal: {
    company: '',
    line1: '2 Lane',
    line2: '',
    city: 'Ghent',
    state: '',
    postcode: '',
    country: 'BE',
  },
};

test('whom orders and address books ship to stands beside the buyer, in both order stores', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'a@example.com', shipping: BOB });
  await shop.addUser({ id: 2, email: 'b@example.com' });
  await shop.addHpos({ id: 10, email: 'a@example.com', first: 'Ann', shipping: BOB });
  await shop.addHpos({ id: 11, email: 'a@example.com', shipping: {} });
  await shop.addLegacy({ id: 10, email: 'a@example.com', first: 'Ann', shipping: BOB });
  const { accounts, orders } = await read(shop);
  assert.deepEqual(
    accounts.map(({ shipping }) => shipping),
    [BOB_AS_CONTACT, null],
  );
  assert.deepEqual(
    orders.map(({ hpos, legacy }) => [
      hpos?.firstName,
      hpos?.shipping,
      legacy?.firstName,
      legacy?.shipping,
    ]),
    [
      ['Ann', BOB_AS_CONTACT, 'Ann', BOB_AS_CONTACT],
      ['', null, undefined, undefined],
    ],
  );
});

test('staff are known by what their roles may do here, or by the usual roles', async () => {
  const shop = await server.makeShop();
  const roles = ['customer', 'subscriber', 'editor', 'helper', 'author', 'shop_manager'];
  for (const [place, role] of roles.entries()) {
    await shop.addUser({ id: place + 1, email: `${role}@example.com`, role });
  }
  await shop.addUser({
    id: 7,
    email: 'x@example.com',
    meta: { wp_capabilities: 'a:2:{s:8:"customer";b:1;s:18:"manage_woocommerce";b:1;}' },
  });
  await shop.addUser({
    id: 8,
    email: 'y@example.com',
    meta: { wp_capabilities: 'a:1:{s:6:"editor";b:0;}' },
  });
  await shop.addUser({ id: 9, email: 'z@example.com' });
  const staff = async () =>
    (await read(shop)).accounts.filter((one) => one.staff).map((one) => one.userId);
  assert.deepEqual(await staff(), [3, 5, 6, 7]);
  const grant = (name: string) => `a:1:{s:12:"capabilities";a:1:{s:${name.length}:"${name}";b:1;}}`;
  const table = ['customer', 'subscriber', 'author', 'editor']
    .map((role) => [role, 'read'])
    .concat([
      ['helper', 'edit_others_posts'],
      ['shop_manager', 'manage_woocommerce'],
    ])
    .map(([role = '', right = '']) => phpText(role) + grant(right))
    .join('');
  await shop.exec(
    "INSERT INTO wp_options (option_name, option_value) VALUES ('wp_user_roles', ?)",
    [`a:6:{${table}}`],
  );
  assert.deepEqual(await staff(), [4, 6, 7]);
});

test('a password is only known to be there, an order by the address of its visitor', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'a@example.com' });
  await shop.addUser({ id: 2, email: 'b@example.com', passwordHash: '' });
  await shop.addHpos({ id: 3, email: 'a@example.com', ip: '203.0.113.9' });
  await shop.addLegacy({ id: 3, email: 'a@example.com', ip: '203.0.113.10' });
  const { accounts, orders } = await read(shop);
  assert.deepEqual(
    accounts.map(({ holds }) => holds.passwordHash),
    [true, false],
  );
  assert.doesNotMatch(JSON.stringify(accounts), /secret-hash/);
  assert.deepEqual(
    [orders[0]?.hpos?.ipAddress, orders[0]?.legacy?.ipAddress],
    ['203.0.113.9', '203.0.113.10'],
  );
});

test('products come from the items and from the lookup, when they are asked for', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 1, email: 'a@example.com', products: [500, 400] });
  await shop.addLegacy({ id: 2, email: 'a@example.com' });
  await shop.exec(
    'INSERT INTO wp_wc_order_product_lookup (order_item_id, order_id, product_id, variation_id) VALUES (1, 2, 600, 601), (2, 1, 400, 0)',
  );
  const asked = await read(shop, { orders: { products: true } });
  assert.deepEqual(
    asked.orders.map(({ hpos, legacy }) => (hpos ?? legacy)?.products),
    [
      [400, 500],
      [600, 601],
    ],
  );
  const { orders } = await read(shop);
  assert.deepEqual(
    orders.map(({ hpos, legacy }) => (hpos ?? legacy)?.products),
    [[], []],
  );
});

test('only the accounts and orders asked for, however many', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    "INSERT INTO wp_users (ID, user_email) SELECT seq, 'x@example.com' FROM seq_1_to_6000",
  );
  await shop.exec(
    "INSERT INTO wp_wc_orders (id, type) SELECT seq, 'shop_order' FROM seq_1_to_6000",
  );
  await shop.exec(
    "INSERT INTO wp_posts (ID, post_type, post_excerpt) SELECT seq, 'shop_order', '' FROM seq_5001_to_7000",
  );
  const odd = Array.from({ length: 3_500 }, (_none, place) => place * 2 + 1);
  const { accounts, orders } = await read(shop, { accounts: { ids: odd }, orders: { ids: odd } });
  assert.deepEqual(
    accounts.map(({ userId }) => userId),
    odd.filter((id) => id <= 6_000),
  );
  assert.deepEqual(
    orders.map(({ orderId }) => orderId),
    odd,
  );
  const none = await read(shop, { accounts: { ids: [] }, orders: { ids: [7_777_777] } });
  assert.deepEqual([none.accounts, none.orders], [[], []]);
});

test('many posts of which few are orders, and many of which most are', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    "INSERT INTO wp_posts (ID, post_type, post_excerpt) SELECT seq * 7, IF(seq % 50 = 0, 'shop_order', 'shop_order_placehold'), '' FROM seq_1_to_100000",
  );
  const few = await read(shop);
  assert.equal(few.orders.length, 2_000);
  await shop.exec("UPDATE wp_posts SET post_type = 'shop_order' WHERE ID % 3 <> 0 OR ID > 690000");
  const [counted] = await (async () => {
    const root = await server.connect(shop.config.database);
    const [rows] = await root.query(
      "SELECT COUNT(*) AS n FROM wp_posts WHERE post_type = 'shop_order'",
    );
    await root.end();
    return rows as { n: number }[];
  })();
  const many = (await read(shop)).orders.map(({ orderId }) => orderId);
  assert.ok((counted?.n ?? 0) > 50_000);
  assert.equal(many.length, counted?.n);
  assert.equal(new Set(many).size, many.length);
});

test('accounts in tables of another name are found by the roles this site gave in them', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'a@example.com', first: 'Ada', role: 'customer' });
  await shop.exec('RENAME TABLE wp_users TO people, wp_usermeta TO peoplemeta');
  for (const table of ['users', 'usermeta']) {
    await shop.exec(`CREATE TABLE other_${table} LIKE people${table === 'users' ? '' : 'meta'}`);
  }
  const ambiguous = await read(shop);
  assert.deepEqual(
    [ambiguous.accounts, ambiguous.missing],
    [[], ['store.accounts_missing', 'store.account_details_missing']],
  );
  await shop.exec('DROP TABLE other_users');
  const { accounts, missing } = await read(shop);
  assert.deepEqual(
    accounts.map(({ email, firstName }) => [email, firstName]),
    [['a@example.com', 'Ada']],
  );
  assert.deepEqual(missing, []);
});
