// Against a real MariaDB, with a user that has SELECT only: transactions that commit out of order, a table that is not
// there yet, one that is emptied, a server that dies.
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { isCoded } from '../../domain/coded-error.ts';
import { sceneOf } from '../../use-cases/incident-scene.ts';
import { listSignals } from '../../use-cases/list-signals.ts';
import { readSafePosition } from '../../use-cases/outbox-position.ts';
import { fixedClock } from '../../use-cases/ports/fixed.ts';
import { takeInOutbox } from '../../use-cases/take-in-outbox.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import { openVault } from '../vault/open-vault.ts';
import { openOutbox } from './outbox.ts';
import { openStorePool } from './store-pool.ts';
import { startTestServer, type TestServer, type TestShop } from './test-shop.ts';

/** As the plugin makes it (plugin/src/Outbox/Outbox_Schema.php). */
const TABLE = `CREATE TABLE wp_tocsin_outbox (
  id bigint(20) unsigned NOT NULL AUTO_INCREMENT, event_id char(36) NOT NULL, kind varchar(64) NOT NULL,
  occurred_at datetime(3) NOT NULL, actor_id bigint(20) unsigned NOT NULL DEFAULT 0,
  subject_type varchar(32) NOT NULL DEFAULT '', subject_id bigint(20) unsigned NOT NULL DEFAULT 0,
  data longtext NOT NULL, created_at datetime(3) NOT NULL,
  PRIMARY KEY (id), UNIQUE KEY event_id (event_id), KEY created_at (created_at)) DEFAULT CHARSET utf8mb4`;
const INSERT = `INSERT INTO wp_tocsin_outbox (event_id, kind, occurred_at, actor_id, subject_type, subject_id, data, created_at)
  VALUES (UUID(), ?, '2026-11-23 11:00:00.125', 3, 'order', 42, ?, '2026-11-23 11:00:00.125')`;

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function open(t: TestContext, { table = true } = {}) {
  const shop = await server.makeShop();
  if (table) await shop.exec(TABLE);
  const pool = openStorePool(shop.config);
  const clock = fixedClock('2026-11-23T12:00:00.000Z');
  const ledger = await openLedger({ file: ':memory:', clock });
  t.after(async () => {
    await pool.close();
    await ledger.close();
  });
  const scene = sceneOf({
    ledger,
    clock,
    vault: openVault({ masterKey: new Uint8Array(32).fill(7) }),
  });
  return { ...scene, shop, outbox: openOutbox(pool) };
}
type Scene = Awaited<ReturnType<typeof open>>;

const insert = (shop: TestShop, kind = 'order.created', data = '{}') =>
  shop.exec(INSERT, [kind, data]);
const taken = async (scene: Scene) => (await takeInOutbox(scene)).events;
const ids = async ({ ledger }: Scene) =>
  (
    await ledger.tables
      .selectFrom('store_events')
      .select('outbox_id')
      .orderBy('outbox_id')
      .execute()
  ).map(({ outbox_id }) => outbox_id);

test('rows are read as the plugin wrote them', async (t) => {
  const scene = await open(t);
  await insert(scene.shop, 'plugin.activated', '{"plugin":"x/ü.php"}');
  const { rows, highest } = await scene.outbox.ask({ after: 0, gaps: [], limit: 10 });
  const [row] = rows;
  assert.match(row?.eventId ?? '', /^[0-9a-f-]{36}$/);
  assert.deepEqual(
    { ...row, eventId: '' },
    {
      id: 1,
      eventId: '',
      kind: 'plugin.activated',
      occurredAt: '2026-11-23T11:00:00.125Z',
      actorUserId: 3,
      subjectType: 'order',
      subjectId: 42,
      data: '{"plugin":"x/ü.php"}',
    },
  );
  assert.equal(highest, 1);
});

