import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Owner, StagedRow } from '../../domain/audience/staged-row.ts';
import { keyAt, KEYED, makeNoteList, numberAt } from '../../domain/audience/note-lists.ts';
import { makeShortHash } from '../../domain/audience/short-hash.ts';
import { isCoded } from '../../domain/coded-error.ts';
import type { AudienceStage, StagedEntry } from '../../use-cases/ports/audience-stage.ts';
import { openAudienceStages } from './open-audience-stages.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-stages-'));
after(() => {
  rmSync(root, { recursive: true });
});

function row(change: Partial<StagedRow> = {}): StagedRow {
  return {
    kind: 'order',
    source: 'orders_hpos',
    row: 10,
    role: 'buyer',
    via: 'order',
    inScope: true,
    listed: false,
    excluded: false,
    at: 5,
    country: 'DE',
    classes: 3,
    emails: [{ key: 'e2', state: 'valid', exact: '' }],
    userId: 0,
    orderId: 10,
    hasPhone: false,
    hasPostal: false,
    values: null,
    ...change,
  };
}

const entry = (owner: Owner, change: Partial<StagedRow> = {}, weak = false): StagedEntry => ({
  owner,
  weak,
  row: row(change),
});

function settle(stage: AudienceStage): void {
  for (const _step of stage.settle());
}

function sort(stage: AudienceStage): void {
  for (const _step of stage.sort());
}

/** Who is who: owner with the rows' own keys and how each was tied. */
const story = (stage: AudienceStage): unknown[] =>
  [...stage.people()].map(({ owner, rows }) => [
    owner,
    rows.map(({ row: at, via }) => `${at} ${via}`),
  ]);

test('a stage is readable by its owner alone, and gone when it is closed', () => {
  const folder = join(root, 'modes');
  const stage = openAudienceStages({ folder }).open();
  const files = readdirSync(folder);
  for (const end of ['.sqlite', '.rows'])
    assert.ok(
      files.some((file) => file.endsWith(end)),
      end,
    );
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  for (const file of files) assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
  stage.close();
  stage.close();
  assert.deepEqual(readdirSync(folder), []);
});

test('stages of processes that are gone are deleted at start, others are left alone', () => {
  const folder = join(root, 'stale');
  openAudienceStages({ folder });
  const names = {
    ours: `audience-stage-${process.pid}-00112233445566aa.sqlite`,
    gone: 'audience-stage-999999999-00112233445566aa.sqlite',
    goneRows: 'audience-stage-999999999-00112233445566aa.rows',
    alive: `audience-stage-${process.ppid}-00112233445566aa.sqlite`,
    other: 'something-else.sqlite',
  };
  for (const name of Object.values(names)) writeFileSync(join(folder, name), '');
  openAudienceStages({ folder });
  assert.deepEqual(readdirSync(folder).sort(), [names.alive, names.other].sort());
});

test('a folder that cannot be made is a clear refusal', () => {
  writeFileSync(join(root, 'file'), '');
  assert.throws(
    () => openAudienceStages({ folder: join(root, 'file', 'below') }),
    (error) => isCoded(error, 'stage.no_folder'),
  );
});

test('gives everybody back grouped by owner, every field as it went in', () => {
  const stage = openAudienceStages({ folder: join(root, 'groups') }).open();
  const values = {
    emails: ['Ann@Example.com', ''],
    firstName: 'Änn \u{1F600}',
    lastName: 'Lee',
    displayName: 'ann',
    phone: '+49 1',
    postal: {
      company: 'C',
      line1: '1 Road',
      line2: '',
      city: 'Town',
      state: 'BY',
      postcode: '1',
      country: 'DE',
    },
    book: { email: 'b@example.com', firstName: 'A', lastName: 'L' },
  };
  const rows: Partial<StagedRow>[] = [
    { kind: 'account', row: 7, userId: 7, values, hasPostal: true, hasPhone: true },
    {
      values: { ...values, postal: { ...values.postal, company: '' }, book: null },
      hasPostal: true,
    },
    { at: null, emails: [{ key: null, state: 'erased', exact: '' }], listed: true, excluded: true },
    { kind: 'mention', source: 'own.acme', row: 'x/1', inScope: false, via: 'row' },
  ];
  stage.add([entry('bb', rows[3]), entry(7, rows[0])]);
  stage.add([entry('bb', rows[2]), entry(7, rows[1])]);
  assert.equal(stage.size(), 4);
  settle(stage);
  sort(stage);
  const denied = new Set();
  assert.deepEqual(
    [...stage.people()],
    [
      { owner: 7, rows: [row(rows[0]), row(rows[1])], denied },
      { owner: 'bb', rows: [row(rows[3]), row(rows[2])], denied },
    ],
  );
  assert.deepEqual(stage.person(7), { owner: 7, rows: [row(rows[0]), row(rows[1])], denied });
  assert.equal(stage.person(8), null);
  stage.close();
});

