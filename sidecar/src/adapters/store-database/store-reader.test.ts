import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isCoded } from '../../domain/coded-error.ts';
import type { AccountRow, OrderPair } from '../../domain/audience/store-rows.ts';
import type { StoreReader } from '../../use-cases/ports/store-reader.ts';
import { openStoreReader } from './open-store-reader.ts';
import { readOrderStoreState } from './order-store-state.ts';
import { PAGE_ROWS } from './page-through.ts';
import { readGrants, rightsBeyondSelect } from './read-grants.ts';
import type { StoreConfig } from './store-config.ts';
import { openStorePool, type StorePool } from './store-pool.ts';
import { pingStore, readServerVersion } from './store-server.ts';
import { startTestServer, type TestServer, type TestShop } from './test-shop.ts';

let server: TestServer;
const pools: StorePool[] = [];

before(async () => {
  server = await startTestServer();
});
after(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await server.stop();
});

function open(config: StoreConfig): StorePool {
  const pool = openStorePool(config);
  pools.push(pool);
  return pool;
}

function reader(shop: TestShop, config: Partial<StoreConfig> = {}): StoreReader {
  return openStoreReader(open({ ...shop.config, ...config }));
}

type Everything = { accounts: AccountRow[]; orders: OrderPair[] };

async function readAll(store: StoreReader): Promise<Everything> {
  return store.withSnapshot(async (snapshot) => {
    const all: Everything = { accounts: [], orders: [] };
    for await (const page of snapshot.accounts()) all.accounts.push(...page);
    for await (const page of snapshot.orders()) all.orders.push(...page);
    return all;
  });
}

test('reads accounts with their address book and never the password', async () => {
  const shop = await server.makeShop();
  await shop.addUser({
    id: 7,
    email: 'Ann.Lee@Example.com',
    first: 'Ann',
    last: 'Lee',
    display: 'Annie',
    registered: '2026-01-02 03:04:05',
    billing: {
      email: 'ann@work.example',
      phone: '+1',
      country: 'US',
      state: 'CA',
      street: '1 Road',
    },
    meta: { session_tokens: 'a:1:{s:1:"x";a:0:{}}', _billing_email: 'no' },
  });
  const { accounts } = await readAll(reader(shop));
  assert.equal(accounts.length, 1);
  const [ann] = accounts;
  assert.equal(ann?.email, 'Ann.Lee@Example.com');
  assert.equal(ann.registeredAt, Date.UTC(2026, 0, 2, 3, 4, 5));
  assert.equal(ann.billing.email, 'ann@work.example');
  assert.equal(ann.billing.postal.state, 'CA');
  assert.deepEqual(ann.holds, { sessions: true, freeText: false, passwordHash: true });
  assert.doesNotMatch(JSON.stringify(ann), /secret-hash/);
});

test('reads both order stores whatever the option says, side by side by order number', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 10, email: 'a@example.com', status: 'wc-completed' });
  await shop.addLegacy({ id: 10, email: 'old@example.com', status: 'wc-completed' });
  await shop.addLegacy({ id: 11, email: 'b@example.com', type: 'shop_order_placehold' });
  await shop.addLegacy({ id: 12, email: 'c@example.com' });
  await shop.addHpos({ id: 13, email: null, type: 'shop_order_refund', customer: null });
  await shop.addHpos({ id: 14, email: 'd@example.com', type: 'wcdp_payment' });
  await shop.addLegacy({ id: 14, email: 'd@example.com', type: 'wcdp_payment' });
  await shop.addLegacy({ id: 15, email: null, type: 'post' });
  const { orders } = await readAll(reader(shop));
  assert.deepEqual(
    orders.map(({ orderId, hpos, legacy }) => [
      orderId,
      hpos?.emails ?? null,
      legacy?.emails ?? null,
    ]),
    [
      [10, ['a@example.com'], ['old@example.com']],
      [12, null, ['c@example.com']],
      [14, ['d@example.com'], ['d@example.com']],
    ],
  );
});

test('keeps every distinct address of an order, the one WooCommerce shows first', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 1, email: 'shown@example.com', orderEmail: 'other@example.com' });
  await shop.addLegacy({
    id: 2,
    emails: ['first@example.com', 'second@example.com', 'first@example.com'],
  });
  const { orders } = await readAll(reader(shop));
  assert.deepEqual(orders[0]?.hpos?.emails, ['shown@example.com', 'other@example.com']);
  assert.deepEqual(orders[1]?.legacy?.emails, ['first@example.com', 'second@example.com']);
});

