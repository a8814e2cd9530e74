import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { isCoded } from '../domain/coded-error.ts';
import { freezeNow, freezeScope, INCIDENT, PREPARER, scopeOf } from './audience-scene.ts';
import { audienceChanges } from './audience-changes.ts';
import { decideIdentity } from './decide-identity.ts';
import { readLog } from './incident-scene.ts';
import { openSmallShop, type SmallShopScene } from './small-shop-scene.ts';

let scene: SmallShopScene;
beforeEach(async () => {
  scene = await openSmallShop({
    accounts: [],
    orders: Array.from({ length: 12 }, (_, place) => ({
      id: place + 1,
      email: `o${place + 1}@example.com`,
      country: place < 6 ? 'DE' : 'FR',
    })),
  });
});
afterEach(() => scene.close());

const from = (...countries: string[]) => scopeOf({ orders: { countries } });
const changes = (query: { cursor?: string; limit: number } = { limit: 50 }) =>
  audienceChanges(scene, PREPARER, { incidentId: INCIDENT, query });

async function freeze(...countries: string[]): Promise<void> {
  scene.clock.advance(60_000);
  await freezeScope(scene, from(...countries));
}

test('says who was added and removed by the last freeze, and why, page by page in one order', async () => {
  await freeze('DE');
  await freeze('DE', 'FR');
  scene.content.orders = scene.content.orders.filter(({ id }) => id !== 7);
  scene.content.orders.push({ id: 13, email: 'new@example.com', country: 'FR' });
  await freeze('FR');
  const whole = await changes();
  assert.deepEqual(
    [whole.before?.people, whole.after?.people, whole.added, whole.removed, whole.kept],
    [12, 6, 1, 7, 5],
  );
  const emails = (change: string): unknown[] =>
    whole.items
      .filter((item) => item.change === change)
      .map(({ person }) => person.email)
      .sort();
  assert.deepEqual(emails('added'), ['new@example.com']);
  assert.deepEqual(
    emails('removed'),
    [1, 2, 3, 4, 5, 6, 7].map((id) => `o${id}@example.com`),
  );
  const added = whole.items.find(({ change }) => change === 'added');
  assert.deepEqual(
    added?.reasons.map(({ source, row, role }) => `${source} ${row} ${role}`),
    ['orders_hpos 13 buyer', 'orders_legacy 13 buyer'],
  );
  const paged: unknown[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await changes({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
    assert.ok(page.items.length > 0);
    paged.push(...page.items);
    cursor = page.next_cursor;
  }
  assert.deepEqual(paged, whole.items);
});

test('the first freeze has nothing before it, and freezing the same again changes nobody', async () => {
  await freeze('DE');
  const first = await changes();
  assert.equal(first.before, null);
  assert.deepEqual([first.after?.people, first.added, first.kept], [6, 0, 0]);
  await freeze('DE');
  const again = await changes();
  assert.deepEqual([again.added, again.removed, again.kept, again.items], [0, 0, 6, []]);
});

test('who was merged into somebody else is removed', async () => {
  await freeze('DE');
  const { items } = await (async () => {
    await freeze('FR');
    return changes();
  })();
  const people = items
    .filter(({ change }) => change === 'added')
    .slice(0, 2)
    .map(({ person }) => person.person_id);
  await decideIdentity(scene, PREPARER, {
    incidentId: INCIDENT,
    draft: { kind: 'merge', people, reason: 'They are one.' },
  });
  scene.clock.advance(60_000);
  await freezeNow(scene);
  const after = await changes();
  assert.deepEqual([after.added, after.removed, after.kept], [0, 1, 5]);
  assert.ok(people.includes(after.items[0]?.person.person_id ?? ''));
});

test('an audience that kept no keys is not compared as if everybody had changed', async () => {
  await freeze('DE');
  await scene.ledger.tables.deleteFrom('people_keys').execute();
  await freeze('DE');
  await assert.rejects(changes(), (error) => isCoded(error, 'audience.not_comparable'));
});

test('looking at changes leaves a trace', async () => {
  await freeze('DE');
  await freeze('FR');
  await changes();
  const [entry] = (await readLog(scene)).filter(({ kind }) => kind === 'people.viewed');
  const { data } = JSON.parse(entry?.text ?? '{}') as { data?: Record<string, unknown> };
  assert.deepEqual([data?.['count'], data?.['purpose']], [12, 'changes']);
});
