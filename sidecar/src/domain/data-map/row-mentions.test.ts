import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import type { SourceField } from '../../contract/data-map.ts';
import { classesOf } from '../audience/held-classes.ts';
import { mentionsOf, shapeOf, type RowOwner } from './row-mentions.ts';
import { makeSource } from './source-scene.ts';

type Field = z.input<typeof SourceField>;
type Valued = Field & { values: string[] };

const OWNER: RowOwner = { row: '77', userId: 5, orderId: 9, emails: [], at: 1_000 };

/** `values`: for each field its values, `entry:value` for one of a list. */
function mentions(
  fields: Valued[],
  change: Partial<Parameters<typeof makeSource>[0]> = {},
  owner: RowOwner = OWNER,
) {
  const source = makeSource({
    ...change,
    fields: fields.map(({ values: _values, ...field }) => field),
  });
  const found = fields.map(({ values }) =>
    values.map((text) => {
      const [, entry = '', value = ''] = /^(?:(\d+):)?(.*)$/s.exec(text) ?? [];
      return { value, entry };
    }),
  );
  return mentionsOf(shapeOf(source), owner, found);
}

const email = (values: string[], more: Partial<Field> = {}): Valued => ({
  column: 'mail',
  part: 'email',
  classes: ['email'],
  ...more,
  values,
});
const name = (values: string[], more: Partial<Field> = {}): Valued => ({
  column: 'name',
  part: 'full_name',
  classes: ['name'],
  ...more,
  values,
});

test('the fields of one row are one person, with the classes of what is really there', () => {
  const [only, ...more] = mentions([
    email(['ann@example.com']),
    email(['second@example.com', 'ann@example.com'], { column: 'other' }),
    name(['Ann Maria Lee']),
    { column: 'tel', part: 'phone', classes: ['phone'], values: ['  '] },
    { column: 'zip', part: 'postcode', classes: ['postal_address'], values: ['12345'] },
    { column: 'cus', part: 'gateway_id', classes: ['payment_token'], values: ['cus_1'] },
  ]);
  assert.deepEqual(more, []);
  assert.deepEqual(only?.emails, ['ann@example.com', 'second@example.com']);
  assert.deepEqual([only.firstName, only.lastName], ['Ann', 'Maria Lee']);
  assert.deepEqual([only.row, only.userId, only.orderId, only.at], ['77', 5, 9, 1_000]);
  assert.deepEqual([only.gatewayIds, only.postal.postcode], [['acme:cus_1'], '12345']);
  assert.deepEqual(classesOf(only.classes), ['name', 'email', 'postal_address', 'payment_token']);
});

test('roles and list entries are people of their own', () => {
  const found = mentions([
    email(['0:a@example.com', '1:b@example.com'], { path: 'items.*.email', encoding: ['php'] }),
    name(['0:Ann', '1:Bob'], { path: 'items.*.name', encoding: ['php'] }),
    email(['gift@example.com'], { column: 'gift', role: 'gift_recipient' }),
  ]);
  assert.deepEqual(
    found.map((one) => [one.row, one.role, one.emails[0], one.firstName]),
    [
      ['77', 'payer', 'a@example.com', 'Ann'],
      ['77#2', 'payer', 'b@example.com', 'Bob'],
      ['77#3', 'gift_recipient', 'gift@example.com', ''],
    ],
  );
});

test('list entries that name nobody say something of the person of the row', () => {
  const found = mentions([
    email(['ann@example.com']),
    {
      column: 'cards',
      path: '*.last4',
      encoding: ['php'],
      part: 'holds',
      classes: ['payment_card_partial'],
      values: ['0:held', '1:held'],
    },
  ]);
  assert.equal(found.length, 1);
  assert.deepEqual(classesOf(found[0]?.classes ?? 0), ['email', 'payment_card_partial']);
});

test('a form can name a friend: no address among the answers is taken for the one the row belongs to', () => {
  const answers = { column: 'value', path: '**', encoding: ['json' as const] };
  const found = mentions(
    [
      email(['hello', 'ann@example.com', 'ANN@example.com', 'friend@example.com'], answers),
      name(['Ann'], { column: 'name' }),
    ],
    { role: 'subscriber' },
  );
  assert.deepEqual(
    found.map((one) => [one.row, one.emails, one.firstName, one.userId, one.orderId]),
    [
      ['77', [], 'Ann', 5, 9],
      ['77#2', ['ann@example.com'], '', 0, 0],
      ['77#3', ['friend@example.com'], '', 0, 0],
    ],
  );
});