test('a transaction of the shop that commits late or never loses nothing', async (t) => {
  const scene = await open(t);
  const slow = await server.connect(scene.shop.config.database);
  const undone = await server.connect(scene.shop.config.database);
  t.after(() => Promise.all([slow.end(), undone.end()]));
  await slow.query('START TRANSACTION');
  await slow.query(INSERT, ['order.created', '{}']);
  await undone.query('START TRANSACTION');
  await undone.query(INSERT, ['order.created', '{}']);
  await insert(scene.shop);
  assert.equal(await taken(scene), 1);
  assert.deepEqual(await ids(scene), [3]);
  assert.equal(await readSafePosition(scene.ledger.tables), 0);
  await slow.query('COMMIT');
  await undone.query('ROLLBACK');
  assert.equal(await taken(scene), 1);
  assert.deepEqual(await ids(scene), [1, 3]);
  assert.equal(await readSafePosition(scene.ledger.tables), 1);
  scene.clock.advance(16 * 60_000);
  await taken(scene);
  assert.equal(await readSafePosition(scene.ledger.tables), 3);
});

test('a table that is not there yet is said to be so, and read once it is', async (t) => {
  const scene = await open(t, { table: false });
  await assert.rejects(takeInOutbox(scene), (error) => isCoded(error, 'outbox.table_missing'));
  await scene.shop.exec(TABLE);
  await insert(scene.shop);
  assert.equal(await taken(scene), 1);
});

test('a table that was emptied and filled again is read from its start', async (t) => {
  const scene = await open(t);
  for (let i = 0; i < 3; i += 1) await insert(scene.shop);
  assert.equal(await taken(scene), 3);
  await scene.shop.exec('TRUNCATE TABLE wp_tocsin_outbox');
  assert.equal(await taken(scene), 0);
  await insert(scene.shop);
  assert.equal((await takeInOutbox(scene)).wentBack, true);
  assert.equal(await taken(scene), 1);
  assert.equal((await ids(scene)).length, 4);
  assert.equal((await listSignals(scene, { limit: 5 })).items[0]?.kind, 'tocsin.outbox_went_back');
});

test('data of any size and dates that do not exist are taken in', async (t) => {
  const scene = await open(t);
  await insert(scene.shop, 'signal.reported', `"${'x'.repeat(2_000_000)}"`);
  await scene.shop.exec(
    "INSERT IGNORE INTO wp_tocsin_outbox (event_id, kind, occurred_at, data, created_at) VALUES ('', 'order.created', '0000-00-00', '{}', '0000-00-00')",
  );
  assert.equal(await taken(scene), 2);
  assert.equal(await taken(scene), 0, 'a row without an event id is not read for ever');
  const [signal] = (await listSignals(scene, { limit: 5 })).items;
  assert.equal(signal?.kind, 'tocsin.invalid_report');
  const rows = await scene.ledger.tables
    .selectFrom('store_events')
    .select(['occurred_at', 'event_id'])
    .orderBy('outbox_id')
    .execute();
  assert.deepEqual(
    [rows[1]?.occurred_at, rows[1]?.event_id],
    ['2026-11-23T12:00:00.000Z', 'outbox-row-2'],
  );
});

test('three thousand rows arrive complete while others are still being written', async (t) => {
  const scene = await open(t);
  const writer = await server.connect(scene.shop.config.database);
  t.after(() => writer.end());
  const values = Array.from(
    { length: 1000 },
    () => `(UUID(), 'order.created', NOW(3), '{}', NOW(3))`,
  ).join(',');
  const writing = (async () => {
    for (let i = 0; i < 3; i += 1) {
      await writer.query(
        `INSERT INTO wp_tocsin_outbox (event_id, kind, occurred_at, data, created_at) VALUES ${values}`,
      );
    }
  })();
  let total = 0;
  const takeAll = async () => {
    for (let more = true; more;) {
      const pass = await takeInOutbox(scene);
      total += pass.events;
      more = pass.more;
    }
  };
  await Promise.all([writing, takeAll()]);
  await takeAll();
  assert.equal(total, 3000);
});

test('a server that dies is a coded fault, not a crash', async (t) => {
  const mortal = await startTestServer();
  t.after(() => mortal.stop());
  const shop = await mortal.makeShop();
  await shop.exec(TABLE);
  const pool = openStorePool(shop.config);
  t.after(() => pool.close());
  const outbox = openOutbox(pool);
  const question = { after: 0, gaps: [], limit: 5 };
  await outbox.ask(question);
  await mortal.kill();
  await assert.rejects(
    outbox.ask(question),
    (error) => isCoded(error) && error.code.startsWith('store.'),
  );
  await assert.rejects(outbox.ask(question), (error) => isCoded(error, 'store.unreachable'));
});
