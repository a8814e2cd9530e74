// The store in a box, one store for all: what works while it is up, and that nothing stays.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { connectTo } from './database-server.ts';
import { processesNaming } from './processes-naming.ts';
import { StoreError } from './store-error.ts';
import { startStore } from './store.ts';
import type { Store } from './store.ts';

const USERS = [
  user('owner', 'administrator'),
  user('manager', 'shop_manager'),
  user('buyer', 'customer'),
];

function user(login: string, role: string) {
  return {
    login,
    password: `${login}-password`,
    role,
    email: `${login}@example.com`,
    displayName: login,
  };
}

describe('a store in a box', () => {
  let store: Store;

  before(async () => {
    store = await startStore({
      name: 'test',
      prefix: 'shop7_',
      users: USERS,
      plugin: 'none',
      constants: { TOCSIN_SIDECAR_URL: 'http://localhost:1' },
    });
  });

  after(async () => {
    await store.stop();
  });

  test('answers on /wp-json under its own address', async () => {
    const answer = await fetch(`${store.url}/wp-json/`);
    const body = (await answer.json()) as { url: string; namespaces: string[] };
    assert.equal(answer.status, 200);
    assert.equal(body.url, store.url);
    assert.ok(body.namespaces.includes('wp/v2'));
  });

  test('lets its administrator into wp-admin', async () => {
    const login = await fetch(`${store.url}/wp-login.php`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: 'wordpress_test_cookie=WP+Cookie+check' },
      body: new URLSearchParams({ log: 'owner', pwd: 'owner-password', testcookie: '1' }),
    });
    assert.equal(login.status, 302);
    const cookie = login.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const page = await fetch(store.adminUrl, { headers: { cookie } });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /id="wpadminbar"/);
  });

  test('serves neither its configuration nor its logs', async () => {
    const config = await fetch(`${store.url}/wp-config.php`);
    assert.equal(await config.text(), '');
    assert.equal((await fetch(`${store.url}/wp-content/debug.log`)).status, 403);
    assert.equal((await fetch(`${store.url}/.htaccess`)).status, 403);
  });

  test('has the users, the prefix and the constants it was asked for', async () => {
    const rows = await store.sql('SELECT user_login, user_email FROM shop7_users ORDER BY ID');
    assert.deepEqual(
      rows.map((row) => row['user_email']),
      USERS.map((each) => each.email),
    );
    const role = await store.wp(['user', 'get', 'manager', '--field=roles']);
    assert.equal(role.trim(), 'shop_manager');
    const constant = await store.wp(['eval', 'echo TOCSIN_SIDECAR_URL;']);
    assert.equal(constant, 'http://localhost:1');
  });

  test('keeps orders in the order tables and says how it got WooCommerce', async () => {
    const [row] = await store.sql(
      `SELECT option_value AS value FROM shop7_options
       WHERE option_name = 'woocommerce_custom_orders_table_enabled'`,
    );
    assert.equal(row?.['value'], 'yes');
    const tables = await store.sql("SHOW TABLES LIKE 'shop7\\_w%'");
    const names = tables.map((each) => String(Object.values(each)[0]));
    for (const table of ['wc_orders', 'wc_order_addresses', 'woocommerce_sessions']) {
      assert.ok(names.includes(`shop7_${table}`), `${table} is missing`);
    }
    assert.equal(store.woocommerce.active, store.woocommerce.how !== 'schema');
    assert.match(store.woocommerce.version, /^\d+\.\d+/);
  });

  test('gives the sidecar an account that reads and cannot write', async () => {
    const reader = await connectTo(store.reader);
    try {
      const [rows] = await reader.query('SELECT COUNT(*) AS users FROM shop7_users');
      assert.deepEqual(rows, [{ users: 3 }]);
      for (const statement of [
        "UPDATE shop7_users SET user_email = 'x@example.com'",
        'DELETE FROM shop7_users',
        "INSERT INTO shop7_options (option_name, option_value) VALUES ('a', 'b')",
        'CREATE TABLE shop7_mine (id INT)',
        'SELECT * FROM mysql.global_priv',
      ]) {
        await assert.rejects(reader.query(statement), /denied/, statement);
      }
    } finally {
      await reader.end();
    }
  });

  test('goes on with its database when WordPress is stopped, and comes back on the same port', async () => {
    await store.stopWordPress();
    await assert.rejects(fetch(`${store.url}/wp-json/`));
    assert.equal((await store.sql('SELECT 1 AS one'))[0]?.['one'], 1);
    await store.startWordPress();
    assert.equal((await fetch(`${store.url}/wp-json/`)).status, 200);
  });

  test('says so when its database is away, and keeps its rows over a restart', async () => {
    await store.sql("INSERT INTO shop7_options (option_name, option_value) VALUES ('kept', 'yes')");
    await store.stopDatabase();
    await assert.rejects(store.sql('SELECT 1'));
    assert.equal((await fetch(`${store.url}/wp-json/`)).status, 500);
    await store.startDatabase();
    const [row] = await store.sql(
      "SELECT option_value FROM shop7_options WHERE option_name = 'kept'",
    );
    assert.equal(row?.['option_value'], 'yes');
  });

  test('refuses to start what runs already', async () => {
    await assert.rejects(store.startDatabase(), (error) => {
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, 'bad_option');
      return true;
    });
  });

  test('leaves no process and no folder when it is stopped, even twice', async () => {
    assert.ok((await processesNaming(store.folder)).length >= 4);
    await store.stop();
    await store.stop();
    assert.deepEqual(await processesNaming(store.folder), []);
    assert.equal(existsSync(store.folder), false);
  });
});

test('refuses options that cannot work and says what is allowed', async () => {
  const refused = [
    { prefix: 'wp-' },
    { prefix: '' },
    { name: '../elsewhere' },
    { users: [user('only', 'customer')] },
  ];
  for (const options of refused) {
    await assert.rejects(startStore(options), (error) => {
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, 'bad_option');
      assert.match(error.message, /allowed: /);
      return true;
    });
  }
});