test('what a pattern finds and is no address is nobody, and no class either', () => {
  assert.deepEqual(
    mentions([
      email(['see you @ noon', 'x@2x.', 'a b@example.com'], {
        column: 'note',
        path: '**',
        encoding: ['json'],
      }),
    ]),
    [],
  );
});

test('an address and a user id can share a column', () => {
  const shared = (text: string) =>
    mentions(
      [
        { column: 'used_by', part: 'user_id', classes: ['order_history'], values: [text] },
        email([text], { column: 'used_by' }),
      ],
      {},
      { ...OWNER, userId: 0, orderId: 0 },
    );
  assert.deepEqual(
    shared('12').map((one) => [one.userId, one.emails]),
    [[12, []]],
  );
  assert.deepEqual(
    shared('ann@example.com').map((one) => [one.userId, one.emails]),
    [[0, ['ann@example.com']]],
  );
});

test('an id in the values is whose the person is, before the one of the row', () => {
  const [recipient] = mentions([
    { column: 'to', part: 'user_id', role: 'gift_recipient', values: ['31'] },
  ]);
  assert.deepEqual(
    [recipient?.role, recipient?.userId, recipient?.orderId],
    ['gift_recipient', 31, 9],
  );
});

test('a source of classes tells the link and the classes, never a value', () => {
  const [only, ...more] = mentions(
    [
      email(['0:a@example.com', '1:b@example.com'], { path: '*', encoding: ['php'] }),
      name(['Ann']),
    ],
    { yields: 'classes' },
    { ...OWNER, emails: ['linked@example.com'] },
  );
  assert.deepEqual(more, []);
  assert.deepEqual([only?.emails, only?.firstName, only?.userId], [['linked@example.com'], '', 5]);
  assert.deepEqual(classesOf(only?.classes ?? 0), ['name', 'email']);
});

test('a row that holds nothing is no mention', () => {
  assert.deepEqual(mentions([email([]), name(['', ' '])]), []);
});

test('what the privacy tools put where they erased something is no value', () => {
  const masked = [email(['deleted@site.invalid']), name(['[deleted]'])];
  assert.deepEqual(
    mentions(masked).map((one) => [one.emails, one.firstName, one.classes]),
    [[['deleted@site.invalid'], '', 0]],
  );
  assert.deepEqual(mentions(masked, { yields: 'classes' }), []);
});

test('in a row of nobody known, the first address found is the one the row is about', () => {
  const found = mentions(
    [
      email(['ann@example.com', 'friend@example.com'], { path: '**', encoding: ['json'] }),
      { column: 'text', part: 'holds', classes: ['free_text'], values: ['held'] },
    ],
    { role: 'subscriber' },
    { ...OWNER, userId: 0, orderId: 0 },
  );
  assert.deepEqual(
    found.map((one) => [one.emails, classesOf(one.classes)]),
    [
      [['ann@example.com'], ['email', 'free_text']],
      [['friend@example.com'], ['email']],
    ],
  );
});

test('a shipping part that repeats the buyer names nobody else, and what it holds is the buyer’s', () => {
  const cart = (first: string) =>
    mentions(
      [
        email(['ann@example.com']),
        name(['Ann Lee']),
        name([`${first} Lee`], { column: 'to', role: 'shipping_contact' }),
        {
          column: 'street',
          part: 'line1',
          classes: ['postal_address'],
          role: 'shipping_contact',
          values: ['1 Road'],
        },
      ],
      { role: 'buyer' },
    ).map((one) => [one.role, one.firstName, one.postal.line1, classesOf(one.classes)]);
  assert.deepEqual(cart('ANN'), [['buyer', 'Ann', '1 Road', ['name', 'email', 'postal_address']]]);
  assert.deepEqual(cart('Mary'), [
    ['buyer', 'Ann', '', ['name', 'email']],
    ['shipping_contact', 'Mary', '1 Road', ['name', 'postal_address']],
  ]);
});
