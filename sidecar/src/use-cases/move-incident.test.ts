import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { isCoded } from '../domain/coded-error.ts';
import { changeIncident } from './change-incident.ts';
import { declareIncident } from './declare-incident.ts';
import { draftOf, PREPARER, readLog, sceneOf } from './incident-scene.ts';
import { moveBySystem } from './move-incident-by-system.ts';
import { moveIncident } from './move-incident.ts';
import { fixedClock } from './ports/fixed.ts';
import { readIncidentPage } from './read-incident-page.ts';
import { readTimeline } from './read-timeline.ts';
import { requireIncident } from './require-incident.ts';

async function open(t: TestContext) {
  const clock = fixedClock('2026-11-23T12:00:00.000Z');
  const ledger = await openLedger({ file: ':memory:', clock });
  t.after(() => ledger.close());
  return sceneOf({ ledger, clock, vault: openVault({ masterKey: new Uint8Array(32).fill(7) }) });
}
type Scene = Awaited<ReturnType<typeof open>>;

async function putDispatch(scene: Scene, incidentId: string, state: string): Promise<void> {
  const at = scene.clock.now().toISOString();
  await scene.ledger.tables
    .insertInto('dispatches')
    .values({
      id: 'dsp_1',
      manifest_id: 'man_1',
      incident_id: incidentId,
      audience_id: 'aud_1',
      notice_id: 'not_1',
      state,
      drill: 0,
      provider: 'drill',
      planned: 0,
      adds_up: 1,
      started_at: at,
    })
    .execute();
}

async function putOpenManifest(scene: Scene, incidentId: string): Promise<void> {
  const at = scene.clock.now().toISOString();
  await scene.ledger.tables
    .insertInto('manifests')
    .values({
      id: 'man_1',
      incident_id: incidentId,
      audience_id: 'aud_1',
      notice_id: 'not_1',
      hash: 'a'.repeat(64),
      body_json: '{}',
      sentence: 's',
      state: 'open',
      prepared_at: at,
      prepared_by: 'x',
      preparers_json: '[]',
      expires_at: at,
    })
    .execute();
}

async function manifestState(scene: Scene) {
  const row = await scene.ledger.tables
    .selectFrom('manifests')
    .select(['state', 'void_reason'])
    .executeTakeFirstOrThrow();
  return { ...row };
}

test('references count from one in each year without gaps', async (t) => {
  const scene = await open(t);
  const references: string[] = [];
  for (const year of ['2026', '2026', '2027', '2027', '2026']) {
    scene.clock.set(`${year}-12-31T23:59:59.000Z`);
    references.push((await declareIncident(scene, PREPARER, draftOf())).reference);
    await assert.rejects(
      declareIncident(scene, PREPARER, draftOf({ signal_ids: ['sig_00000000000000000000000000'] })),
    );
  }
  assert.deepEqual(references, [
    'INC-2026-0001',
    'INC-2026-0002',
    'INC-2027-0001',
    'INC-2027-0002',
    'INC-2026-0003',
  ]);
});

test('confirming makes aware and starts the 72 hours; the first confirmation counts', async (t) => {
  const scene = await open(t);
  const declared = await declareIncident(scene, PREPARER, draftOf());
  assert.deepEqual(
    [declared.state, declared.deadline_at, declared.created_by.name],
    ['suspected', null, 'Petra Prepares'],
  );
  const move = (to: 'confirmed' | 'dismissed' | 'suspected', reason = '') =>
    moveIncident(scene, PREPARER, { incidentId: declared.id, to, reason });
  scene.clock.advance(60_000);
  const confirmed = await move('confirmed');
  assert.deepEqual(
    [confirmed.confirmed_at, confirmed.aware_at, confirmed.deadline_at, confirmed.version],
    ['2026-11-23T12:01:00.000Z', '2026-11-23T12:01:00.000Z', '2026-11-26T12:01:00.000Z', 2],
  );
  await move('dismissed', 'a false alarm');
  await move('suspected', 'no, it was not');
  scene.clock.advance(3_600_000);
  assert.equal((await move('confirmed')).confirmed_at, confirmed.confirmed_at);
});

test('an awareness given before confirming is kept', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(
    scene,
    PREPARER,
    draftOf({ aware_at: '2026-11-23T01:00:00+01:00' }),
  );
  const { aware_at, deadline_at } = await moveIncident(scene, PREPARER, {
    incidentId: id,
    to: 'confirmed',
    reason: '',
  });
  assert.deepEqual(
    [aware_at, deadline_at],
    ['2026-11-23T00:00:00.000Z', '2026-11-26T00:00:00.000Z'],
  );
});

test('the evidence log holds neither titles, texts nor reasons', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(scene, PREPARER, draftOf());
  await changeIncident(scene, PREPARER, {
    incidentId: id,
    change: { version: 1, title: 'Jane Example again' },
  });
  await moveIncident(scene, PREPARER, {
    incidentId: id,
    to: 'dismissed',
    reason: 'Jane Example was wrong',
  });
  const log = await readLog(scene);
  assert.deepEqual(
    log.map(({ kind }) => kind),
    ['incident.declared', 'incident.updated', 'incident.state_changed'],
  );
  for (const { text } of log) assert.doesNotMatch(text, /jane|petra|wrong/i);
  assert.equal(
    (await requireIncident(scene.ledger.tables, id)).state_reason,
    'Jane Example was wrong',
  );
});

