import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { SignalReport } from '../contract/index.ts';
import { isCoded } from '../domain/coded-error.ts';
import { declareIncident } from './declare-incident.ts';
import { dismissSignal } from './dismiss-signal.ts';
import { draftOf, MONITOR, PREPARER, readLog, sceneOf } from './incident-scene.ts';
import { joinSignal } from './join-signal.ts';
import { listSignals } from './list-signals.ts';
import { moveIncident } from './move-incident.ts';
import { fixedClock } from './ports/fixed.ts';
import { readIncidentPage } from './read-incident-page.ts';
import { receiveSignal } from './receive-signal.ts';
import { readSignal } from './view-signal.ts';

async function open(t: TestContext) {
  const clock = fixedClock('2026-11-23T12:00:00.000Z');
  const ledger = await openLedger({ file: ':memory:', clock });
  t.after(() => ledger.close());
  return sceneOf({ ledger, clock, vault: openVault({ masterKey: new Uint8Array(32).fill(7) }) });
}
type Scene = Awaited<ReturnType<typeof open>>;

let messages = 0;
function report(scene: Scene, over: object = {}, messageId = `msg_${(messages += 1)}`) {
  return receiveSignal(scene, MONITOR, {
    messageId,
    report: SignalReport.parse({
      source: 'wazuh',
      kind: '_rule.100',
      severity: 'medium',
      title: 'Files of Jane Example changed',
      ...over,
    }),
  });
}

test('the same key of the same source is one signal, counted up; others stand alone', async (t) => {
  const scene = await open(t);
  const first = await report(scene, { dedupe_key: 'k', occurred_at: '2026-11-23T12:30:00+01:00' });
  assert.equal(first.duplicate, false);
  scene.clock.advance(60_000);
  assert.deepEqual(await report(scene, { dedupe_key: 'k' }), { id: first.id, duplicate: true });
  const ids = new Set([
    first.id,
    (await report(scene, { dedupe_key: 'other' })).id,
    (await report(scene, { dedupe_key: 'k', source: 'falco' })).id,
    (await report(scene)).id,
    (await report(scene)).id,
  ]);
  assert.equal(ids.size, 5);
  const signal = await readSignal(scene, first.id);
  assert.deepEqual(
    [signal.times_seen, signal.received_at, signal.last_seen_at, signal.occurred_at],
    [2, '2026-11-23T12:00:00.000Z', '2026-11-23T12:01:00.000Z', '2026-11-23T11:30:00.000Z'],
  );
});

test('the same message sent twice is one signal', async (t) => {
  const scene = await open(t);
  const first = await report(scene, {}, 'msg_again');
  assert.deepEqual(await report(scene, {}, 'msg_again'), { id: first.id, duplicate: true });
});

test('a dismissed signal stays dismissed when it repeats, and is new again when it grows graver', async (t) => {
  const scene = await open(t);
  const { id } = await report(scene, { dedupe_key: 'k' });
  const dismissed = await dismissSignal(scene, PREPARER, { signalId: id, reason: 'Jane tests' });
  assert.deepEqual(
    [dismissed.state, dismissed.decided_by, dismissed.decision_reason],
    ['dismissed', 'Petra Prepares', 'Jane tests'],
  );
  await report(scene, { dedupe_key: 'k', severity: 'low' });
  assert.equal((await readSignal(scene, id)).state, 'dismissed');
  await report(scene, { dedupe_key: 'k', severity: 'critical' });
  const again = await readSignal(scene, id);
  assert.deepEqual(
    [again.state, again.severity, again.times_seen, again.decided_by],
    ['new', 'critical', 3, null],
  );
});

test('the log says that signals came, and nothing of what they say', async (t) => {
  const scene = await open(t);
  const { id } = await report(scene, { dedupe_key: 'k' });
  await report(scene, { dedupe_key: 'k' });
  await dismissSignal(scene, PREPARER, { signalId: id, reason: 'Jane tests' });
  const log = await readLog(scene);
  assert.deepEqual(
    log.map(({ kind }) => kind),
    ['signal.received', 'signal.dismissed'],
  );
  for (const { text } of log) assert.doesNotMatch(text, /jane/i);
  assert.match(log[0]?.text ?? '', /"actor":"sensor:wazuh"/);
  assert.match(log[0]?.text ?? '', /"type":"rule\.100"/);
});

