import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { IncidentRow, IncidentsQuery, Status } from '../contract/index.ts';
import { isCoded } from '../domain/coded-error.ts';
import { makeDegradations } from '../runner/degradations.ts';
import { declareIncident } from './declare-incident.ts';
import { draftOf, PREPARER, sceneOf } from './incident-scene.ts';
import { listIncidents } from './list-incidents.ts';
import { moveIncident } from './move-incident.ts';
import { fixedClock } from './ports/fixed.ts';
import { readStatus } from './read-status.ts';

async function open(t: TestContext) {
  const clock = fixedClock('2026-11-23T12:00:00.000Z');
  const ledger = await openLedger({ file: ':memory:', clock });
  t.after(() => ledger.close());
  return sceneOf({ ledger, clock, vault: openVault({ masterKey: new Uint8Array(32).fill(7) }) });
}

async function titles(scene: Awaited<ReturnType<typeof open>>, query: object): Promise<string[]> {
  const page = await listIncidents(scene, IncidentsQuery.parse(query));
  for (const item of page.items) assert.ok(IncidentRow.safeParse(item).success);
  return page.items.map(({ title }) => title);
}

test('incidents come newest first, by state, by part of title or reference, and page by page', async (t) => {
  const scene = await open(t);
  assert.deepEqual(await listIncidents(scene, IncidentsQuery.parse({})), {
    items: [],
    next_cursor: null,
    total: 0,
  });
  const made: string[] = [];
  for (const title of ['Skimmer 50% off', 'Stolen backup', 'API key', 'STOLEN laptop']) {
    made.push((await declareIncident(scene, PREPARER, draftOf({ title }))).id);
  }
  const [first = '', second = ''] = made;
  await moveIncident(scene, PREPARER, {
    incidentId: first,
    to: 'dismissed',
    reason: 'false alarm',
  });
  await moveIncident(scene, PREPARER, { incidentId: second, to: 'confirmed', reason: '' });
  assert.deepEqual(await titles(scene, {}), [
    'STOLEN laptop',
    'API key',
    'Stolen backup',
    'Skimmer 50% off',
  ]);
  assert.deepEqual(await titles(scene, { state: 'open' }), [
    'STOLEN laptop',
    'API key',
    'Stolen backup',
  ]);
  assert.deepEqual(await titles(scene, { state: 'confirmed' }), ['Stolen backup']);
  assert.deepEqual(await titles(scene, { search: 'stolen' }), ['STOLEN laptop', 'Stolen backup']);
  assert.deepEqual(await titles(scene, { search: 'inc-2026-0003' }), ['API key']);
  assert.deepEqual(await titles(scene, { search: '0%' }), ['Skimmer 50% off']);
  assert.deepEqual(await titles(scene, { search: '_' }), []);
  assert.deepEqual(await titles(scene, { search: 'stolen', state: 'suspected' }), [
    'STOLEN laptop',
  ]);
  const page = await listIncidents(scene, IncidentsQuery.parse({ limit: 3 }));
  assert.deepEqual([page.items.length, page.total], [3, 4]);
  assert.deepEqual(await titles(scene, { limit: 3, cursor: page.next_cursor }), [
    'Skimmer 50% off',
  ]);
  await assert.rejects(titles(scene, { cursor: '../x' }), (error) =>
    isCoded(error, 'page.bad_cursor'),
  );
});

test('a line says people and next step; not counted yet is not zero', async (t) => {
  const scene = await open(t);
  const { id } = await declareIncident(scene, PREPARER, draftOf());
  const line = async () => {
    const [item] = (await listIncidents(scene, IncidentsQuery.parse({}))).items;
    return [item?.people, item?.next_step];
  };
  assert.deepEqual(await line(), [null, 'confirm']);
  await moveIncident(scene, PREPARER, { incidentId: id, to: 'confirmed', reason: '' });
  assert.deepEqual(await line(), [null, 'set_scope']);
});

test('the status counts what waits and says what is not well', async (t) => {
  const scene = await open(t);
  const degradations = makeDegradations(scene.clock);
  await declareIncident(scene, PREPARER, draftOf());
  degradations.set('shop_database', 'It does not answer.');
  scene.clock.advance(60_000);
  degradations.set('shop_database', 'It refuses.');
  const status = await readStatus({ ...scene, degradations });
  assert.ok(Status.safeParse(status).success);
  assert.deepEqual(
    [status.open_incidents, status.new_signals, status.ready, status.outbox, status.console_url],
    [1, 0, true, { position: 0, read_at: null }, 'http://localhost:8787'],
  );
  assert.deepEqual(status.degraded, [
    { name: 'shop_database', sentence: 'It refuses.', since: '2026-11-23T12:00:00.000Z' },
  ]);
  degradations.clear('shop_database');
  degradations.set('ledger', 'The disk is full.');
  assert.equal((await readStatus({ ...scene, degradations })).ready, false);
});