test('takes dates that do not exist as no date, and a draft by the date it has', async () => {
  const shop = await server.makeShop();
  await shop.exec("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
  await shop.addHpos({ id: 1, created: null });
  await shop.addHpos({ id: 2, created: '0000-00-00 00:00:00' });
  await shop.addLegacy({ id: 3, created: null });
  await shop.addLegacy({ id: 4, created: null, modified: '2026-05-06 07:08:09' });
  await shop.addLegacy({ id: 5, created: null, local: '2026-05-06 09:08:09' });
  const { orders } = await readAll(reader(shop));
  assert.deepEqual(
    orders.map(({ hpos, legacy }) => (hpos ?? legacy)?.createdAt),
    [null, null, null, Date.UTC(2026, 4, 6, 7, 8, 9), Date.UTC(2026, 4, 6, 9, 8, 9)],
  );
});

test('knows an anonymised copy by its mark or by the placeholder address', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 1, email: 'deleted@site.invalid' });
  await shop.addHpos({ id: 2, email: null, anonymised: true });
  await shop.addLegacy({ id: 2, email: 'still@example.com' });
  const { orders } = await readAll(reader(shop));
  assert.deepEqual(
    orders.map(({ hpos, legacy }) => [hpos?.anonymised, legacy?.anonymised]),
    [
      [true, undefined],
      [true, false],
    ],
  );
});

test('reads more rows than one page holds, without missing or repeating one', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    "INSERT INTO wp_users (ID, user_email) SELECT seq * 3, CONCAT('u', seq, '@example.com') FROM seq_1_to_4500",
  );
  await shop.exec(
    "INSERT INTO wp_wc_orders (id, type, billing_email) SELECT seq * 2, IF(seq % 3, 'shop_order', 'shop_order_refund'), 'h@example.com' FROM seq_1_to_6000",
  );
  await shop.exec(
    "INSERT INTO wp_posts (ID, post_type, post_excerpt) SELECT seq * 5, IF(seq % 3, 'shop_order', 'page'), '' FROM seq_1_to_9000",
  );
  const { accounts, orders } = await readAll(reader(shop));
  const hpos = orders.filter((pair) => pair.hpos !== null);
  const legacy = orders.filter((pair) => pair.legacy !== null);
  assert.deepEqual(
    [accounts.length, new Set(accounts.map(({ userId }) => userId)).size],
    [4_500, 4_500],
  );
  assert.equal(hpos.length, 4_000);
  assert.equal(legacy.length, 6_000);
  const ids = orders.map(({ orderId }) => orderId);
  assert.deepEqual(
    ids,
    [...new Set(ids)].sort((a, b) => a - b),
  );
  assert.ok(orders.some((pair) => pair.hpos !== null && pair.legacy !== null));
});

test('sees the shop as of one moment, whatever is written meanwhile', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'a@example.com' });
  const store = reader(shop);
  const seen = await store.withSnapshot(async (snapshot) => {
    await shop.addUser({ id: 2, email: 'late@example.com' });
    await shop.addHpos({ id: 3, email: 'late@example.com' });
    const accounts: number[] = [];
    for await (const page of snapshot.accounts()) accounts.push(...page.map((row) => row.userId));
    let orders = 0;
    for await (const page of snapshot.orders()) orders += page.length;
    return { accounts, orders };
  });
  assert.deepEqual(seen, { accounts: [1], orders: 0 });
  assert.equal((await readAll(store)).accounts.length, 2);
});

