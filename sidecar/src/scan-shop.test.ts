import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { TestServer, TestShop } from './adapters/store-database/test-shop.ts';
import { startTestServer } from './adapters/store-database/test-shop.ts';
import type { DataMapPage } from './contract/data-map.ts';
import { blindSpots, openScanScene, placeNamed, type SceneOptions } from './scan-scene.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(async () => {
  await server.stop();
});

async function scanOnce(shop: TestShop, options: SceneOptions = {}): Promise<DataMapPage> {
  const scene = await openScanScene(shop.config, options);
  try {
    return await scene.scan();
  } finally {
    await scene.close();
  }
}

/** `[php](…)` with the lengths PHP would write. */
function php(value: string | Record<string, unknown>): string {
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`;
  const items = Object.entries(value).map(
    ([key, item]) => php(key) + php(item as string | Record<string, unknown>),
  );
  return `a:${items.length}:{${items.join('')}}`;
}

async function addMeta(
  shop: TestShop,
  table: string,
  owner: string,
  values: [number, string, string][],
) {
  for (const [id, key, value] of values) {
    await shop.exec(`INSERT INTO ${table} (${owner}, meta_key, meta_value) VALUES (?, ?, ?)`, [
      id,
      key,
      value,
    ]);
  }
}

test('a store of known places alone is covered in full, and nothing of it is kept but names', async () => {
  const shop = await server.makeShop();
  await shop.addUser({
    id: 7,
    email: 'ann@example.com',
    first: 'Ann',
    billing: { phone: '+4930123456' },
  });
  await shop.addHpos({
    id: 10,
    email: 'ann@example.com',
    first: 'Ann',
    street: '1 Road',
    country: 'DE',
  });
  await shop.addLegacy({ id: 11, email: 'bob@example.org', ip: '203.0.113.9' });
  const scene = await openScanScene(shop.config);
  const map = await scene.scan();
  assert.deepEqual(blindSpots(map), []);
  assert.equal(map.scan?.coverage, 100);
  assert.deepEqual(map.scan.unread, []);
  assert.equal(placeNamed(map, 'wp_users/user_email')?.source, 'wordpress.users');
  assert.equal(
    placeNamed(map, 'wp_postmeta[shop_order]/meta_value/_billing_email')?.source,
    'woocommerce.orders-legacy-meta',
  );
  const rows = JSON.stringify(
    await scene.ledger.tables.selectFrom('data_places').selectAll().execute(),
  );
  assert.doesNotMatch(rows, /ann@|bob@|203\.0\.113|4930123456|1 Road/);
  await scene.close();
});

test('finds every site of the schema: a network, another install with a prefix of its own, moved users', async () => {
  const shop = await server.makeShop();
  for (const prefix of ['wp_2_', 'Shop9_']) {
    await shop.exec(`CREATE TABLE ${prefix}options LIKE wp_options`);
    await shop.exec(
      `INSERT INTO ${prefix}options (option_name, option_value) VALUES ('siteurl', 'http://b.example')`,
    );
    await shop.exec(
      `CREATE TABLE ${prefix}tickets (id int PRIMARY KEY AUTO_INCREMENT, contact_email varchar(100))`,
    );
    await shop.exec(
      `INSERT INTO ${prefix}tickets (contact_email) VALUES ('eve@example.com'), ('joe@example.com')`,
    );
  }
  await shop.exec('RENAME TABLE wp_users TO people_of_all, wp_usermeta TO traits_of_all');
  await shop.exec(
    "INSERT INTO people_of_all (ID, user_login, user_email) VALUES (7, 'ann', 'ann@example.com')",
  );
  await addMeta(shop, 'traits_of_all', 'user_id', [[7, 'billing_email', 'ann@example.com']]);
  await shop.exec('CREATE TABLE leads (id int PRIMARY KEY AUTO_INCREMENT, email varchar(100))');
  await shop.exec("INSERT INTO leads (email) VALUES ('kim@example.com'), ('lou@example.com')");
  const map = await scanOnce(shop);
  assert.deepEqual(map.prefixes, ['Shop9_', 'wp_', 'wp_2_']);
  assert.deepEqual(blindSpots(map), [
    'Shop9_tickets/contact_email',
    'leads/email',
    'wp_2_tickets/contact_email',
  ]);
  assert.equal(placeNamed(map, 'wp_2_tickets/contact_email')?.prefix, 'wp_2_');
  assert.equal(placeNamed(map, 'leads/email')?.prefix, '');
  assert.equal(placeNamed(map, 'people_of_all/user_email')?.source, 'wordpress.users');
  assert.equal(
    placeNamed(map, 'traits_of_all/meta_value/billing_email')?.source,
    'wordpress.usermeta-profile',
  );
});

test('finds one row among many: a rare key, a rare post type, a column that is nearly always empty', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    `INSERT INTO wp_usermeta (user_id, meta_key, meta_value)
     SELECT 1 + seq DIV 10, CONCAT('counter_', seq MOD 10), seq FROM seq_1_to_30000`,
  );
  await shop.exec(
    "UPDATE wp_usermeta SET meta_key = 'Counter_x', meta_value = 'rare@kiosk-post.org' WHERE umeta_id = 17777",
  );
  await shop.exec(
    `INSERT INTO wp_posts (post_type, post_excerpt) SELECT 'product', '' FROM seq_1_to_9000`,
  );
  await shop.exec(
    "UPDATE wp_posts SET post_type = 'acme_lead', post_excerpt = 'Mail me: may@kiosk-post.org' WHERE ID = 4567",
  );
  await shop.exec(
    'CREATE TABLE wp_gifts (id int PRIMARY KEY AUTO_INCREMENT, qty int, for_whom text NULL)',
  );
  await shop.exec('INSERT INTO wp_gifts (qty) SELECT 1 FROM seq_1_to_20000');
  await shop.exec("UPDATE wp_gifts SET for_whom = 'zoe@kiosk-post.org' WHERE id = 12345");
  const map = await scanOnce(shop);
  assert.deepEqual(blindSpots(map), [
    'wp_gifts/for_whom',
    'wp_posts[acme_lead]/post_excerpt',
    'wp_usermeta/meta_value/Counter_x',
  ]);
  assert.deepEqual(placeNamed(map, 'wp_gifts/for_whom')?.classes, ['email']);
});

test('keys are folded, and a key that holds an address or IP is personal data itself', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    `INSERT INTO wp_options (option_name, option_value) VALUES
       ('_transient_geoip_203.0.113.7', 'DE'), ('acme_seen_198.51.100.4', '1'),
       ('_transient_lead_ann.lee@example.com', 'x'), ('admin_email', 'boss@shop.example')`,
  );
  await addMeta(shop, 'wp_usermeta', 'user_id', [
    [1, 'acme_pet_1', 'rex@kiosk-post.org'],
    [1, 'acme_pet_22', 'tom@kiosk-post.org'],
  ]);
  const map = await scanOnce(shop);
  assert.deepEqual(blindSpots(map), [
    'wp_options/option_name/_transient_#',
    'wp_options/option_name/acme_seen_#',
    'wp_usermeta/meta_value/acme_pet_#',
  ]);
  assert.deepEqual(placeNamed(map, 'wp_options/option_name/acme_seen_#')?.classes, ['ip_address']);
  assert.equal(
    placeNamed(map, 'wp_options/option_name/_transient_geoip_#')?.source,
    'woocommerce.geolocation-cache',
  );
});

test('opens what is nested, and tells encrypted values that lead to a person from secrets of software', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 10, email: 'ann@example.com' });
  await shop.addHpos({ id: 11, email: 'bob@example.com' });
  const inner = php({ contact: { alt_email: 'second@example.net' } });
  await addMeta(shop, 'wp_wc_orders_meta', 'order_id', [
    [10, '_acme_nested', php({ data: inner })],
    [
      10,
      '_acme_b64',
      Buffer.from(JSON.stringify({ payer: { email: 'p@example.com' } })).toString('base64'),
    ],
    [10, '_acme_slashed', '{\\"payer\\":{\\"email\\":\\"q@example.com\\"}}'],
    [
      10,
      '_acme_cut',
      php({ payer: { email: 'cut@example.com', note: 'x'.repeat(40) } }).slice(0, -30),
    ],
  ]);
  await shop.exec(
    'CREATE TABLE wp_vault (id int PRIMARY KEY AUTO_INCREMENT, order_ref varchar(20), body text, raw varbinary(96))',
  );
  await shop.exec('CREATE TABLE wp_tokens (id int PRIMARY KEY AUTO_INCREMENT, body text)');
  for (let at = 0; at < 20; at += 1) {
    const secret = randomBytes(80).toString('base64');
    await shop.exec('INSERT INTO wp_vault (order_ref, body, raw) VALUES (?, ?, UNHEX(?))', [
      `WC-${10 + (at % 2)}`,
      secret,
      randomBytes(96).toString('hex'),
    ]);
    await shop.exec('INSERT INTO wp_tokens (body) VALUES (?)', [secret]);
  }
  const map = await scanOnce(shop);
  assert.deepEqual(blindSpots(map), [
    'wp_vault/body',
    'wp_vault/raw',
    'wp_wc_orders_meta/meta_value/_acme_b#',
    'wp_wc_orders_meta/meta_value/_acme_cut',
    'wp_wc_orders_meta/meta_value/_acme_nested',
    'wp_wc_orders_meta/meta_value/_acme_slashed',
  ]);
  const nested = placeNamed(map, 'wp_wc_orders_meta/meta_value/_acme_nested');
  assert.deepEqual(nested?.encodings, ['php', 'php>php']);
  assert.deepEqual(nested.paths, ['data.contact.alt_email']);
  assert.deepEqual(placeNamed(map, 'wp_wc_orders_meta/meta_value/_acme_b#')?.encodings, [
    'base64',
    'base64>json',
  ]);
  assert.deepEqual(placeNamed(map, 'wp_wc_orders_meta/meta_value/_acme_slashed')?.encodings, [
    'slashed_json',
  ]);
  const vault = placeNamed(map, 'wp_vault/body');
  assert.deepEqual(vault?.found_by, ['encrypted']);
  assert.deepEqual(vault.link_candidates, [{ column: 'order_ref', kind: 'order_text' }]);
  assert.equal(vault.table_key, 'id');
});

test('a second address at a path that no source reads is a blind spot of a mapped place', async () => {
  const shop = await server.makeShop();
  const customer = php({ id: '0', email: 'cart@example.com', first_name: 'Cy' });
  await shop.exec(
    'INSERT INTO wp_woocommerce_sessions (session_key, session_value, session_expiry) VALUES (?, ?, 1)',
    [
      't_1234567890abcdef1234567890abcd',
      php({ customer, acme_friend: php({ friend: { email: 'friend@example.com' } }) }),
    ],
  );
  const map = await scanOnce(shop);
  assert.equal(placeNamed(map, 'wp_woocommerce_sessions/session_value')?.state, 'mapped');
  assert.deepEqual(blindSpots(map), ['wp_woocommerce_sessions/session_value (other paths)']);
  const rest = placeNamed(map, 'wp_woocommerce_sessions/session_value (other paths)');
  assert.deepEqual(rest?.paths, ['acme_friend.friend.email']);
});

test('latin1 tables, NULLs, zero dates, numbers, views and odd names are read as they are', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    `CREATE TABLE \`wp_old-list\` (id int PRIMARY KEY, \`e mail\` varchar(100) NULL, birth_date date, phone_no bigint,
       joined datetime) DEFAULT CHARSET=latin1`,
  );
  await shop.exec(
    "INSERT INTO `wp_old-list` VALUES (1, 'ren\u00e9e@example.com', '0000-00-00', 4930123456, '0000-00-00 00:00:00')",
  );
  await shop.exec(
    "INSERT INTO `wp_old-list` VALUES (2, NULL, '1980-02-03', NULL, NULL), (3, 'jo@example.com', '1990-12-01', 4930999888, NULL)",
  );
  await shop.exec('CREATE VIEW wp_view AS SELECT `e mail` AS email FROM `wp_old-list`');
  await shop.exec('CREATE TABLE wp_nokey (mail varchar(100)) ENGINE=MyISAM');
  await shop.exec("INSERT INTO wp_nokey VALUES ('k@example.com'), ('l@example.com')");
  const map = await scanOnce(shop);
  assert.deepEqual(map.scan?.unread, []);
  assert.deepEqual(
    blindSpots(map).filter((id) => !id.endsWith('phone_no')),
    ['wp_nokey/mail', 'wp_old-list/birth_date', 'wp_old-list/e mail'],
  );
});