test('ties guests to accounts: the owner of the address, the one who alone used it, nobody', () => {
  const stage = openAudienceStages({ folder: join(root, 'ties') }).open();
  stage.addAccounts([
    { userId: 1, key: 'e1' },
    { userId: 2, key: 'e1' },
    { userId: 3, key: null },
  ]);
  stage.addUses([
    { userId: 3, key: 'e2' },
    { userId: 3, key: 'e2' },
    { userId: 2, key: 'e3' },
    { userId: 3, key: 'e3' },
    { userId: 3, key: 'e1' },
  ]);
  stage.add([entry(1), entry(2, { row: 11 }), entry(3, { row: 12 }, true)]);
  stage.add(['e1', 'e2', 'e3'].map((key, place) => entry(key, { row: 20 + place })));
  settle(stage);
  sort(stage);
  assert.deepEqual(story(stage), [
    [1, ['10 order', '11 same_address', '20 account_address']],
    [3, ['12 order', '21 account_address']],
    ['e3', ['22 order']],
  ]);
  assert.deepEqual([...stage.weakOwners()], [3]);
  assert.deepEqual(
    ['e1', 'e2', 'e3', 'e4'].map((key) => stage.ownerOf(key)),
    [1, 3, 'e3', null],
  );
  stage.close();
});

test('the other copy of an order goes to the leading one, unless an address leads to an account', () => {
  const stage = openAudienceStages({ folder: join(root, 'pairs') }).open();
  stage.addAccounts([{ userId: 1, key: 'e9' }]);
  stage.add([
    entry('e1'),
    entry('e2', { row: 11 }),
    entry('e9', { row: 12 }),
    entry('e3', { row: 13 }),
  ]);
  stage.addCopyPairs([
    { lead: 'e1', other: 'e2', row: 2 },
    { lead: 'e9', other: 'e3', row: 4 },
  ]);
  settle(stage);
  sort(stage);
  assert.deepEqual(story(stage), [
    [1, ['12 account_address']],
    ['e1', ['10 order', '11 order']],
    ['e3', ['13 order']],
  ]);
  stage.close();
});

test('gateway ids beside several people are told, and merges are followed to their end', () => {
  const stage = openAudienceStages({ folder: join(root, 'merges') }).open();
  stage.addAccounts([{ userId: 1, key: 'e1' }]);
  stage.add([
    entry(1),
    entry('e1', { row: 11 }),
    entry('e2', { row: 12 }),
    entry('e3', { row: 13 }),
  ]);
  stage.addGatewayIds([
    { key: 'g1', owner: 'e1', name: 1 },
    { key: 'g1', owner: 1, name: 0 },
    { key: 'g2', owner: 'e2', name: 1 },
    { key: 'g2', owner: 1, name: 2 },
    { key: 'g3', owner: 'e3', name: 0 },
  ]);
  settle(stage);
  assert.deepEqual([...stage.sharedGatewayIds()], [{ owners: [1, 'e2'], names: [2, 1] }]);
  stage.merge([
    { from: 'e3', into: 'e2', via: 'gateway_id' },
    { from: 'e2', into: 1, via: 'reviewer' },
  ]);
  assert.deepEqual(
    [stage.ownerNow('e3'), stage.ownerNow('e1'), stage.ownerNow('e7')],
    [1, 1, 'e7'],
  );
  sort(stage);
  assert.deepEqual(story(stage), [
    [1, ['10 order', '11 account_address', '12 reviewer', '13 gateway_id']],
  ]);
  stage.close();
});

test('merging after the sort moves rows, and an address can be denied to one person', () => {
  const stage = openAudienceStages({ folder: join(root, 'sorted') }).open();
  stage.add([entry('e1'), entry('e2', { row: 11 }), entry('e3', { row: 12 })]);
  settle(stage);
  sort(stage);
  stage.mergeSorted({ from: 'e2', into: 'e1', via: 'same_address' });
  stage.deny('e3', 'k');
  assert.deepEqual(story(stage), [
    ['e1', ['10 order', '11 same_address']],
    ['e3', ['12 order']],
  ]);
  assert.deepEqual(stage.person('e3')?.denied, new Set(['k']));
  assert.equal(stage.ownerOf('e2'), 'e1');
  stage.close();
});

test('an address that led to an account answers for it, one of nobody does not', () => {
  const stage = openAudienceStages({ folder: join(root, 'owners') }).open();
  stage.addAccounts([
    { userId: 1, key: 'e1' },
    { userId: 2, key: 'e1' },
  ]);
  stage.add([entry(1), entry(2), entry('e5', {}, true)]);
  settle(stage);
  sort(stage);
  assert.deepEqual(
    ['e1', 'e5', 'e6'].map((key) => stage.ownerOf(key)),
    [1, 'e5', null],
  );
  stage.close();
});

