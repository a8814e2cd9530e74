import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { HintsQuery, type Hint } from '../contract/audience.ts';
import { isCoded } from '../domain/coded-error.ts';
import { freezeNow, freezeScope, INCIDENT, PREPARER, scopeOf } from './audience-scene.ts';
import { decideIdentity } from './decide-identity.ts';
import { readLog } from './incident-scene.ts';
import { listHints } from './list-hints.ts';
import { openSmallShop, type SmallShopScene } from './small-shop-scene.ts';

let scene: SmallShopScene;
beforeEach(async () => {
  scene = await openSmallShop({
    accounts: [],
    orders: [
      { id: 11, email: 'a@example.com', phone: '+49 30 1234567' },
      { id: 12, email: 'b@example.com', phone: '030 1234567' },
      { id: 13, email: 'c.d@example.com' },
      { id: 14, email: 'cd+shop@example.com' },
      { id: 15, email: 'e@example.com', phone: '+49 40 7654321' },
      { id: 16, email: 'f@example.com', phone: '+49 40 7654321' },
    ],
  });
  await freezeScope(scene, scopeOf({ orders: {} }));
});
afterEach(() => scene.close());

const list = (query: Record<string, unknown> = {}) =>
  listHints(scene, PREPARER, { incidentId: INCIDENT, query: HintsQuery.parse(query) });
const told = ({ kind, people, state }: Hint): string =>
  `${kind} ${state}: ${people
    .map(({ email }) => email)
    .sort()
    .join(' ')}`;
const decide = (kind: 'merge' | 'keep_apart', hint: Hint | undefined) =>
  decideIdentity(scene, PREPARER, {
    incidentId: INCIDENT,
    draft: {
      kind,
      people: (hint?.people ?? []).map(({ person_id }) => person_id),
      reason: 'Looked at both.',
    },
  });
async function hintWith(email: string): Promise<Hint> {
  const { items } = await list();
  return (
    items.find(({ people }) => people.some((person) => person.email === email)) ??
    assert.fail(`no hint has ${email}`)
  );
}

test('people who look like one are shown together, opened, and are apart in the audience', async () => {
  const { items, total } = await list();
  assert.equal(total, 3);
  assert.deepEqual(items.map(told).sort(), [
    'loose_address open: c.d@example.com cd+shop@example.com',
    'phone open: a@example.com b@example.com',
    'phone open: e@example.com f@example.com',
  ]);
  assert.ok(items.every(({ size }) => size === 2));
});

test('pages and filters by kind', async () => {
  const first = await list({ kind: 'phone', limit: 1 });
  assert.equal(first.total, 2);
  const second = await list({ kind: 'phone', limit: 1, cursor: first.next_cursor });
  assert.equal(second.next_cursor, null);
  assert.notEqual(first.items[0]?.id, second.items[0]?.id);
  assert.equal((await list({ kind: 'name_postcode' })).total, 0);
  await assert.rejects(list({ cursor: 'x' }), (error) => isCoded(error, 'page.bad_cursor'));
});

test('a hint is decided as soon as a decision says so, before and after the next freeze', async () => {
  await decide('merge', await hintWith('a@example.com'));
  await decide('keep_apart', await hintWith('e@example.com'));
  assert.deepEqual((await list({ state: 'merged' })).items.map(told), [
    'phone merged: a@example.com b@example.com',
  ]);
  assert.deepEqual((await list({ state: 'kept_apart' })).items.map(told), [
    'phone kept_apart: e@example.com f@example.com',
  ]);
  const open = await list({ state: 'open' });
  assert.deepEqual(
    [open.total, open.items.map(told)],
    [1, ['loose_address open: c.d@example.com cd+shop@example.com']],
  );
  await freezeNow(scene);
  assert.deepEqual((await list()).items.map(told).sort(), [
    'loose_address open: c.d@example.com cd+shop@example.com',
    'phone kept_apart: e@example.com f@example.com',
  ]);
});

test('looking at hints leaves a trace with how many people were shown', async () => {
  await list({ kind: 'loose_address' });
  const [entry] = (await readLog(scene)).filter(({ kind }) => kind === 'people.viewed');
  const { data } = JSON.parse(entry?.text ?? '{}') as { data?: Record<string, unknown> };
  assert.deepEqual([data?.['count'], data?.['purpose']], [2, 'hints']);
});