test('an incident declared from signals takes them along and knows when it was detected', async (t) => {
  const scene = await open(t);
  const first = await report(scene);
  scene.clock.advance(3_600_000);
  const second = await report(scene);
  const incident = await declareIncident(
    scene,
    PREPARER,
    draftOf({ signal_ids: [second.id, first.id, first.id] }),
  );
  assert.equal(incident.detected_at, '2026-11-23T12:00:00.000Z');
  const page = await readIncidentPage(scene, incident.id);
  assert.deepEqual(
    page.signals.map(({ id, state }) => [id, state]),
    [
      [first.id, 'joined'],
      [second.id, 'joined'],
    ],
  );
  const { items } = await listSignals(scene, { limit: 50, state: 'joined' });
  assert.deepEqual(
    items.map(({ incident_title }) => incident_title),
    [incident.title, incident.title],
  );
  await assert.rejects(
    declareIncident(scene, PREPARER, draftOf({ signal_ids: [(await report(scene)).id, first.id] })),
    (error) =>
      isCoded(error, 'signal.already_joined') && error.fields[0]?.pointer === '/signal_ids/1',
  );
  assert.equal(
    (await listSignals(scene, { limit: 50, state: 'new' })).total,
    1,
    'the refused one took none along',
  );
});

test('a signal joins one open incident and stays with it', async (t) => {
  const scene = await open(t);
  const { id: signalId } = await report(scene);
  const a = await declareIncident(scene, PREPARER, draftOf());
  const b = await declareIncident(scene, PREPARER, draftOf());
  await moveIncident(scene, PREPARER, { incidentId: b.id, to: 'dismissed', reason: 'false alarm' });
  const join = (incidentId: string) => joinSignal(scene, PREPARER, { signalId, incidentId });
  await assert.rejects(join(b.id), (error) => isCoded(error, 'incident.not_open'));
  await assert.rejects(join('inc_00000000000000000000000404'), (error) =>
    isCoded(error, 'incident.not_found'),
  );
  await dismissSignal(scene, PREPARER, { signalId, reason: 'looked harmless' });
  const joined = await join(a.id);
  assert.deepEqual(
    [joined.state, joined.incident_id, joined.decision_reason],
    ['joined', a.id, null],
  );
  await join(a.id);
  const c = await declareIncident(scene, PREPARER, draftOf());
  await assert.rejects(join(c.id), (error) => isCoded(error, 'signal.already_joined'));
  await assert.rejects(dismissSignal(scene, PREPARER, { signalId, reason: 'no' }), (error) =>
    isCoded(error, 'signal.already_joined'),
  );
  assert.equal(
    (await readLog(scene)).filter(({ text }) => text.includes('"changed":["signals"]')).length,
    1,
  );
});

test('signals come newest first, by state, page by page', async (t) => {
  const scene = await open(t);
  for (let i = 0; i < 5; i += 1) await report(scene, { title: `Signal ${i}` });
  const page = await listSignals(scene, { limit: 2 });
  assert.deepEqual(
    [page.items.map(({ title }) => title), page.total],
    [['Signal 4', 'Signal 3'], 5],
  );
  const next = await listSignals(scene, { limit: 3, cursor: page.next_cursor ?? '' });
  assert.deepEqual(
    [next.items.map(({ title }) => title), next.next_cursor],
    [['Signal 2', 'Signal 1', 'Signal 0'], null],
  );
  await assert.rejects(listSignals(scene, { limit: 2, cursor: 'x' }), (error) =>
    isCoded(error, 'page.bad_cursor'),
  );
  await assert.rejects(readSignal(scene, 'sig_0000000000000000000404'), (error) =>
    isCoded(error, 'signal.not_found'),
  );
});
