import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from 'mysql2/promise';
import {
  startTestServer,
  type TestServer,
  type TestShop,
} from './adapters/store-database/test-shop.ts';
import { CodedError, isCoded } from './domain/coded-error.ts';
import { blindSpots, openScanScene, placeNamed } from './scan-scene.ts';
import { claimScan } from './use-cases/claim-scan.ts';
import { failScan } from './use-cases/finish-scan.ts';
import type { StoreScanner } from './use-cases/ports/store-scanner.ts';
import { SYSTEM } from './use-cases/ports/acting.ts';
import { readDataMap } from './use-cases/read-data-map.ts';
import { runScan } from './use-cases/run-scan.ts';
import { startDueScan } from './use-cases/start-scan.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(async () => {
  await server.stop();
});

async function shopWithLeads(): Promise<TestShop> {
  const shop = await server.makeShop();
  await shop.exec(
    'CREATE TABLE wp_leads (id int PRIMARY KEY AUTO_INCREMENT, email varchar(100), stage varchar(40))',
  );
  await shop.exec(
    "INSERT INTO wp_leads (email, stage) VALUES ('a@kiosk-post.org', 'open'), ('b@kiosk-post.org', 'open')",
  );
  return shop;
}

/** Kills the reader's connection while its statement waits for the table. */
async function killWaitingReader(root: Connection, shop: TestShop): Promise<void> {
  for (;;) {
    const [rows] = await root.query(
      "SELECT id FROM information_schema.processlist WHERE user = ? AND state LIKE 'Waiting for table%'",
      [shop.config.user],
    );
    const [waiting] = rows as { id: number }[];
    if (waiting === undefined) continue;
    await root.query(`KILL ${waiting.id}`);
    return;
  }
}

/** The lock is asked for on another connection: nobody waits for it before it stands in line. */
async function alterIsWaiting(connection: Connection): Promise<void> {
  for (;;) {
    const [rows] = await connection.query(
      "SELECT id FROM information_schema.processlist WHERE info LIKE 'ALTER TABLE%' AND state LIKE 'Waiting for table%'",
    );
    if ((rows as { id: number }[]).length > 0) return;
  }
}

test('a table locked by ALTER is told and the others are read; what was known of it stands', async () => {
  const shop = await shopWithLeads();
  const scene = await openScanScene(shop.config);
  assert.deepEqual(blindSpots(await scene.scan()), ['wp_leads/email']);
  await shop.exec(
    "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES (1, 'x_mail', 'c@kiosk-post.org')",
  );
  const holder = await server.connect(shop.config.database);
  const altering = await server.connect(shop.config.database);
  await holder.query('START TRANSACTION');
  await holder.query('SELECT COUNT(*) FROM wp_leads');
  // Waits for the reader above, and everybody who comes later waits for it.
  const altered = altering.query('ALTER TABLE wp_leads ADD COLUMN more int');
  await alterIsWaiting(holder);
  const map = await scene.scan();
  await holder.query('COMMIT');
  await altered;
  assert.deepEqual(
    map.scan?.unread.map(({ code, sentence }) => [code, sentence.includes('wp_leads')]),
    [['store.timeout', true]],
  );
  assert.deepEqual(blindSpots(map), ['wp_leads/email', 'wp_usermeta/meta_value/x_mail']);
  assert.deepEqual(map.changes, [
    { kind: 'new_blind_spot', place: 'wp_usermeta/meta_value/x_mail', classes: ['email'] },
  ]);
  await holder.end();
  await altering.end();
  await scene.close();
});

test('a killed connection is taken up again where it broke off', async () => {
  const shop = await shopWithLeads();
  await shop.exec(
    "INSERT INTO wp_leads (email, stage) SELECT CONCAT('p', seq, '@kiosk-post.org'), 'open' FROM seq_1_to_700",
  );
  const holder = await server.connect(shop.config.database);
  const root = await server.connect();
  let pages = 0;
  const scene = await openScanScene(shop.config, {
    wrap: (scanner) => ({
      ...scanner,
      sample: async function* (table, unread) {
        for await (const rows of scanner.sample(table, unread)) {
          yield rows;
          if (table.name !== 'wp_leads') continue;
          pages += 1;
          if (pages !== 3) continue;
          await holder.query('LOCK TABLES wp_leads WRITE');
          void killWaitingReader(root, shop).then(() => holder.query('UNLOCK TABLES'));
        }
      },
    }),
  });
  const map = await scene.scan();
  assert.ok(scene.pauses.includes(500), 'a lost connection is waited for');
  assert.deepEqual(map.scan?.unread, []);
  assert.deepEqual(blindSpots(map), ['wp_leads/email']);
  assert.equal(placeNamed(map, 'wp_leads/email')?.rows_sampled, 702);
  await holder.end();
  await root.end();
  await scene.close();
});

test('a shop that does not come back ends the scan as failed, and the map before it stands', async () => {
  const shop = await shopWithLeads();
  let down = false;
  const scene = await openScanScene(shop.config, {
    wrap: (scanner) => ({
      ...scanner,
      sample: (table, unread) =>
        down && table.name === 'wp_options' ? goneAway() : scanner.sample(table, unread),
    }),
  });
  await scene.scan();
  down = true;
  await assert.rejects(scene.scan(), (error) => isCoded(error, 'store.unreachable'));
  const map = await readDataMap(scene);
  assert.equal(map.running, null);
  assert.deepEqual(blindSpots(map), ['wp_leads/email']);
  const scans = await scene.ledger.tables
    .selectFrom('scans')
    .select(['state', 'problem_code'])
    .execute();
  assert.deepEqual(
    scans.map(({ state, problem_code }) => [state, problem_code]),
    [
      ['done', null],
      ['failed', 'store.unreachable'],
    ],
  );
  await scene.close();
});

