// What an operator reads in the doctor about a shop that lost an index, against a real MariaDB.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadShippedCatalogue } from './adapters/catalogue/load-catalogue.ts';
import { openStorePool } from './adapters/store-database/store-pool.ts';
import { makeLargeShop } from './adapters/store-database/test-large-shop.ts';
import { startTestServer, type TestServer } from './adapters/store-database/test-shop.ts';
import { checkIndexes } from './compose-indexes.ts';
import { fixedClock } from './use-cases/ports/fixed.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

test('the doctor names the reading, the table and the statement that mends it, and runs nothing', async (t) => {
  const shop = await makeLargeShop(server);
  await shop.exec('ALTER TABLE wp_wc_orders DROP INDEX date_created');
  const pool = openStorePool(shop.config);
  t.after(() => pool.close());
  const sources = loadShippedCatalogue().flatMap((file) => file.sources);
  const findings = await checkIndexes(
    { store: pool, clock: fixedClock('2026-11-23T12:00:00.000Z') },
    { decryptors: new Map(), sources: { sourcesFor: () => Promise.resolve(sources) } },
  );
  assert.equal(findings.length, 1);
  const { level, sentence, mend } = findings[0] ?? { level: '', sentence: '', mend: '' };
  assert.equal(level, 'warning');
  assert.match(
    sentence,
    /^Reading orders of a time window looks through all of wp_wc_orders, about 1[12],\d{3} rows\.$/,
  );
  const [ddl, advice] = mend.split('\n');
  assert.equal(
    ddl,
    'ALTER TABLE `wp_wc_orders` ADD INDEX `date_created` (`date_created_gmt`), ALGORITHM=INPLACE, LOCK=NONE;',
  );
  assert.match(advice ?? '', /^The index takes less than 1 MB\. Run it on the primary server/);
  const [still] = await pool.rows<{ n: number }>(
    "SELECT COUNT(*) AS n FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = 'date_created'",
  );
  assert.equal(Number(still?.n), 0);
});