test('orders are found by their ids, whatever their number', () => {
  const stage = openAudienceStages({ folder: join(root, 'orders') }).open();
  const orders = Array.from({ length: 3_000 }, (_, place) => ({
    orderId: 10 + 3 * place,
    owner: place % 2 === 0 ? place : place.toString(16).padStart(32, '0'),
    at: place % 5 === 0 ? null : place,
    anonymised: place % 7 === 0,
    name: place,
  }));
  stage.addOrders(orders.slice(0, 1_000));
  stage.addOrders(orders.slice(1_000));
  for (const order of orders.toReversed()) assert.deepEqual(stage.order(order.orderId), order);
  for (const missing of [0, 11, 10 + 3 * 3_000]) assert.equal(stage.order(missing), null);
  assert.throws(() => {
    stage.addOrders(orders.slice(0, 1));
  }, RangeError);
  stage.close();
});

test('more people than a lane or a batch holds come in order, and batches open elsewhere', () => {
  const stages = openAudienceStages({ folder: join(root, 'many') });
  const stage = stages.open();
  const ids = Array.from({ length: 10_000 }, (_, place) => 5 * place + 1);
  stage.addAccounts(ids.map((userId) => ({ userId, key: null })));
  assert.equal(stage.accountExists(6), true);
  assert.equal(stage.accountExists(7), false);
  const long = 'x'.repeat(40_000);
  // Backwards, so that the order is the stage's own.
  for (const userId of ids.toReversed()) stage.add([entry(userId, { row: userId })]);
  stage.add([entry('ff', { source: long }), entry('0a'), entry(1, { row: 3 })]);
  settle(stage);
  sort(stage);
  const owners = [...stage.people()].map(({ owner }) => owner);
  assert.deepEqual(owners, [...ids, '0a', 'ff']);
  const batches = [...stage.batches()];
  assert.ok(batches.length > 2);
  assert.deepEqual(
    batches.flatMap((batch) => [...stages.openBatch(batch)]),
    [...stage.people()],
  );
  assert.deepEqual(
    stage.person(1)?.rows.map(({ row: at }) => at),
    [1, 3],
  );
  assert.equal(stage.person('ff')?.rows[0]?.source, long);
  stage.close();
});

const hex = (value: number): string => value.toString(16).padStart(8, '0').repeat(4);

test('ids come back sorted, terms sorted and once, hints in groups, shared choices are counted', () => {
  const stage = openAudienceStages({ folder: join(root, 'notes') }).open();
  const [ids, terms, chosen, hints] = [
    makeNoteList(),
    makeNoteList(),
    makeNoteList(),
    makeNoteList(),
  ];
  const hash = makeShortHash(7);
  for (let number = 0; number < 3_000; number += 1) {
    ids.addKey(hex(0xfffff000 - number), number);
    for (const term of [hex(0xfffff000 - number), hex(5), hex(5)]) terms.addKey(term, number);
    hints.addHint('phone', hash(number % 2 === 0 ? 'even' : `odd ${number}`), number);
    hints.addHint('name_postcode', hash(number < 2 ? 'pair' : `own ${number}`), number);
    chosen.addKey(number < 2 ? hex(9) : hex(1_000_000 + number), number);
    if (number % 1_000 === 999) {
      stage.note({
        ids: ids.take(),
        terms: terms.take(),
        chosen: chosen.take(),
        hints: hints.take(),
      });
    }
  }
  const listed = (pages: Iterable<Uint8Array>): [string, number][] => {
    const entries: [string, number][] = [];
    for (const page of pages) {
      for (let place = 0; place < page.length / KEYED; place += 1) {
        const key = Buffer.from(keyAt(page, place)).toString('hex');
        entries.push([key, numberAt(page, place, KEYED)]);
      }
    }
    return entries;
  };
  const sortedIds = listed(stage.personIds());
  assert.equal(sortedIds.length, 3_000);
  assert.deepEqual(sortedIds, sortedIds.toSorted());
  assert.deepEqual(sortedIds[0], [hex(0xfffff000 - 2_999), 2_999]);
  const sortedTerms = listed(stage.terms());
  assert.equal(sortedTerms.length, 6_000);
  assert.deepEqual(
    sortedTerms.slice(0, 3_000),
    Array.from({ length: 3_000 }, (_, number) => [hex(5), number]),
  );
  assert.deepEqual(sortedTerms.slice(3_000), sortedIds);
  assert.deepEqual(
    [...stage.hints()].map(({ kind, numbers, size }) => [
      kind,
      numbers.slice(0, 3),
      numbers.length,
      size,
    ]),
    [
      ['phone', [0, 2, 4], 20, 1_500],
      ['name_postcode', [0, 1], 2, 2],
    ],
  );
  assert.equal(stage.countSharedChoices(), 1);
  stage.close();
});
