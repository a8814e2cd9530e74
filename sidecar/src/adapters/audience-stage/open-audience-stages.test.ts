import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Owner, StagedRow } from '../../domain/audience/staged-row.ts';
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
  const [file] = readdirSync(folder);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.equal(statSync(join(folder, file ?? '')).mode & 0o777, 0o600);
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
    { key: 'g1', owner: 'e1', name: 'n1' },
    { key: 'g1', owner: 1, name: '' },
    { key: 'g2', owner: 'e2', name: 'n1' },
    { key: 'g2', owner: 1, name: 'n2' },
    { key: 'g3', owner: 'e3', name: '' },
  ]);
  settle(stage);
  assert.deepEqual([...stage.sharedGatewayIds()], [{ owners: [1, 'e2'], names: 2 }]);
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

test('ids come back sorted, terms sorted and once, hints in groups, shared choices are counted', () => {
  const stage = openAudienceStages({ folder: join(root, 'notes') }).open();
  const people = Array.from({ length: 3_000 }, (_, number) => number);
  for (const number of people) {
    stage.note({
      number,
      personId: String(9_999 - number),
      terms: [`t${String(9_999 - number)}`, 'tall', 'tall'],
      hints: [
        ['phone', number % 2 === 0 ? 'even' : `odd ${number}`],
        ['name_postcode', number < 2 ? 'pair' : `own ${number}`],
      ],
      chosen: number < 2 ? 'same' : `c${number}`,
    });
  }
  const ids = [...stage.personIds()].flat();
  assert.equal(ids.length, 3_000);
  assert.deepEqual(ids[0], { personId: '7000', number: 2_999 });
  const terms = [...stage.terms()].flat();
  assert.equal(terms.length, 6_000);
  assert.deepEqual(terms[0], { term: 't7000', number: 2_999 });
  assert.deepEqual(terms.at(-1), { term: 'tall', number: 2_999 });
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
