import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Scope } from '../contract/scope.ts';
import { isCoded } from '../domain/coded-error.ts';
import type { Entry } from '../domain/evidence/entry-data.ts';
import { checkStory } from '../domain/evidence/story.ts';
import { freezeScope, INCIDENT, openPeople, PREPARER, scopeOf } from './audience-scene.ts';
import { listCommandKeys, makeCommandKey, removeCommandKey } from './command-keys.ts';
import { decideIdentity } from './decide-identity.ts';
import { readLog } from './incident-scene.ts';
import type { PersonLine } from './person-line.ts';
import { SYSTEM, type Acting } from './ports/acting.ts';
import { resolveToCounts, resolveToLines } from './resolve-to-lines.ts';
import { openSmallShop, type SmallShopScene } from './small-shop-scene.ts';

const OPERATOR: Acting = {
  actor: { id: 'operator', kind: 'operator', name: 'Operator' },
  subject: null,
  capabilities: [],
};
const EVERYONE = scopeOf({ accounts: {}, orders: {} });
let scene: SmallShopScene;
let key: string;

beforeEach(async () => {
  scene = await openSmallShop({
    accounts: [{ id: 1, email: 'ann@example.com', first: 'Ann' }],
    orders: [
      { id: 11, email: 'guest@example.com', phone: '+49 30 1234567' },
      { id: 12, email: 'Guest@Example.com' },
      { id: 13, email: 'other@example.com', country: 'FR' },
      { id: 14, email: 'ann@example.com' },
    ],
  });
  await scene.ledger.transaction((writer) =>
    writer.record({
      kind: 'log.created',
      acting: SYSTEM,
      incidentId: null,
      data: { format: 'tocsin-evidence/v1', origin: 'shop.example/tocsin', software: 'tocsin/0' },
    }),
  );
  ({ key } = await makeCommandKey(scene, OPERATOR, { name: 'support', allows: 'resolve' }));
});
afterEach(() => scene.close());

function inputOf(over: { scope?: Scope; key?: string; incident?: string } = {}) {
  const { signal } = new AbortController();
  return { scope: EVERYONE, key, incident: null, signal, ...over };
}

async function lines(over: Parameters<typeof inputOf>[0] = {}): Promise<PersonLine[]> {
  const found: PersonLine[] = [];
  for await (const line of resolveToLines(scene, OPERATOR, inputOf(over))) found.push(line);
  return found;
}

async function entries(): Promise<Entry[]> {
  return (await readLog(scene)).map(({ text }) => JSON.parse(text) as Entry);
}
async function readings(): Promise<Entry['data'][]> {
  return (await entries()).filter(({ kind }) => kind === 'people.resolved').map(({ data }) => data);
}

test('a line says who, how to reach him, why, and what was merged', async () => {
  const people = await lines();
  const guest = people.find(({ email }) => email?.toLowerCase() === 'guest@example.com');
  assert.deepEqual(
    guest?.reasons.map(({ source, row }) => `${source} ${row}`),
    ['orders_hpos 11', 'orders_legacy 11', 'orders_hpos 12', 'orders_legacy 12'],
  );
  assert.deepEqual(guest?.roles, ['buyer']);
  assert.deepEqual(guest?.data_classes, ['email']);
  assert.deepEqual(
    guest?.contact_points.map(({ kind }) => kind),
    ['email', 'phone'],
  );
  assert.deepEqual(guest?.merge_reasons, []);
  const ann = people.find(({ user_id: id }) => id === 1);
  assert.deepEqual(ann?.merge_reasons, [{ via: 'account_address', strength: 'same', rows: 2 }]);
  assert.equal(people.length, 3);
});

test('ids are the same in each reading, and with an incident those of its audience', async () => {
  const idsOf = (people: { person_id: string }[]): string[] =>
    people.map(({ person_id }) => person_id).sort();
  const first = idsOf(await lines());
  assert.deepEqual(idsOf(await lines()), first);
  assert.equal(new Set(first).size, 3);
  await freezeScope(scene, EVERYONE);
  const frozen = idsOf(await openPeople(scene));
  assert.deepEqual(idsOf(await lines({ incident: INCIDENT })), frozen);
  assert.notDeepEqual(frozen, first);
  const reference = await scene.ledger.tables
    .selectFrom('incidents')
    .select('reference')
    .executeTakeFirstOrThrow();
  assert.deepEqual(idsOf(await lines({ incident: reference.reference })), frozen);
});

test('with an incident its reviewers are heard', async () => {
  await freezeScope(scene, EVERYONE);
  const people = (await openPeople(scene)).slice(0, 2).map(({ person_id }) => person_id);
  await decideIdentity(scene, PREPARER, {
    incidentId: INCIDENT,
    draft: { kind: 'merge', people, reason: 'One human.' },
  });
  const merged = await lines({ incident: INCIDENT });
  assert.equal(merged.length, 2);
  assert.ok(merged.some(({ merge_reasons: all }) => all.some(({ via }) => via === 'reviewer')));
  assert.equal((await lines()).length, 3);
});