test('never writes: the transaction itself refuses it even for a user who may', async () => {
  const shop = await server.makeShop();
  const pool = open({ ...shop.config, user: 'root', password: '' });
  await assert.rejects(
    pool.withConnection(async (connection) => {
      await connection.rows('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
      await connection.rows("INSERT INTO wp_options (option_name, option_value) VALUES ('x', 'y')");
    }),
    (error) => isCoded(error, 'store.failed') && error.context['driver_number'] === 1792,
  );
});

test('a plain WordPress without WooCommerce is read, and says what is not there', async () => {
  const shop = await server.makeShop({ woocommerce: false });
  await shop.addUser({ id: 1, email: 'a@example.com' });
  const store = reader(shop);
  const missing = await store.withSnapshot((snapshot) => Promise.resolve(snapshot.about.missing));
  assert.deepEqual(
    missing.map(({ concerns, code }) => [concerns, code]),
    [['orders', 'store.hpos_missing']],
  );
  const { accounts, orders } = await readAll(store);
  assert.deepEqual([accounts.length, orders.length], [1, 0]);
  const facts = await store.readFacts();
  assert.equal(facts.order_store, 'none');
});

test('says when tables keep no snapshot', async () => {
  const shop = await server.makeShop();
  await shop.exec('ALTER TABLE wp_users ENGINE=MyISAM');
  const missing = await reader(shop).withSnapshot((snapshot) =>
    Promise.resolve(snapshot.about.missing),
  );
  assert.deepEqual(
    missing.map(({ concerns, code }) => [concerns, code]),
    [['accounts', 'store.no_snapshot']],
  );
});

test('reads tables of different collations and character sets', async () => {
  const shop = await server.makeShop();
  await shop.exec('ALTER TABLE wp_users CONVERT TO CHARACTER SET latin1');
  await shop.exec('ALTER TABLE wp_wc_orders CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  await shop.exec(
    'ALTER TABLE wp_postmeta CONVERT TO CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci',
  );
  await shop.addUser({ id: 1, email: 'a@example.com', display: 'Zoë' });
  await shop.addHpos({ id: 2, email: 'b@example.com', country: 'DE' });
  await shop.addLegacy({ id: 3, email: 'c@example.com', country: 'FR' });
  const store = reader(shop);
  const { accounts, orders } = await readAll(store);
  assert.equal(accounts[0]?.displayName, 'Zoë');
  assert.equal(orders.length, 2);
  assert.equal((await store.readFacts()).countries.length, 2);
});

test('finds the prefix by itself, and refuses to choose between two shops', async () => {
  const shop = await server.makeShop({ prefix: 'x7_' });
  assert.equal(await open(shop.config).prefix(), 'x7_');
  await assert.rejects(
    open({ ...shop.config, prefix: 'wp_' }).prefix(),
    (error) => isCoded(error, 'store.wrong_prefix') && (error.detail ?? '').includes('"x7_"'),
  );
  await shop.exec('CREATE TABLE other_options LIKE x7_options');
  await shop.exec('INSERT INTO other_options SELECT * FROM x7_options');
  await shop.exec('CREATE TABLE empty_options LIKE x7_options');
  await assert.rejects(
    open(shop.config).prefix(),
    (error) =>
      isCoded(error, 'store.several_shops') &&
      error.category === 'unavailable' &&
      error.context['found'] === 'other_, x7_',
  );
  assert.equal(await open({ ...shop.config, prefix: 'x7_' }).prefix(), 'x7_');
});

test('a site of a network reads the users it shares with the network', async () => {
  const shop = await server.makeShop({ prefix: 'wp_' });
  for (const table of ['options', 'posts', 'postmeta']) {
    await shop.exec(`CREATE TABLE wp_2_${table} LIKE wp_${table}`);
  }
  await shop.exec("INSERT INTO wp_2_options (option_name, option_value) VALUES ('siteurl', 'x')");
  await shop.addUser({ id: 5, email: 'a@example.com', first: 'Ada' });
  const { accounts } = await readAll(reader(shop, { prefix: 'wp_2_' }));
  assert.deepEqual(
    accounts.map(({ userId, firstName }) => [userId, firstName]),
    [[5, 'Ada']],
  );
});

test('says what is wrong in a code, without values of the shop', async () => {
  const shop = await server.makeShop();
  const cases: [Partial<StoreConfig>, string][] = [
    [{ port: 1 }, 'store.unreachable'],
    [{ socket: '/nowhere/m.sock' }, 'store.unreachable'],
    [{ password: 'wrong-secret' }, 'store.access_denied'],
    [{ database: 'mysql' }, 'store.access_denied'],
    [{ user: 'root', password: '', database: 'no_such' }, 'store.no_database'],
    [{ ssl: {} }, 'store.tls_failed'],
  ];
  for (const [change, code] of cases) {
    await assert.rejects(pingStore(open({ ...shop.config, ...change })), (error) => {
      assert.ok(isCoded(error, code), `${code}: ${String(error)} ${JSON.stringify(error)}`);
      assert.equal(error.category, 'unavailable');
      assert.equal(error.cause, undefined);
      assert.doesNotMatch(
        JSON.stringify([error.message, error.detail]),
        /wrong-secret|127\.0\.0\.1/,
      );
      return true;
    });
  }
});

test('a statement that takes too long is ended by the server and named', async () => {
  const shop = await server.makeShop();
  const pool = open({ ...shop.config, statementTimeoutMs: 200 });
  await assert.rejects(
    pool.rows(
      "SELECT COUNT(*) FROM seq_1_to_100000 a, seq_1_to_100000 b WHERE CONCAT(a.seq, b.seq) = 'secret-value'",
    ),
    (error) => isCoded(error, 'store.timeout') && !error.message.includes('secret-value'),
  );
  assert.ok((await pingStore(pool)) >= 0);
});

async function killConnections(shop: TestShop): Promise<void> {
  const root = await server.connect();
  const [rows] = await root.query('SELECT id FROM information_schema.processlist WHERE user = ?', [
    shop.config.user,
  ]);
  for (const { id } of rows as { id: number }[]) await root.query(`KILL ${id}`);
  await root.end();
}

test('a connection lost in the middle of a reading is renewed, the reading goes on by key and says so', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    "INSERT INTO wp_users (ID, user_email) SELECT seq, CONCAT('u', seq, '@example.com') FROM seq_1_to_9000",
  );
  const read = await reader(shop).withSnapshot(async (snapshot) => {
    const ids: number[] = [];
    let pages = 0;
    for await (const page of snapshot.accounts()) {
      pages += 1;
      if (pages === 1 || pages === 3) {
        assert.equal(page.length, PAGE_ROWS);
        await killConnections(shop);
        await shop.exec("UPDATE wp_users SET user_email = 'later@example.com' WHERE ID = 9000");
      }
      ids.push(...page.map(({ userId }) => userId));
    }
    return { ids, gaps: snapshot.gaps(), at: snapshot.about.at };
  });
  assert.deepEqual(
    read.ids,
    Array.from({ length: 9_000 }, (_none, place) => place + 1),
  );
  assert.deepEqual(
    read.gaps.map(({ code }) => code),
    ['store.snapshot_renewed', 'store.snapshot_renewed'],
  );
  assert.ok(read.gaps[0]?.sentence.includes(`accounts`) && read.gaps[0].sentence.includes(read.at));
});

