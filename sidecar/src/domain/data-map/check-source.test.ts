import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCoded } from '../coded-error.ts';
import { checkSource, sourceFaults } from './check-source.ts';
import { makeSource } from './source-scene.ts';

type Draft = Parameters<typeof makeSource>[0];
const SHIPPED = { own: false, decryptors: ['acme'] };

const pointers = (changes: Draft, own = false): string[] =>
  sourceFaults(makeSource(changes), { ...SHIPPED, own }).map(({ pointer }) => pointer);

const OWN: Draft = { id: 'own.acme-payers', family: 'own', verification: 'operator' };
const META: Draft = { place: { kind: 'meta', of: 'user' } };
const field = (more: object): Draft => ({
  fields: [{ column: 'mail', part: 'email', classes: ['email'], ...more }],
});

test('a sound source passes, shipped and own', () => {
  assert.deepEqual(pointers({}), []);
  assert.deepEqual(pointers(OWN, true), []);
});

test('a place of the shop does not count as mapped while nothing is read from it', () => {
  const empty: Draft = {
    ...OWN,
    link: { order_id: 'order_ref' },
    fields: [{ column: 'payer_blob', part: 'holds' }],
  };
  assert.deepEqual(pointers(empty, true), ['/fields/0/part']);
  assert.deepEqual(pointers({ ...empty, yields: 'none' }, true), []);
});

test('refusing names every fault by its pointer', () => {
  assert.throws(
    () => {
      checkSource(makeSource({ id: 'stripe.x', ...field({ key: 'k' }) }), SHIPPED);
    },
    (error) => {
      assert.ok(isCoded(error, 'data_map.bad_source'));
      assert.deepEqual(
        error.fields.map(({ pointer }) => pointer),
        ['/id', '/fields/0/key'],
      );
      return true;
    },
  );
});

const FAULTS: readonly (readonly [why: string, changes: Draft, pointers: string[]])[] = [
  ['an own id on a shipped source', { id: 'own.x' }, ['/id']],
  ['operator on a shipped source', { verification: 'operator' }, ['/verification']],
  [
    'a table field without column',
    { fields: [{ key: 'k', part: 'email', classes: ['email'] }] },
    ['/fields/0/column'],
  ],
  ['a meta field with a column', { ...META, ...field({}) }, ['/fields/0/key']],
  [
    'a key that takes the keys of others',
    { ...META, fields: [{ key: '_*', part: 'holds' }] },
    ['/fields/0/key'],
  ],
  [
    'a key of many *',
    { ...META, fields: [{ key: 'acme*a*a*a*b', part: 'holds' }] },
    ['/fields/0/key'],
  ],
  [
    'a key with two prefixes',
    { ...META, fields: [{ key: 'acme{prefix}*{prefix}', part: 'holds' }] },
    ['/fields/0/key'],
  ],
  ['a path without encoding', field({ path: 'a.b' }), ['/fields/0/path']],
  ['an empty segment', field({ path: 'a..b', encoding: ['php'] }), ['/fields/0/path']],
  ['half a segment of *', field({ path: 'a*.b', encoding: ['php'] }), ['/fields/0/path']],
  ['two **', field({ path: '**.a.**', encoding: ['php'] }), ['/fields/0/path']],
  [
    'an unknown decryptor',
    field({ encoding: ['decrypt:other', 'json'], path: 'a' }),
    ['/fields/0/encoding/0'],
  ],
  ['a step after joined', field({ encoding: ['joined', 'json'] }), ['/fields/0/encoding/0']],
  ['ip_binary for an e-mail address', field({ encoding: ['ip_binary'] }), ['/fields/0/part']],
  ['an e-mail address without its class', field({ classes: ['name'] }), ['/fields/0/classes']],
  [
    'the same value twice',
    { fields: [...(field({}).fields ?? []), ...(field({}).fields ?? [])] },
    ['/fields/1'],
  ],
  [
    'nothing that leads to a person',
    { fields: [{ column: 'note', part: 'holds', classes: ['free_text'] }] },
    ['/link'],
  ],
  [
    'classes of nobody',
    { yields: 'classes', fields: [{ column: 'note', part: 'holds' }] },
    ['/link'],
  ],
  ['staff who are read as customers', { role: 'staff' }, ['/role']],
  ['customers who are left out as staff', { yields: 'staff' }, ['/role']],
  [
    'a link column where there are none',
    {
      ...META,
      link: { user_id: 'user_id' },
      fields: [{ key: 'mail', part: 'email', classes: ['email'] }],
    },
    ['/link/user_id'],
  ],
  [
    'a date where there is none',
    {
      place: { kind: 'option' },
      date: { column: 'd', kind: 'utc' },
      fields: [{ key: 'mail', part: 'email', classes: ['email'] }],
    },
    ['/date'],
  ],
  [
    'a row of another table that names nobody',
    { link: { via: { column: 'a', table: 'b', key: 'c' } } },
    ['/link/via'],
  ],
  [
    'answers that lead on by another column than their owner',
    {
      place: { kind: 'pairs', table: 'answers', owner: 'entry', name: 'k', value: 'v' },
      link: { via: { column: 'id', table: 'b', key: 'c', user_id: 'u' } },
      fields: [{ key: '*', part: 'email', classes: ['email'] }],
    },
    ['/link/via/column'],
  ],
];

for (const [why, changes, expected] of FAULTS) {
  test(`refused: ${why}`, () => {
    assert.deepEqual(pointers(changes), expected);
  });
}

test('an own source with an id that is not its own is refused', () => {
  assert.deepEqual(pointers({ ...OWN, id: 'acme.payers' }, true), ['/id']);
  assert.deepEqual(pointers({ ...OWN, verification: 'read' }, true), ['/verification']);
});

test('what leads to a person may be a link, another row, an address, a phone, or the owner of a key', () => {
  const holds: Draft = { fields: [{ column: 'note', part: 'holds', classes: ['free_text'] }] };
  assert.deepEqual(pointers({ ...holds, link: { order_text: 'ref' } }), []);
  assert.deepEqual(
    pointers({ ...holds, link: { via: { column: 'a', table: 'b', key: 'c', email: 'd' } } }),
    [],
  );
  assert.deepEqual(
    pointers({ fields: [{ column: 'tel', part: 'phone', classes: ['phone'] }] }),
    [],
  );
  assert.deepEqual(pointers({ ...META, fields: [{ key: 'acme_note', part: 'holds' }] }), []);
});

test('a path that begins with ** takes values as they are, plain or encoded', () => {
  assert.deepEqual(pointers(field({ path: '**' })), []);
  assert.deepEqual(pointers(field({ path: '**.email' })), []);
});

test('a dot that belongs to a name may be escaped', () => {
  assert.deepEqual(pointers(field({ path: 'a\\.b.c', encoding: ['json'] })), []);
});
