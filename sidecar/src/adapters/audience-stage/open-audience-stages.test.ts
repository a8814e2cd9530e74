import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { StagedAccount, StagedOrderCopy } from '../../domain/audience/staged-rows.ts';
import { isCoded } from '../../domain/coded-error.ts';
import { openAudienceStages } from './open-audience-stages.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-stages-'));
after(() => {
  rmSync(root, { recursive: true });
});

function account(change: Partial<StagedAccount>): StagedAccount {
  return {
    userId: 1,
    owner: 'aa',
    inScope: true,
    listed: false,
    excluded: false,
    sealed: null,
    email: { key: 'e1', state: 'valid' },
    billing: null,
    registeredAt: null,
    country: 'DE',
    classes: 3,
    via: 'account',
    ...change,
  };
}

function copy(change: Partial<StagedOrderCopy>): StagedOrderCopy {
  return {
    orderId: 10,
    store: 'orders_hpos',
    owner: 'e2',
    userId: 0,
    tiedBy: 'e2',
    inScope: true,
    listed: false,
    excluded: false,
    sealed: null,
    emails: [{ key: 'e2', state: 'valid' }],
    createdAt: 5,
    country: 'unknown',
    classes: 1,
    via: 'order',
    ...change,
  };
}

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
  const folder = join(root, 'groups');
  const stage = openAudienceStages({ folder }).open();
  const sealed = Uint8Array.of(1, 2, 3);
  const ann = account({ sealed, billing: { key: null, state: 'erased' }, registeredAt: 7 });
  const order = copy({
    owner: 'aa',
    userId: 1,
    tiedBy: null,
    sealed,
    emails: [
      { key: null, state: 'erased' },
      { key: 'e9', state: 'invalid' },
    ],
    listed: true,
  });
  const guests = [copy({ orderId: 12, createdAt: null }), copy({ orderId: 11, emails: [] })];
  stage.addAccounts([ann]);
  stage.addOrderCopies([...guests, order]);
  const listed = {
    owner: 'zz',
    address: { key: 'zz', state: 'valid' as const },
    excluded: true,
    sealed,
  };
  stage.addListed([listed]);
  assert.equal(stage.accountOwner(1), 'aa');
  assert.equal(stage.accountOwner(2), null);
  for (const _step of stage.sort());
  assert.deepEqual(
    [...stage.people({ sealed: true })],
    [
      { owner: 'aa', accounts: [ann], copies: [order], listed: [] },
      { owner: 'e2', accounts: [], copies: guests.toReversed(), listed: [] },
      { owner: 'zz', accounts: [], copies: [], listed: [listed] },
    ],
  );
  const [bare] = [...stage.people({ sealed: false })];
  assert.deepEqual([bare?.accounts[0]?.sealed, bare?.copies[0]?.sealed], [null, null]);
  stage.close();
});

test('ties guests by address and merges owners, saying how', () => {
  const stage = openAudienceStages({ folder: join(root, 'ties') }).open();
  stage.addAccounts([
    account({}),
    account({ userId: 2, owner: 'bb', email: { key: 'e1', state: 'valid' } }),
  ]);
  stage.addUses([
    { userId: 1, key: 'e2' },
    { userId: 1, key: 'e2' },
    { userId: 2, key: 'e3' },
    { userId: 1, key: 'e3' },
  ]);
  stage.addOrderCopies([copy({}), copy({ orderId: 11, tiedBy: 'e3', owner: 'e3' })]);
  for (const _step of stage.sort());
  assert.deepEqual([...stage.guestAddresses()], [['e2', 'e3']]);
  assert.deepEqual([stage.accountByEmail('e1'), stage.accountByEmail('e2')], [1, null]);
  assert.deepEqual([stage.accountsUsing('e2'), stage.accountsUsing('e3')], [[1], [1, 2]]);
  stage.tieGuests('e2', 'aa');
  stage.noteChosen([
    { owner: 'bb', key: 'e1', userId: 2 },
    { owner: 'aa', key: 'e1', userId: 1 },
    { owner: 'e3', key: 'e3', userId: 0 },
  ]);
  const joins = [...stage.sameChosen()];
  assert.deepEqual(joins, [{ owner: 'bb', into: 'aa' }]);
  for (const { owner, into } of joins) stage.merge(owner, into);
  assert.deepEqual(
    [...stage.people({ sealed: false })].map(({ owner, accounts, copies }) => [
      owner,
      accounts.map(({ via }) => via),
      copies.map(({ via }) => via),
    ]),
    [
      ['aa', ['account', 'same_address'], ['account_address']],
      ['e3', [], ['order']],
    ],
  );
  stage.close();
});

test('more addresses than one page are all gone through', () => {
  const stage = openAudienceStages({ folder: join(root, 'pages') }).open();
  const keys = Array.from({ length: 2_500 }, (_, place) => place.toString(16).padStart(6, '0'));
  stage.addOrderCopies(keys.map((key, place) => copy({ orderId: place, tiedBy: key, owner: key })));
  stage.addListed([
    { owner: 'f0', address: { key: 'f0', state: 'valid' }, excluded: false, sealed: null },
  ]);
  for (const _step of stage.sort());
  assert.deepEqual([...stage.guestAddresses()].flat(), [...keys, 'f0']);
  stage.close();
});
