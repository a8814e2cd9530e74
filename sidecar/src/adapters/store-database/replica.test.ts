// Against a real replica: people are read there, and not when it is behind or cannot say whether it is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isCoded } from '../../domain/coded-error.ts';
import { openStoreReader } from './open-store-reader.ts';
import { readGrants } from './read-grants.ts';
import type { StoreConfig } from './store-config.ts';
import { openStorePool } from './store-pool.ts';
import { startTestPair, type TestPair } from './test-replica.ts';
import type { TestShop } from './test-shop.ts';

let pair: TestPair;
let shop: TestShop;
before(async () => {
  pair = await startTestPair();
  shop = await pair.primary.makeShop();
  await shop.addUser({ id: 1, email: 'a@example.com' });
  await pair.replica.caughtUp();
});
after(() => pair.stop());

async function read(replica: StoreConfig['replica']) {
  const pool = openStorePool({
    ...shop.config,
    port: pair.replica.server.port,
    ...(replica === undefined ? {} : { replica }),
  });
  try {
    return await openStoreReader(pool).withSnapshot(async (snapshot) => {
      const ids: number[] = [];
      for await (const page of snapshot.accounts()) ids.push(...page.map((row) => row.userId));
      return { ids, replica: snapshot.about.replica };
    });
  } finally {
    await pool.close();
  }
}

async function asRoot(...statements: string[]): Promise<void> {
  const root = await pair.primary.connect();
  for (const sql of statements) await root.query(sql);
  await root.end();
  await pair.replica.caughtUp();
}

const isLagging = (error: unknown): boolean => isCoded(error, 'store.replica_lagging');

test('who may not ask for the lag is refused, and says which right is missing', async () => {
  await assert.rejects(
    read({ maxLagSeconds: 60 }),
    (error) =>
      isCoded(error, 'store.replica_lag_unknown') &&
      (error.detail ?? '').includes('REPLICA MONITOR'),
  );
});

test('a heartbeat tells the lag where the server does not', async () => {
  const database = shop.config.database;
  await asRoot(
    `CREATE TABLE ${database}.heartbeat (ts varchar(26) NOT NULL, server_id int PRIMARY KEY)`,
  );
  await assert.rejects(read({ maxLagSeconds: 60, heartbeatTable: 'heartbeat' }), (error) =>
    isCoded(error, 'store.replica_lag_unknown'),
  );
  const beat = (ago: number) =>
    asRoot(
      `REPLACE INTO ${database}.heartbeat VALUES (DATE_FORMAT(UTC_TIMESTAMP(6) - INTERVAL ${ago} SECOND, '%Y-%m-%dT%H:%i:%s.%f'), 1)`,
    );
  await beat(0);
  const fresh = await read({ maxLagSeconds: 600, heartbeatTable: `${database}.heartbeat` });
  assert.deepEqual(fresh.ids, [1]);
  assert.ok((fresh.replica?.lag_seconds ?? -1) >= 0);
  await beat(900);
  await assert.rejects(read({ maxLagSeconds: 600, heartbeatTable: 'heartbeat' }), isLagging);
});

test('people are read from a replica that keeps up, and the lag is told', async () => {
  const user = `${shop.config.user}@'127.0.0.1'`;
  await asRoot(`GRANT REPLICA MONITOR ON *.* TO ${user}`);
  const { ids, replica } = await read({ maxLagSeconds: 600 });
  assert.deepEqual(ids, [1]);
  assert.equal(typeof replica?.lag_seconds, 'number');
  const own = openStorePool(shop.config);
  assert.equal((await readGrants(own)).selectOnly, true, 'asking for the lag is no right to write');
  await own.close();
  assert.equal((await read(undefined)).replica, null);
});

test('a replica that is too far behind, or stands still, is not read', async () => {
  await pair.replica.delay(7_200);
  await assert.rejects(
    read({ maxLagSeconds: 60 }),
    (error) =>
      isCoded(error, 'store.replica_lagging') && Number(error.context['lag_seconds']) >= 3_000,
  );
  assert.deepEqual((await read({ maxLagSeconds: 86_400 })).ids, [1]);
  await pair.replica.stopReplicating();
  await assert.rejects(
    read({ maxLagSeconds: 86_400 }),
    (error) => isLagging(error) && !('lag_seconds' in (error as { context: object }).context),
  );
});
