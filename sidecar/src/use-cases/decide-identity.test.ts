import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { IdentityDecisionDraft } from '../contract/audience.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import { isCoded } from '../domain/coded-error.ts';
import type { Entry } from '../domain/evidence/entry-data.ts';
import { checkStory } from '../domain/evidence/story.ts';
import {
  addIncident,
  freezeNow,
  freezeScope,
  INCIDENT,
  openPeople,
  PREPARER,
  scopeOf,
} from './audience-scene.ts';
import { decideIdentity } from './decide-identity.ts';
import { readLog } from './incident-scene.ts';
import { listIdentityDecisions } from './list-identity-decisions.ts';
import { readDeciders } from './read-deciders.ts';
import { openSmallShop, type SmallShopScene } from './small-shop-scene.ts';
import { undoIdentityDecision } from './undo-identity-decision.ts';

const EVERYONE = scopeOf({
  accounts: {},
  orders: {},
  data_classes: ['name', 'email', 'order_history'],
});
const REASON = 'Same passport, says Jane Example.';
let scene: SmallShopScene;

beforeEach(async () => {
  scene = await openSmallShop({
    accounts: [
      { id: 1, email: 'ann@example.com', first: 'Ann' },
      { id: 2, email: 'ann.lee@example.com', first: 'Ann' },
    ],
    orders: [
      { id: 11, email: 'guest@example.com' },
      { id: 12, email: 'guest@example.com' },
      { id: 13, email: 'other@example.com' },
      { id: 21, email: 'ann@example.com', customer: 1, stores: ['orders_hpos'] },
    ],
  });
  await freezeScope(scene, EVERYONE);
});
afterEach(() => scene.close());

async function personOf(email: string): Promise<PersonRecord> {
  const found = (await openPeople(scene)).find((person) =>
    person.contact_points.some(({ value }) => value === email),
  );
  return found ?? assert.fail(`nobody has ${email}`);
}

async function idsOf(...emails: string[]): Promise<string[]> {
  const people = await Promise.all(emails.map(personOf));
  return people.map(({ person_id }) => person_id);
}

const decide = (draft: IdentityDecisionDraft) =>
  decideIdentity(scene, PREPARER, { incidentId: INCIDENT, draft });
const merge = async (...emails: string[]) =>
  decide({ kind: 'merge', people: await idsOf(...emails), reason: REASON });
const keepApart = async (...emails: string[]) =>
  decide({ kind: 'keep_apart', people: await idsOf(...emails), reason: REASON });
const split = async (email: string, ...rows: { source: string; row: number }[]) =>
  decide({ kind: 'split', person: (await personOf(email)).person_id, rows, reason: REASON });
const undo = (decisionId: string) => undoIdentityDecision(scene, PREPARER, { decisionId });

async function refused(work: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(isCoded(error), String(error));
    assert.equal(error.code, code);
    assert.match(error.message, /^couldn't /);
    const { message, detail, context, fields } = error;
    assert.doesNotMatch(JSON.stringify({ message, detail, context, fields }), /@|Jane/);
    return true;
  });
}

/** Of each person after freezing again. */
async function addresses(): Promise<string[][]> {
  await freezeNow(scene);
  return (await openPeople(scene))
    .map(({ contact_points: points }) => points.map(({ value }) => value).sort())
    .sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
}

test('two accounts are joined by a reviewer, who is told so, from the next freeze on and until it is taken back', async () => {
  const decision = await merge('ann@example.com', 'ann.lee@example.com');
  assert.equal(decision.accounts, 2);
  assert.equal((await openPeople(scene)).length, 4, 'the frozen audience is as it was');
  assert.deepEqual(await addresses(), [
    ['ann.lee@example.com', 'ann@example.com'],
    ['guest@example.com'],
    ['other@example.com'],
  ]);
  const joined = await personOf('ann.lee@example.com');
  assert.deepEqual(
    joined.reasons
      .filter(({ strength }) => strength === 'reviewer')
      .map(({ source, row }) => `${source} ${row}`),
    ['accounts 2'],
  );
  const undone = await undo(decision.id);
  assert.equal(undone.undone_at, '2026-11-23T12:00:00.000Z');
  assert.equal((await addresses()).length, 4);
});

test('both copies of an order go to somebody else by one split, who keeps his id', async () => {
  const before = await personOf('guest@example.com');
  const decision = await split('guest@example.com', { source: 'orders_hpos', row: 12 });
  assert.deepEqual(decision.rows, [
    { source: 'orders_hpos', row: 12 },
    { source: 'orders_legacy', row: 12 },
  ]);
  await freezeNow(scene);
  const people = await openPeople(scene);
  assert.equal(people.length, 5);
  const rowsOf = (person: PersonRecord | undefined): string[] =>
    (person?.reasons ?? []).map(({ source, row }) => `${source} ${row}`);
  const stays = people.find(({ person_id }) => person_id === before.person_id);
  assert.deepEqual(rowsOf(stays), ['orders_hpos 11', 'orders_legacy 11']);
  const made = people.find((person) => rowsOf(person).includes('orders_hpos 12'));
  assert.deepEqual(rowsOf(made), ['orders_hpos 12', 'orders_legacy 12']);
  await freezeNow(scene);
  const again = (await openPeople(scene)).map(({ person_id }) => person_id);
  assert.ok(again.includes(made?.person_id ?? ''), 'he has the same id in the next audience');
});

