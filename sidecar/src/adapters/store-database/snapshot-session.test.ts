import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Connection } from 'mysql2/promise';
import { isCoded } from '../../domain/coded-error.ts';
import { openSnapshotSession } from './snapshot-session.ts';
import { openStorePool } from './store-pool.ts';
import { startTestServer, type TestServer } from './test-shop.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function open(t: TestContext) {
  const shop = await server.makeShop();
  const pool = openStorePool(shop.config);
  const session = await openSnapshotSession(pool, { pauseMs: 0 });
  t.after(async () => {
    await session.close({ spoilt: true });
    await pool.close();
  });
  return { shop, session };
}

/** Of every reader there is. */
async function killConnections(root: Connection): Promise<void> {
  const [rows] = await root.query(
    "SELECT id FROM information_schema.processlist WHERE user LIKE 'reader%'",
  );
  for (const { id } of rows as { id: number }[]) await root.query(`KILL ${id}`);
}

const KILL = 'KILL CONNECTION_ID()';

test('a reading that loses every connection is given up after three', async (t) => {
  const { session } = await open(t);
  let tries = 0;
  await assert.rejects(
    session.run((connection) => {
      tries += 1;
      return connection.rows(KILL);
    }),
    (error) => isCoded(error, 'store.connection_lost'),
  );
  assert.equal(tries, 3);
  assert.equal(session.gaps.length, 2);
});

test('readings that wait behind the one that is lost are asked again, and the view is renewed once', async (t) => {
  const { session } = await open(t);
  let killed = false;
  const first = session.run((connection) => {
    if (killed) return connection.rows('SELECT 1 AS n');
    killed = true;
    return connection.rows(KILL);
  });
  const waiting = [2, 3, 4].map((n) =>
    session.run((connection) => connection.lists(`SELECT ${n} AS n`)),
  );
  assert.deepEqual(await first, [{ n: 1 }]);
  assert.deepEqual(await Promise.all(waiting), [[[2]], [[3]], [[4]]]);
  assert.equal(session.gaps.length, 1);
});

test('rows that pass one by one begin again after a lost connection', async (t) => {
  const { session } = await open(t);
  const seen: unknown[] = [];
  const root = await server.connect();
  t.after(() => root.end());
  const killing: Promise<unknown>[] = [];
  await session.run((connection) =>
    connection.each('SELECT seq FROM seq_1_to_300000', [], ([n]) => {
      seen.push(n);
      if (killing.length === 0) killing.push(killConnections(root));
    }),
  );
  await Promise.all(killing);
  assert.equal(new Set(seen).size, 300_000);
});

test('the end of a view that is gone already is no fault', async () => {
  const shop = await server.makeShop();
  const pool = openStorePool(shop.config);
  const session = await openSnapshotSession(pool, { pauseMs: 0 });
  const root = await server.connect();
  await killConnections(root);
  await root.end();
  await session.close({ spoilt: false });
  assert.equal((await pool.rows('SELECT 1')).length, 1);
  await pool.close();
});