test('two people changing the same incident: the second is told', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(scene, PREPARER, draftOf());
  const change = (version: number, severity: 'low' | 'critical') =>
    changeIncident(scene, PREPARER, { incidentId: id, change: { version, severity } });
  assert.equal((await change(1, 'critical')).version, 2);
  await assert.rejects(
    change(1, 'low'),
    (error) => isCoded(error, 'incident.changed_meanwhile') && error.context['current'] === 2,
  );
  assert.equal((await change(2, 'critical')).version, 2, 'a change that changes nothing is none');
  assert.equal((await readLog(scene)).length, 2);
});

test('a change of what approvers see voids the open manifest, any other does not', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(scene, PREPARER, draftOf());
  await putOpenManifest(scene, id);
  await changeIncident(scene, PREPARER, {
    incidentId: id,
    change: { version: 1, severity: 'low' },
  });
  assert.equal((await manifestState(scene)).state, 'open');
  await changeIncident(scene, PREPARER, {
    incidentId: id,
    change: { version: 2, title: 'Another title' },
  });
  assert.deepEqual(await manifestState(scene), { state: 'void', void_reason: 'incident_changed' });
});

test('dismissing voids the open manifest; a dismissed incident refuses changes until it is reopened', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(scene, PREPARER, draftOf());
  await putOpenManifest(scene, id);
  await moveIncident(scene, PREPARER, { incidentId: id, to: 'dismissed', reason: 'a false alarm' });
  assert.equal((await manifestState(scene)).state, 'void');
  await assert.rejects(
    changeIncident(scene, PREPARER, { incidentId: id, change: { version: 2, severity: 'low' } }),
    (error) => isCoded(error, 'incident.not_open'),
  );
});

test('only the dispatch says that people are told and were told', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(scene, PREPARER, draftOf());
  const bySystem = (to: 'notifying' | 'notified') =>
    scene.ledger.transaction((writer) => moveBySystem(writer, id, to, scene.clock.now()));
  await assert.rejects(bySystem('notifying'), (error) => isCoded(error, 'incident.move_refused'));
  await moveIncident(scene, PREPARER, { incidentId: id, to: 'confirmed', reason: '' });
  await putDispatch(scene, id, 'running');
  await bySystem('notifying');
  await bySystem('notifying');
  await assert.rejects(
    moveIncident(scene, PREPARER, { incidentId: id, to: 'closed', reason: 'enough' }),
    (error) => isCoded(error, 'incident.dispatch_in_the_way'),
  );
  await bySystem('notified');
  const closed = await moveIncident(scene, PREPARER, { incidentId: id, to: 'closed', reason: '' });
  assert.equal(closed.state, 'closed');
  const moves = (await readLog(scene)).filter(({ kind }) => kind === 'incident.state_changed');
  assert.deepEqual(
    moves.map(({ text }) => (JSON.parse(text) as { data: { reason: string } }).data.reason),
    ['confirmed', 'dispatch_started', 'dispatch_done', 'closed'],
  );
});

test('an incident whose dispatch was stopped can be closed with a reason', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(scene, PREPARER, draftOf());
  await moveIncident(scene, PREPARER, { incidentId: id, to: 'confirmed', reason: '' });
  await putDispatch(scene, id, 'stopped');
  await scene.ledger.transaction((writer) =>
    moveBySystem(writer, id, 'notifying', scene.clock.now()),
  );
  const page = await readIncidentPage(scene, id).catch((error: unknown) => error);
  assert.ok(!(page instanceof Error), String(page));
  const closed = await moveIncident(scene, PREPARER, {
    incidentId: id,
    to: 'closed',
    reason: 'told by letter',
  });
  assert.equal(closed.state, 'closed');
});

test('times given out of order are refused by field and nothing is written', async (t) => {
  const scene = await open(t);
  await assert.rejects(
    declareIncident(
      scene,
      PREPARER,
      draftOf({ detected_at: '2026-11-20T00:00:00Z', aware_at: '2026-11-19T00:00:00Z' }),
    ),
    (error) => isCoded(error, 'incident.times_invalid') && error.fields[0]?.pointer === '/aware_at',
  );
  assert.equal((await readLog(scene)).length, 0);
});

test('the timeline tells every act with who and when, newest first, page by page', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(scene, PREPARER, draftOf());
  await moveIncident(scene, PREPARER, { incidentId: id, to: 'confirmed', reason: '' });
  await declareIncident(scene, PREPARER, draftOf({ title: 'Another one' }));
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 9; pages += 1) {
    const page = await readTimeline(scene, {
      incidentId: id,
      query: { limit: 1, ...(cursor === undefined ? {} : { cursor }) },
    });
    assert.equal(page.total, 3);
    seen.push(
      ...page.items.map(
        ({ actor, text, evidence_seq }) => `${evidence_seq} ${actor.name}: ${text}`,
      ),
    );
    if (page.next_cursor === null) break;
    cursor = page.next_cursor;
  }
  assert.deepEqual(seen, [
    '2 Petra Prepares: Changed: time of awareness.',
    '1 Petra Prepares: The leak was confirmed.',
    '0 Petra Prepares: The incident was declared: checkout skimmer, severity high.',
  ]);
  await assert.rejects(
    readTimeline(scene, { incidentId: id, query: { limit: 1, cursor: "1' or 1" } }),
    (error) => isCoded(error, 'page.bad_cursor'),
  );
});

test('an incident that is not there is said to be so everywhere', async (t) => {
  const scene = await open(t);
  const incidentId = 'inc_00000000000000000000000404';
  for (const ask of [
    () => readIncidentPage(scene, incidentId),
    () => readTimeline(scene, { incidentId, query: { limit: 5 } }),
    () => moveIncident(scene, PREPARER, { incidentId, to: 'confirmed', reason: '' }),
    () => changeIncident(scene, PREPARER, { incidentId, change: { version: 1 } }),
  ]) {
    await assert.rejects(ask, (error) => isCoded(error, 'incident.not_found'));
  }
});