test('a server that does not come back ends the reading in a coded error', async () => {
  const mortal = await startTestServer();
  try {
    const shop = await mortal.makeShop();
    await shop.exec(
      "INSERT INTO wp_users (ID, user_email) SELECT seq, CONCAT('u', seq, '@example.com') FROM seq_1_to_9000",
    );
    const store = openStoreReader(open(shop.config), { reconnectPauseMs: 0 });
    await assert.rejects(
      store.withSnapshot(async (snapshot) => {
        for await (const page of snapshot.accounts()) {
          assert.equal(page.length, PAGE_ROWS);
          await mortal.kill();
        }
      }),
      (error) => isCoded(error, 'store.unreachable'),
    );
  } finally {
    await mortal.stop();
  }
});

test('tells a user who may only read from one who may more', async () => {
  const shop = await server.makeShop();
  assert.deepEqual(await readGrants(open(shop.config)), { selectOnly: true, beyondSelect: [] });
  const root = await server.connect();
  await root.query(
    `GRANT INSERT, UPDATE ON ${shop.config.database}.* TO ${shop.config.user}@'127.0.0.1'`,
  );
  await root.end();
  assert.deepEqual(await readGrants(open(shop.config)), {
    selectOnly: false,
    beyondSelect: ['INSERT', 'UPDATE'],
  });
  assert.deepEqual(rightsBeyondSelect('GRANT ALL PRIVILEGES ON *.* TO `u`@`%` WITH GRANT OPTION'), [
    'ALL PRIVILEGES',
    'GRANT OPTION',
  ]);
  assert.deepEqual(
    rightsBeyondSelect('GRANT SELECT (`a`, `b`), UPDATE (`c`) ON `s`.`t` TO `u`@`%`'),
    ['UPDATE'],
  );
  assert.deepEqual(rightsBeyondSelect('GRANT `admin_role` TO `u`@`%`'), ['ROLE admin_role']);
  assert.deepEqual(
    rightsBeyondSelect("GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*X'"),
    [],
  );
});

