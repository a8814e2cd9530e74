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
import { analyseLargeShop, LARGE_SHOP_ROWS, makeLargeShop } from './test-large-shop.ts';
import { startTestServer, type TestServer, type TestShop } from './test-shop.ts';

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
  const shop = await makeLargeShop(server);
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
    const shop = await makeLargeShop(server);
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
    await analyseLargeShop(shop);
    assert.deepEqual((await examine(shop)).found, []);
  });
}

test('answers of a form without an index are advised one, and one for the entries they lead to', async () => {
  const shop = await makeLargeShop(server);
  await shop.exec(
    'CREATE TABLE wp_acme_answers (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, entry varchar(300), question varchar(60), answer longtext) DEFAULT CHARSET=utf8mb4',
  );
  await shop.exec(
    'CREATE TABLE wp_acme_entries (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, code text, user bigint unsigned) DEFAULT CHARSET=utf8mb4',
  );
  await shop.exec(
    `INSERT INTO wp_acme_answers (entry, question, answer) SELECT CONCAT('e', seq), 'mail', CONCAT('p', seq, '@example.com') FROM seq_1_to_${LARGE_SHOP_ROWS}`,
  );
  await shop.exec(
    `INSERT INTO wp_acme_entries (code, user) SELECT CONCAT('e', seq), seq FROM seq_1_to_${LARGE_SHOP_ROWS}`,
  );
  const source = Source.parse({
    id: 'own.acme-form',
    title: 'Answers of Acme',
    family: 'own',
    place: {
      kind: 'pairs',
      table: 'acme_answers',
      owner: 'entry',
      name: 'question',
      value: 'answer',
    },
    link: { via: { column: 'entry', table: 'acme_entries', key: 'code', user_id: 'user' } },
    role: 'subscriber',
    fields: [{ key: 'mail', part: 'email', classes: ['email'] }],
    tested_with: 'a test',
    verification: 'operator',
    yields: 'people',
  });
  const advised = new Set<string>();
  // What a long statement would have led to shows once it is quick.
  for (let step = 0; step < 2; step += 1) {
    await shop.exec('ANALYZE TABLE wp_acme_answers, wp_acme_entries');
    for (const { index } of (await examine(shop, [source])).found) {
      const sql = index?.sql ?? '';
      if (!advised.has(sql)) await shop.exec(sql);
      advised.add(sql);
    }
  }
  assert.deepEqual([...advised].sort(), [
    'ALTER TABLE `wp_acme_answers` ADD INDEX `tocsin_entry` (`entry`(191)), ALGORITHM=INPLACE, LOCK=NONE;',
    'ALTER TABLE `wp_acme_entries` ADD INDEX `tocsin_code` (`code`(191)), ALGORITHM=INPLACE, LOCK=NONE;',
  ]);
  await shop.exec('ANALYZE TABLE wp_acme_answers, wp_acme_entries');
  assert.deepEqual((await examine(shop, [source])).found, []);
});

test('a small table may be read whole', async () => {
  const shop = await makeLargeShop(server);
  await shop.exec('ALTER TABLE wp_wc_orders DROP INDEX date_created');
  await shop.exec('DELETE FROM wp_wc_orders WHERE id > 500');
  await analyseLargeShop(shop);
  assert.deepEqual((await examine(shop)).found, []);
});

test('what would be long is not run', async () => {
  const shop = await makeLargeShop(server);
  const pool = openStorePool(shop.config);
  try {
    await shop.exec(
      `INSERT INTO wp_usermeta (user_id, meta_key, meta_value) SELECT seq, 'x', 'x' FROM seq_1_to_60000`,
    );
    await analyseLargeShop(shop);
    const recorder = recordStatements(pool);
    const all = 'SELECT user_id FROM `wp_usermeta` WHERE meta_value = ?';
    const rows = await recorder.during({ what: 'a test', reads: 'part' }, () =>
      recorder.pool.rows(all, ['x']),
    );
    assert.deepEqual(rows, []);
    assert.equal((await pool.rows(all, ['x'])).length, 60_000 + 6 * LARGE_SHOP_ROWS);
    assert.deepEqual(
      recorder.recorded().map(({ sql, plan }) => [sql, plan.map(({ access }) => access)]),
      [[all, ['ALL']]],
    );
  } finally {
    await pool.close();
  }
});
