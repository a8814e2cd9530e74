// The rules of taking in, against an outbox in memory that can show rows late; the real database is tried in
// adapters/store-database/outbox.test.ts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { readLog, sceneOf } from './incident-scene.ts';
import { listSignals } from './list-signals.ts';
import { readGaps, readSafePosition } from './outbox-position.ts';
import { fixedClock } from './ports/fixed.ts';
import type { OutboxRow, StoreOutbox } from './ports/store-outbox.ts';
import { takeInOutbox, type TakenIn } from './take-in-outbox.ts';

const row = (id: number, over: Partial<OutboxRow> = {}): OutboxRow => ({
  id,
  eventId: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
  kind: 'order.created',
  occurredAt: '2026-11-23T11:59:00.000Z',
  actorUserId: 0,
  subjectType: 'order',
  subjectId: id,
  data: '{}',
  ...over,
});
const report = (id: number, data: unknown): OutboxRow =>
  row(id, {
    kind: 'signal.reported',
    subjectType: '',
    subjectId: 0,
    data: typeof data === 'string' ? data : JSON.stringify(data),
  });

/** Rows as a MySQL table would show them. */
function makeOutbox(rows: OutboxRow[]): StoreOutbox & { rows: OutboxRow[] } {
  const outbox = {
    rows,
    ask: ({ after, gaps, limit }: Parameters<StoreOutbox['ask']>[0]) => {
      const ordered = [...outbox.rows].sort((a, b) => a.id - b.id);
      return Promise.resolve({
        rows: ordered.filter(({ id }) => id > after).slice(0, limit),
        late: ordered.filter(({ id }) => gaps.includes(id)),
        highest: ordered.at(-1)?.id ?? 0,
        eventIdAtAfter: ordered.find(({ id }) => id === after)?.eventId ?? null,
      });
    },
  };
  return outbox;
}

async function open(t: TestContext, rows: OutboxRow[], file = ':memory:') {
  const clock = fixedClock('2026-11-23T12:00:00.000Z');
  const ledger = await openLedger({ file, clock });
  if (file === ':memory:') t.after(() => ledger.close());
  const scene = sceneOf({
    ledger,
    clock,
    vault: openVault({ masterKey: new Uint8Array(32).fill(7) }),
  });
  return { ...scene, outbox: makeOutbox(rows) };
}

async function takeAll(scene: Awaited<ReturnType<typeof open>>): Promise<TakenIn[]> {
  const passes: TakenIn[] = [];
  do passes.push(await takeInOutbox(scene));
  while (passes.at(-1)?.more === true);
  return passes;
}

const eventCount = async ({ ledger }: { ledger: OpenLedger }) =>
  (await ledger.tables.selectFrom('store_events').select('event_id').execute()).length;
const signalKinds = async (scene: Awaited<ReturnType<typeof open>>) =>
  (await listSignals(scene, { limit: 200 })).items.map(({ kind }) => kind);

test('every row is taken in once, in batches', async (t) => {
  const scene = await open(
    t,
    Array.from({ length: 1234 }, (_, i) => row(i + 1)),
  );
  const passes = await takeAll(scene);
  assert.deepEqual(
    passes.map(({ events }) => events),
    [500, 500, 234],
  );
  assert.equal(await eventCount(scene), 1234);
  assert.equal(await readSafePosition(scene.ledger.tables), 1234);
  assert.deepEqual(await takeAll(scene), [{ events: 0, signals: 0, more: false, wentBack: false }]);
  assert.equal(
    (await readLog(scene)).length,
    0,
    'an order is no signal and leaves no trace in the log',
  );
});

test('a row whose transaction commits late is still taken in, and the position waits below it', async (t) => {
  const scene = await open(t, [row(1), row(2), row(5)]);
  await takeAll(scene);
  assert.deepEqual(await readGaps(scene.ledger.tables), [3, 4]);
  assert.equal(await readSafePosition(scene.ledger.tables), 2);
  scene.outbox.rows.push(row(4));
  await takeAll(scene);
  assert.deepEqual(await readGaps(scene.ledger.tables), [3]);
  assert.equal(await readSafePosition(scene.ledger.tables), 2);
  scene.clock.advance(15 * 60_000);
  await takeAll(scene);
  assert.equal(
    await readSafePosition(scene.ledger.tables),
    5,
    'a number that never came is given up',
  );
  assert.equal(await eventCount(scene), 4);
});

test('a late row that comes in the last moment is taken in', async (t) => {
  const scene = await open(t, [row(1), row(3)]);
  await takeAll(scene);
  scene.clock.advance(15 * 60_000);
  scene.outbox.rows.push(row(2));
  assert.equal((await takeAll(scene))[0]?.events, 1);
  assert.deepEqual(await readGaps(scene.ledger.tables), []);
});

test('a jump of numbers remembers a bounded number of gaps', async (t) => {
  const scene = await open(t, [row(1), row(5_000_000)]);
  await takeAll(scene);
  assert.equal((await readGaps(scene.ledger.tables)).length, 1000);
});