test('tells which order store WooCommerce reads from', async () => {
  const shop = await server.makeShop();
  const pool = open(shop.config);
  assert.equal((await readOrderStoreState(pool)).hposEnabled, false);
  await shop.exec(
    `INSERT INTO wp_options (option_name, option_value) VALUES
       ('woocommerce_custom_orders_table_enabled', 'yes'),
       ('woocommerce_custom_orders_table_data_sync_enabled', 'no')`,
  );
  assert.deepEqual(await readOrderStoreState(pool), {
    hposEnabled: true,
    syncEnabled: false,
    backgroundSync: null,
    cleanupInProgress: false,
    hasHposTables: true,
    hasLegacyTables: true,
  });
  const { server: name, now } = await readServerVersion(pool);
  assert.match(name, /^MariaDB \d+\.\d+\.\d+$/);
  assert.ok(Math.abs(Date.parse(now) - Date.now()) < 60_000);
});

test('offers the values that are in the shop, each order once', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 1, method: 'stripe', country: 'DE', created: '2026-01-01 00:00:00' });
  await shop.addLegacy({ id: 1, method: 'stripe', country: 'DE' });
  await shop.addHpos({ id: 2, method: 'Stripe', country: 'de', status: 'wc-failed' });
  await shop.addLegacy({
    id: 3,
    method: 'paypal',
    country: 'US',
    created: '2026-02-03 04:05:06',
    status: 'trash',
  });
  await shop.addHpos({
    id: 4,
    type: 'shop_order_refund',
    method: 'gone',
    created: '2027-01-01 00:00:00',
  });
  const facts = await reader(shop).readFacts();
  assert.deepEqual(facts, {
    payment_methods: [
      { key: 'Stripe', count: 1 },
      { key: 'paypal', count: 1 },
      { key: 'stripe', count: 1 },
    ],
    order_statuses: [
      { key: 'completed', count: 1 },
      { key: 'failed', count: 1 },
      { key: 'trash', count: 1 },
    ],
    countries: [
      { key: 'DE', count: 2 },
      { key: 'US', count: 1 },
    ],
    first_order_at: '2026-01-01T00:00:00.000Z',
    last_order_at: '2026-11-20T10:00:00.000Z',
    order_store: 'both',
  });
});

const DUMP = join(
  process.env['TOCSIN_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'),
  'stores/woocommerce-11.0.1.sql.gz',
);

test("reads a real shop's dump whole", { skip: !existsSync(DUMP) }, async () => {
  const shop = await server.makeShop();
  const root = await server.connect();
  await root.query(`DROP DATABASE ${shop.config.database}`);
  await root.query(`CREATE DATABASE ${shop.config.database}`);
  await root.end();
  execFileSync('sh', [
    '-c',
    `zcat "$1" | mariadb --no-defaults -h127.0.0.1 -P${server.port} -uroot ${shop.config.database}`,
    'sh',
    DUMP,
  ]);
  const pool = open(shop.config);
  assert.equal(await pool.prefix(), 'wp_');
  const { accounts, orders } = await readAll(openStoreReader(pool));
  const [users] = await pool.rows<{ n: number }>('SELECT COUNT(*) AS n FROM wp_users');
  assert.equal(accounts.length, users?.n);
  const both = orders.filter(({ hpos, legacy }) => hpos !== null && legacy !== null);
  // 87 more posts of the dump are refunds, 990 are placeholders.
  assert.equal(both.length, 312);
  const [hpos] = await pool.rows<{ n: number }>(
    "SELECT COUNT(*) AS n FROM wp_wc_orders WHERE type <> 'shop_order_refund'",
  );
  assert.equal(orders.length, hpos?.n);
  const facts = await openStoreReader(pool).readFacts();
  assert.equal(
    facts.order_statuses.reduce((sum, { count }) => sum + count, 0),
    orders.length,
  );
});
