// Against a real MariaDB: a shop with all of WooCommerce's indexes, and the same shop with some of them gone, as upgrades
// over years leave them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Source } from '../../contract/data-map.ts';
import { findLongReadings, type LongReading } from './find-long-readings.ts';
import { openStoreReader } from './open-store-reader.ts';
import { openStoreScanner } from './open-store-scanner.ts';
import { openOutbox } from './outbox.ts';
import { recordStatements, type RecordedStatement } from './record-statements.ts';
import { runReadings } from './run-readings.ts';
import type { ScanPace } from './scan-pace.ts';
import { openStorePool } from './store-pool.ts';
import { supposeIndexes } from './suppose-indexes.ts';
import { startTestServer, type TestServer, type TestShop } from './test-shop.ts';

const ROWS = 12_000;
const AT_ONCE: ScanPace = {
  chunkRows: 10,
  pauseMs: 0,
  maxThreadsRunning: Infinity,
  sleep: () => Promise.resolve(),
  signal: new AbortController().signal,
};
const NOW = Date.parse('2026-11-23T12:00:00.000Z');

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

/** 12,000 accounts and orders of five years, in posts too, with the indexes WooCommerce makes. */
async function makeLargeShop(): Promise<TestShop> {
  const shop = await server.makeShop();
  const created = `DATE_ADD('2021-11-23', INTERVAL seq * 13000 SECOND)`;
  for (const statement of [
    'ALTER TABLE wp_wc_orders DROP INDEX IF EXISTS type_status_date, DROP INDEX IF EXISTS date_created, DROP INDEX IF EXISTS customer_id_billing_email, DROP INDEX IF EXISTS billing_email',
    `ALTER TABLE wp_wc_orders ADD INDEX type_status_date (type, status, date_created_gmt), ADD INDEX date_created (date_created_gmt),
      ADD INDEX customer_id_billing_email (customer_id, billing_email(171)), ADD INDEX billing_email (billing_email(191))`,
    'ALTER TABLE wp_wc_order_addresses DROP INDEX IF EXISTS email, ADD INDEX email (email(191))',
    `INSERT INTO wp_users (ID, user_login, user_email) SELECT seq, CONCAT('u', seq), CONCAT('u', seq, '@example.com') FROM seq_1_to_${ROWS}`,
    `INSERT INTO wp_usermeta (user_id, meta_key, meta_value) SELECT u.seq, ELT(k.seq, 'nickname', 'first_name', 'billing_city', 'locale', 'rich_editing', 'billing_email'), 'x' FROM seq_1_to_${ROWS} u, seq_1_to_6 k`,
    `INSERT INTO wp_wc_orders (id, type, status, customer_id, billing_email, date_created_gmt)
      SELECT seq, 'shop_order', 'wc-completed', seq, CONCAT('u', seq, '@example.com'), ${created} FROM seq_1_to_${ROWS}`,
    `INSERT INTO wp_wc_order_addresses (order_id, address_type, email) SELECT seq, 'billing', CONCAT('u', seq, '@example.com') FROM seq_1_to_${ROWS}`,
    `INSERT INTO wp_posts (ID, post_type, post_status, post_date, post_date_gmt, post_excerpt)
      SELECT seq, 'shop_order', 'wc-completed', ${created}, ${created}, '' FROM seq_1_to_${ROWS}`,
    `INSERT INTO wp_postmeta (post_id, meta_key, meta_value) SELECT p.seq, ELT(k.seq, '_billing_city', '_order_key', '_cart_hash', '_total', '_version', '_billing_email'), 'x' FROM seq_1_to_${ROWS} p, seq_1_to_6 k`,
  ]) {
    await shop.exec(statement);
  }
  await analyse(shop);
  return shop;
}

/** The server's statistics are otherwise renewed some seconds after a change, by itself. */
function analyse(shop: TestShop): Promise<void> {
  return shop.exec(
    'ANALYZE TABLE wp_users, wp_usermeta, wp_wc_orders, wp_wc_order_addresses, wp_posts, wp_postmeta',
  );
}

type Examined = { recorded: readonly RecordedStatement[]; found: readonly LongReading[] };

async function examine(shop: TestShop, sources: readonly Source[] = []): Promise<Examined> {
  const pool = openStorePool(shop.config);
  try {
    const recorder = recordStatements(pool);
    const reader = openStoreReader(recorder.pool, { tables: supposeIndexes });
    const outbox = openOutbox(recorder.pool);
    const scanner = openStoreScanner(recorder.pool, AT_ONCE);
    await runReadings(recorder, { reader, outbox, scanner, sources }, NOW);
    const recorded = recorder.recorded();
    return { recorded, found: await findLongReadings(pool, recorded) };
  } finally {
    await pool.close();
  }
}

test('a shop with the indexes of WooCommerce needs none', async () => {
  const shop = await makeLargeShop();
  const { recorded, found } = await examine(shop);
  assert.deepEqual(found, []);
  const read = new Set(recorded.flatMap(({ plan }) => plan.map(({ table }) => table)));
  for (const table of ['users', 'usermeta', 'posts', 'postmeta', 'wc_orders', 'wc_order_addresses'])
    assert.ok(read.has(`wp_${table}`), `no statement over ${table} was met`);
});