// eslint-disable-next-line require-yield -- a table of which nothing can be read
async function* goneAway(): ReturnType<StoreScanner['sample']> & AsyncGenerator<never> {
  await Promise.resolve();
  throw new CodedError({ code: 'store.unreachable', category: 'unavailable', message: 'gone' });
}

test('a table that is dropped during the scan, and tables the user may not see, are told', async () => {
  const shop = await shopWithLeads();
  const root = await server.connect(shop.config.database);
  const narrow = { ...shop.config, user: 'narrow', password: 'only-here' };
  await root.query("CREATE USER narrow@'127.0.0.1' IDENTIFIED BY 'only-here'");
  for (const table of ['wp_options', 'wp_users', 'wp_leads']) {
    await root.query(`GRANT SELECT ON ${shop.config.database}.${table} TO narrow@'127.0.0.1'`);
  }
  const scene = await openScanScene(narrow, {
    wrap: (scanner) => ({
      ...scanner,
      schema: async () => {
        const facts = await scanner.schema();
        await root.query('DROP TABLE wp_leads');
        await root.query(`REVOKE SELECT ON wp_users FROM narrow@'127.0.0.1'`);
        return facts;
      },
    }),
  });
  const map = await scene.scan();
  assert.deepEqual(
    map.scan?.unread.map(({ code }) => code),
    ['scan.tables_hidden', 'store.changed_meanwhile', 'store.access_denied'],
  );
  assert.match(map.scan.unread[1]?.sentence ?? '', /wp_leads/);
  assert.equal(map.scan.state, 'done');
  await root.end();
  await scene.close();
});

test('waits while the server is under load', async () => {
  const shop = await shopWithLeads();
  const holder = await server.connect();
  const busy = await server.connect();
  await holder.query("SELECT GET_LOCK('load', 0)");
  const waiting = busy.query("SELECT GET_LOCK('load', 60)");
  const scene = await openScanScene(shop.config, {
    maxThreadsRunning: 1,
    onPause: async (ms) => {
      if (ms !== 2_000) return;
      await holder.query("SELECT RELEASE_LOCK('load')");
      await waiting;
    },
  });
  await scene.scan();
  assert.ok(scene.pauses.includes(2_000));
  await holder.end();
  await busy.end();
  await scene.close();
});

test('a scan that a stop broke off goes on with the tables that are left, in another process', async () => {
  const shop = await shopWithLeads();
  const stop = new AbortController();
  const names: string[] = [];
  const count = (scanner: StoreScanner): StoreScanner => ({
    ...scanner,
    sample: (table, unread) => {
      names.push(table.name);
      if (table.name === 'wp_options') stop.abort();
      return scanner.sample(table, unread);
    },
  });
  const first = await openScanScene(shop.config, { signal: stop.signal, wrap: count });
  await assert.rejects(first.scan(), (error) => isCoded(error, 'scan.stopped'));
  assert.notEqual((await readDataMap(first)).running, null);
  const done = names.splice(0).filter((name) => name !== 'wp_options');
  assert.ok(done.includes('wp_leads'));
  const second = await openScanScene(shop.config, {
    ledger: first.ledger,
    owner: 'second',
    wrap: count,
  });
  const map = await second.scan();
  assert.equal(names[0], 'wp_options');
  assert.deepEqual(
    names.filter((name) => done.includes(name)),
    [],
  );
  assert.deepEqual(blindSpots(map), ['wp_leads/email']);
  assert.equal((await first.ledger.tables.selectFrom('scans').select('id').execute()).length, 1);
  await second.close();
  await first.close();
});

test('one scan runs at a time; a process that lost it writes nothing more', async () => {
  const shop = await shopWithLeads();
  const first = await openScanScene(shop.config);
  const second = await openScanScene(shop.config, { ledger: first.ledger, owner: 'second' });
  const { scanId } = await claimScan(first, SYSTEM);
  assert.deepEqual(await claimScan(second, SYSTEM), { scanId, by: 'another' });
  assert.deepEqual(await claimScan(first, SYSTEM), { scanId, by: 'held' });
  second.clock.advance(121_000);
  assert.deepEqual(await claimScan(second, SYSTEM), { scanId, by: 'begun' });
  await assert.rejects(runScan(first, SYSTEM, scanId), (error) =>
    isCoded(error, 'scan.taken_over'),
  );
  await runScan(second, SYSTEM, scanId);
  assert.deepEqual(blindSpots(await readDataMap(first)), ['wp_leads/email']);
  await second.close();
  await first.close();
});

test('the schedule scans at first, then when the map is old, and waits after a failure', async () => {
  const shop = await shopWithLeads();
  const scene = await openScanScene(shop.config);
  const works: Promise<void>[] = [];
  const background = {
    start: (_name: string, work: () => Promise<void>) => void works.push(work()),
  };
  const isDue = (): Promise<boolean> => startDueScan({ ...scene, background }, SYSTEM, 3_600_000);
  assert.equal(await isDue(), true);
  assert.equal(await isDue(), false, 'one is running');
  await Promise.all(works);
  assert.equal(await isDue(), false, 'the map is fresh');
  scene.clock.advance(3_600_000);
  assert.equal(await isDue(), true);
  await Promise.all(works);
  scene.clock.advance(3_600_000);
  await claimScan(scene, SYSTEM);
  const { scanId } = await claimScan(scene, SYSTEM);
  await failScan(scene, scanId, { code: 'store.unreachable', title: 'gone' });
  assert.equal(await isDue(), false, 'it has just failed');
  scene.clock.advance(900_000);
  assert.equal(await isDue(), true);
  await Promise.all(works);
  await scene.close();
});