test('a table that was replaced is read again without counting twice, and says so with a signal', async (t) => {
  const scene = await open(t, [row(1), row(2), row(3)]);
  await takeAll(scene);
  const replaced = row(1, { eventId: '99999999-0000-4000-8000-000000000001' });
  scene.outbox.rows = [replaced, row(2)];
  const passes = await takeAll(scene);
  assert.deepEqual(
    passes.map(({ wentBack, events }) => [wentBack, events]),
    [
      [true, 0],
      [false, 1],
    ],
  );
  assert.equal(await eventCount(scene), 4);
  assert.deepEqual(await signalKinds(scene), ['tocsin.outbox_went_back']);
  assert.deepEqual(
    (await takeAll(scene)).map(({ wentBack }) => wentBack),
    [false],
    'once',
  );
});

test('a table that was replaced and grew past the position meanwhile is noticed too', async (t) => {
  const scene = await open(t, [row(1), row(2)]);
  await takeAll(scene);
  scene.outbox.rows = [1, 2, 3].map((id) =>
    row(id, { eventId: `99999999-0000-4000-8000-00000000000${id}` }),
  );
  assert.equal((await takeAll(scene))[0]?.wentBack, true);
  assert.equal(await eventCount(scene), 5);
});

test('a table pruned up to the position is nothing to worry about, even when it is empty', async (t) => {
  const scene = await open(t, [row(1), row(2)]);
  await takeAll(scene);
  scene.outbox.rows = [];
  assert.equal((await takeAll(scene))[0]?.wentBack, false);
  scene.outbox.rows = [row(3)];
  assert.deepEqual(
    (await takeAll(scene)).map(({ wentBack, events }) => [wentBack, events]),
    [[false, 1]],
  );
});

const REPORT = {
  source: 'wazuh',
  kind: 'rule',
  severity: 'high',
  title: 'Files changed',
  dedupe_key: 'k',
};

test('a reported signal is checked again; one that is wrong is kept as such and never lost', async (t) => {
  const scene = await open(t, [
    report(1, REPORT),
    report(2, { ...REPORT, severity: 'low' }),
    report(3, { ...REPORT, severity: 'apocalyptic', title: 'jane@example.com' }),
    report(4, '{broken'),
    row(5, { kind: 'signal.reported', data: null }),
    report(6, [1]),
  ]);
  await takeAll(scene);
  const { items } = await listSignals(scene, { limit: 10 });
  assert.deepEqual(
    items.map(({ kind, times_seen }) => [kind, times_seen]),
    [
      ['tocsin.invalid_report', 1],
      ['tocsin.invalid_report', 1],
      ['tocsin.invalid_report', 1],
      ['tocsin.invalid_report', 1],
      ['rule', 2],
    ],
  );
  assert.match(items[3]?.detail ?? '', /severity/);
  assert.doesNotMatch(items[3]?.detail ?? '', /jane|apocalyptic/);
  assert.equal(await eventCount(scene), 6);
});

const login = (id: number, kind: string, minute: number): OutboxRow =>
  row(id, {
    kind,
    subjectType: 'user',
    subjectId: 7,
    occurredAt: new Date(Date.parse('2026-11-23T10:00:00.000Z') + minute * 60_000).toISOString(),
  });

test('five failed logins and a success are two signals, in whatever order their rows appear', async (t) => {
  const rows = [0, 1, 2, 3, 4].map((minute, at) => login(at + 1, 'login.failed', minute));
  const success = login(6, 'login.succeeded', 5);
  for (const late of [null, 1, 3, 5]) {
    const scene = await open(t, [
      ...rows.filter(({ id }) => id !== late),
      ...(late === null ? [success] : []),
    ]);
    await takeAll(scene);
    if (late !== null) {
      assert.deepEqual(await signalKinds(scene), []);
      scene.outbox.rows = [...rows, success];
      await takeAll(scene);
    }
    assert.deepEqual(
      (await signalKinds(scene)).sort(),
      ['login.after_burst', 'login.failed_burst'],
      String(late),
    );
  }
});

test('a crash between reading and committing repeats the batch, one after it does not', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-outbox-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'ledger.sqlite');
  const rows = [row(1), report(2, REPORT), row(3)];
  const first = await open(t, rows, file);
  const failing = {
    ...first,
    ids: {
      make: () => {
        throw new Error('power cut');
      },
    },
  };
  await assert.rejects(takeInOutbox(failing), /power cut/);
  assert.deepEqual([await eventCount(first), await readSafePosition(first.ledger.tables)], [0, 0]);
  await takeAll(first);
  await first.ledger.close();
  const second = await open(t, rows, file);
  assert.deepEqual(await takeAll(second), [
    { events: 0, signals: 0, more: false, wentBack: false },
  ]);
  assert.deepEqual([await eventCount(second), (await signalKinds(second)).length], [3, 1]);
  await second.ledger.close();
});