for (const { table, index, ddl, reading } of [
  {
    table: 'wp_wc_orders',
    index: 'date_created',
    ddl: 'ALTER TABLE `wp_wc_orders` ADD INDEX `date_created` (`date_created_gmt`), ALGORITHM=INPLACE, LOCK=NONE;',
    reading: 'orders of a time window',
  },
  {
    table: 'wp_wc_orders',
    index: 'customer_id_billing_email',
    ddl: 'ALTER TABLE `wp_wc_orders` ADD INDEX `customer_id_billing_email` (`customer_id`, `billing_email`(171)), ALGORITHM=INPLACE, LOCK=NONE;',
    reading: 'orders of some accounts',
  },
  {
    table: 'wp_postmeta',
    index: 'post_id',
    ddl: 'ALTER TABLE `wp_postmeta` ADD INDEX `post_id` (`post_id`), ALGORITHM=INPLACE, LOCK=NONE;',
    reading: 'all accounts and orders',
  },
  {
    table: 'wp_posts',
    index: 'type_status_date',
    ddl: 'ALTER TABLE `wp_posts` ADD INDEX `type_status_date` (`post_type`, `post_status`, `post_date`, `id`), ALGORITHM=INPLACE, LOCK=NONE;',
    reading: 'orders of a time window',
  },
]) {
  test(`${index} of ${table} that is gone is advised, and not missed once it is there`, async () => {
    const shop = await makeLargeShop();
    await shop.exec(`ALTER TABLE ${table} DROP INDEX ${index}`);
    const { found } = await examine(shop);
    assert.deepEqual(
      found.map((reading) => [reading.table, reading.index?.sql, reading.index?.online]),
      [[table, ddl, true]],
    );
    assert.ok(found[0]?.readings.includes(reading), found[0]?.readings.join('; '));
    const bytes = found[0]?.index?.bytes ?? 0;
    // 12,000 entries (six times that of postmeta) of some ten to a hundred bytes.
    assert.ok(bytes > 200_000 && bytes < 8_000_000, `${bytes} bytes`);
    await shop.exec(ddl);
    await analyse(shop);
    assert.deepEqual((await examine(shop)).found, []);
  });
}

test('a table of a gateway is advised an index on its link, a long text by its first characters', async () => {
  const shop = await makeLargeShop();
  await shop.exec(
    'CREATE TABLE wp_acme_payers (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned, user_id text, mail varchar(100)) DEFAULT CHARSET=utf8mb4',
  );
  await shop.exec(
    `INSERT INTO wp_acme_payers (order_id, user_id, mail) SELECT seq, seq, CONCAT('p', seq, '@example.com') FROM seq_1_to_${ROWS}`,
  );
  await shop.exec('ANALYZE TABLE wp_acme_payers');
  const source = Source.parse({
    id: 'own.acme-payers',
    title: 'Payers of Acme',
    family: 'own',
    place: { kind: 'table', table: 'acme_payers', key: 'id' },
    link: { order_id: 'order_id' },
    role: 'payer',
    fields: [{ column: 'mail', part: 'email', classes: ['email'] }],
    tested_with: 'a test',
    verification: 'operator',
    yields: 'people',
  });
  const { found } = await examine(shop, [source]);
  assert.deepEqual(
    found.map(({ table, index }) => [table, index?.sql]),
    [
      [
        'wp_acme_payers',
        'ALTER TABLE `wp_acme_payers` ADD INDEX `tocsin_order_id` (`order_id`), ALGORITHM=INPLACE, LOCK=NONE;',
      ],
    ],
  );
  await shop.exec(found[0]?.index?.sql ?? '');
  await shop.exec('ANALYZE TABLE wp_acme_payers');
  assert.deepEqual((await examine(shop, [source])).found, []);
});

test('a small table may be read whole', async () => {
  const shop = await makeLargeShop();
  await shop.exec('ALTER TABLE wp_wc_orders DROP INDEX date_created');
  await shop.exec('DELETE FROM wp_wc_orders WHERE id > 500');
  await analyse(shop);
  assert.deepEqual((await examine(shop)).found, []);
});

test('what would be long is not run', async () => {
  const shop = await makeLargeShop();
  const pool = openStorePool(shop.config);
  try {
    await shop.exec(
      `INSERT INTO wp_usermeta (user_id, meta_key, meta_value) SELECT seq, 'x', 'x' FROM seq_1_to_60000`,
    );
    await analyse(shop);
    const recorder = recordStatements(pool);
    const all = 'SELECT user_id FROM `wp_usermeta` WHERE meta_value = ?';
    const rows = await recorder.during({ what: 'a test', reads: 'part' }, () =>
      recorder.pool.rows(all, ['x']),
    );
    assert.deepEqual(rows, []);
    assert.equal((await pool.rows(all, ['x'])).length, 60_000 + 6 * ROWS);
    assert.deepEqual(
      recorder.recorded().map(({ sql, plan }) => [sql, plan.map(({ access }) => access)]),
      [[all, ['ALL']]],
    );
  } finally {
    await pool.close();
  }
});