test('what a split must not do is refused', async () => {
  const guest = 'guest@example.com';
  await refused(split(guest, { source: 'orders_hpos', row: 13 }), 'identity.row_not_theirs');
  await refused(split(guest, { source: 'list', row: 0 }), 'identity.row_not_theirs');
  await refused(
    split(guest, { source: 'orders_hpos', row: 11 }, { source: 'orders_hpos', row: 12 }),
    'identity.nothing_left',
  );
  await split(guest, { source: 'orders_hpos', row: 11 });
  await refused(split(guest, { source: 'orders_legacy', row: 11 }), 'identity.row_taken');
  await refused(split(guest, { source: 'orders_hpos', row: 12 }), 'identity.nothing_left');
});

test('decisions that contradict a standing one are refused until that is taken back', async () => {
  const first = await keepApart('guest@example.com', 'other@example.com');
  await refused(merge('guest@example.com', 'other@example.com'), 'identity.kept_apart');
  await refused(keepApart('other@example.com', 'guest@example.com'), 'identity.already_decided');
  await undo(first.id);
  await merge('guest@example.com', 'other@example.com');
  await refused(keepApart('guest@example.com', 'other@example.com'), 'identity.merged');
  await refused(undo(first.id), 'identity.already_undone');
  await refused(undo('idd_00000000000000000000009999'), 'identity.decision_not_found');
});

test('people who are not in the audience, the same one twice and a closed incident are refused', async () => {
  const [guest = ''] = await idsOf('guest@example.com');
  const draft = (people: string[]): IdentityDecisionDraft => ({
    kind: 'merge',
    people,
    reason: REASON,
  });
  await refused(decide(draft([guest, 'f'.repeat(32)])), 'identity.person_not_found');
  await refused(decide(draft([guest, guest])), 'identity.same_person');
  await scene.ledger.tables.updateTable('incidents').set({ state: 'closed' }).execute();
  await refused(merge('guest@example.com', 'other@example.com'), 'incident.not_open');
  const empty = 'inc_00000000000000000000000002';
  await addIncident(scene, { id: empty });
  await refused(
    decideIdentity(scene, PREPARER, { incidentId: empty, draft: draft([guest, 'f'.repeat(32)]) }),
    'audience.not_frozen',
  );
});

test('decisions are listed newest first, those taken back among them, page by page', async () => {
  const one = await keepApart('guest@example.com', 'other@example.com');
  const two = await merge('ann@example.com', 'ann.lee@example.com');
  await undo(one.id);
  const list = (query: { cursor?: string; limit: number }) =>
    listIdentityDecisions(scene, { incidentId: INCIDENT, query });
  const first = await list({ limit: 1 });
  assert.equal(first.total, 2);
  assert.deepEqual(first.items, [two]);
  const second = await list({ limit: 1, cursor: first.next_cursor ?? '' });
  assert.deepEqual(
    second.items.map(({ id, reason, decided_by, undone_at }) => [
      id,
      reason,
      decided_by,
      undone_at !== null,
    ]),
    [[one.id, REASON, 'Paula Prepares', true]],
  );
  assert.equal(second.next_cursor, null);
  await refused(list({ limit: 1, cursor: 'x' }), 'page.bad_cursor');
});

test("evidence says what was decided and by whom, nobody's data, and its story is true", async () => {
  const decision = await merge('guest@example.com', 'other@example.com');
  await undo(decision.id);
  const entries = (await readLog(scene)).map(({ text }) => JSON.parse(text) as Entry);
  const told = entries.filter(({ kind }) => kind.startsWith('identity.'));
  const contents = told.map(({ data }) => (data as { content: string }).content);
  assert.equal(contents[0], contents[1], 'the undoing commits to what was decided');
  assert.deepEqual(
    { ...told[0]?.data, content: '' },
    {
      decision_id: decision.id,
      audience_id: told[0]?.kind === 'identity.decided' ? told[0].data.audience_id : '',
      kind: 'merge',
      people: 2,
      rows: 0,
      accounts: 0,
      content: '',
    },
  );
  assert.deepEqual(
    told.map(({ actor }) => actor),
    Array(2).fill(`wordpress:${PREPARER.subject}`),
  );
  assert.doesNotMatch(JSON.stringify(told), /Jane|@/);
  const ids = await idsOf('guest@example.com', 'other@example.com');
  for (const id of ids) assert.ok(!JSON.stringify(told).includes(id));
  assert.deepEqual(
    checkStory(entries).findings.filter(({ ok, check }) => !ok && check === 'people'),
    [],
  );
  assert.deepEqual(await readDeciders(scene.ledger.tables, INCIDENT), [
    `wordpress:${PREPARER.subject}`,
  ]);
});

test("nothing of a decision is readable in the ledger without the incident's key", async () => {
  await split('guest@example.com', { source: 'orders_hpos', row: 12 });
  const rows = await scene.ledger.tables.selectFrom('identity_decisions').selectAll().execute();
  const text = rows
    .map((row) => JSON.stringify({ ...row, sealed: Buffer.from(row.sealed).toString('latin1') }))
    .join();
  // Sealed bytes may happen to hold any short text, so only long ones are looked for.
  assert.doesNotMatch(text, /Jane Example|orders_hpos|passport/);
});