test('figures are those of the people, with the same evidence but for the flag', async () => {
  const counts = await resolveToCounts(scene, OPERATOR, inputOf());
  assert.deepEqual([counts.people, counts.registered, counts.guests], [3, 1, 2]);
  await lines();
  const [counted, read] = await readings();
  assert.deepEqual({ ...counted, counts_only: false }, read);
  assert.deepEqual(counted, { ...counted, count: 3, counts_only: true });
});

test('the evidence is there before the first person is', async () => {
  const people = resolveToLines(scene, OPERATOR, inputOf());
  await people.next();
  const [keyMade] = await listCommandKeys(scene);
  const [read] = await readings();
  assert.deepEqual(
    { ...read, scope_hash: '' },
    {
      key_id: keyMade?.id,
      scope_hash: '',
      count: 3,
      counts_only: false,
    },
  );
  await people.return(undefined);
  assert.deepEqual(
    checkStory(await entries()).findings.filter(({ ok }) => !ok),
    [],
  );
});

test('who cannot leave evidence is given nobody', async () => {
  const ledger = {
    ...scene.ledger,
    transaction: async (work: Parameters<typeof scene.ledger.transaction>[0]) =>
      scene.ledger.transaction((writer) =>
        work({ ...writer, record: () => Promise.reject(new Error('disk full')) }),
      ),
  } as typeof scene.ledger;
  const people = resolveToLines({ ...scene, ledger }, OPERATOR, inputOf());
  await assert.rejects(people.next(), /disk full/);
});

test('what is not among the people is said before the first of them', async () => {
  const scope = scopeOf({ orders: {}, include: { order_ids: [999], user_ids: [77] } });
  const said: string[] = [];
  const lines = resolveToLines(scene, OPERATOR, {
    ...inputOf({ scope }),
    onGaps: (sentences) => said.push(...sentences),
  });
  await lines.next();
  assert.deepEqual(said, [
    '1 listed accounts are not in the store.',
    '1 listed orders are not in the store.',
  ]);
  await lines.return(undefined);
});

test('the log commits to the scope and holds none of its addresses', async () => {
  const scope = scopeOf({ include: { emails: ['guest@example.com'] }, data_classes: ['email'] });
  await lines({ scope });
  await lines({ scope: { ...scope, preset: 'custom' } });
  await lines();
  const told = await readings();
  const hashes = told.map((data) => (data as { scope_hash: string }).scope_hash);
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2]);
  assert.doesNotMatch(JSON.stringify(told), /@|guest/);
});

test('a wrong and a removed key are refused, and nobody is read', async () => {
  const refused = (given: string) =>
    assert.rejects(lines({ key: given }), (error) => isCoded(error, 'command_key.refused'));
  await refused('');
  await refused(`${key}x`);
  const [known] = await listCommandKeys(scene);
  await removeCommandKey(scene, OPERATOR, { keyId: known?.id ?? '' });
  await refused(key);
  assert.deepEqual(await readings(), []);
  await assert.rejects(removeCommandKey(scene, OPERATOR, { keyId: known?.id ?? '' }), (error) =>
    isCoded(error, 'command_key.not_found'),
  );
});

test('keys have names of their own and are nowhere in clear', async () => {
  await assert.rejects(
    makeCommandKey(scene, OPERATOR, { name: 'support', allows: 'resolve' }),
    (error) => isCoded(error, 'command_key.name_taken'),
  );
  await assert.rejects(
    makeCommandKey(scene, OPERATOR, { name: 'Jane Example', allows: 'resolve' }),
    (error) => isCoded(error, 'command_key.bad_name'),
  );
  const stored = JSON.stringify(
    await scene.ledger.tables.selectFrom('command_keys').selectAll().execute(),
  );
  assert.ok(!stored.includes(key));
  assert.ok(!JSON.stringify(await entries()).includes(key));
});

test('no key is made before the log of who may read people was begun', async () => {
  await scene.ledger.tables.deleteFrom('evidence_entries').execute();
  await assert.rejects(
    makeCommandKey(scene, OPERATOR, { name: 'early', allows: 'resolve' }),
    (error) => isCoded(error, 'evidence.not_begun'),
  );
});

test('a scope that names nobody and an incident that is not there are refused', async () => {
  await assert.rejects(lines({ scope: scopeOf({}) }), (error) => isCoded(error, 'scope.empty'));
  await assert.rejects(lines({ incident: 'INC-1999-1' }), (error) =>
    isCoded(error, 'incident.not_found'),
  );
});
