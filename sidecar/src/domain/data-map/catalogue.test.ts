import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogueFile, Source } from '../../contract/data-map.ts';
import { isCoded } from '../coded-error.ts';
import { keyMatches, makeCatalogue } from './catalogue.ts';
import { makeSource } from './source-scene.ts';

const payers = makeSource({
  id: 'acme.payers',
  place: { kind: 'table', table: 'acme_Payers', scope: 'site', key: 'id' },
  fields: [{ column: 'mail', part: 'email', classes: ['email'] }],
});
const users = makeSource({
  id: 'acme.users',
  place: { kind: 'meta', of: 'user', post_types: [] },
  fields: [
    { key: '{prefix}_acme_id', part: 'gateway_id', classes: ['payment_token'] },
    { key: '_acme_*', part: 'holds', classes: ['free_text'] },
    { key: '_acme_mail', part: 'email', classes: ['email'] },
    { key: '_acme_line_1', part: 'line1', classes: ['postal_address'] },
  ],
});
const forms = makeSource({
  id: 'acme.forms',
  place: { kind: 'meta', of: 'post', post_types: ['acme_form'] },
  fields: [{ key: '_email', part: 'email', classes: ['email'] }],
});
const coupons = makeSource({
  id: 'acme.coupons',
  place: {
    kind: 'table',
    table: 'postmeta',
    scope: 'site',
    key: 'meta_id',
    rows: { column: 'meta_key', values: ['_used_by'] },
  },
  fields: [{ column: 'meta_value', part: 'email', classes: ['email'] }],
});
const orders = makeSource({
  id: 'acme.orders',
  place: { kind: 'meta', of: 'order', post_types: [] },
  fields: [{ key: '_acme_payer', part: 'email', classes: ['email'] }],
});
const answers = makeSource({
  id: 'acme.answers',
  place: {
    kind: 'pairs',
    table: 'acme_answers',
    scope: 'site',
    owner: 'entry',
    name: 'field',
    value: 'answer',
  },
  fields: [{ key: '*', part: 'email', classes: ['email'] }],
});
const FILE: CatalogueFile = {
  version: 1,
  family: { id: 'acme', title: 'Acme', kind: 'gateway' },
  sources: [payers, users, forms, coupons, orders, answers],
};
const own: Source = makeSource({ ...payers, id: 'own.ledger', family: 'own' });
const catalogue = makeCatalogue([FILE], [own]);

const found = (
  table: string,
  column: string,
  key = '',
  more: { prefix?: string; parent?: string } = {},
): string[] =>
  catalogue
    .find({ prefix: 'wp_', table, column, key, ...more })
    .map(({ source, onlyOf }) => [source.id, ...onlyOf].join(' '));

test('a key pattern takes the prefix before and behind a key, of every site, with and without its last underscore', () => {
  const takes = (pattern: string, key: string, prefix = 'shop7_'): boolean =>
    keyMatches(pattern, key, prefix);
  assert.equal(takes('{prefix}_stripe_customer_id', 'shop7__stripe_customer_id'), true);
  assert.equal(takes('{prefix}_stripe_customer_id', 'shop7_2__stripe_customer_id'), true);
  assert.equal(takes('_wc_email_verified_{prefix}', '_wc_email_verified_shop7'), true);
  assert.equal(takes('_wc_email_verified_{prefix}', '_wc_email_verified_shop7_2'), true);
  assert.equal(takes('{prefix}capabilities', 'shop7_capabilities'), true);
  assert.equal(takes('{prefix}capabilities', 'other_capabilities'), false);
  assert.equal(takes('{prefix}capabilities', 'shopX_capabilities'), false);
  assert.equal(takes('{prefix}capabilities', 'wpXcapabilities', 'wp.'), false);
});

test('a key pattern takes any run of characters for *, and digits folded by a scan', () => {
  assert.equal(keyMatches('_wc_*_account_four', '_wc_braintree_card_account_four', 'wp_'), true);
  assert.equal(keyMatches('_wc_*_account_four', '_wc_x_account_four_old', 'wp_'), false);
  assert.equal(keyMatches('_field_*', '_field_\n', 'wp_'), true);
  assert.equal(keyMatches('a.c*', 'abcd', 'wp_'), false);
  assert.equal(keyMatches('paygatedotto_9*_id', 'paygatedotto_#x_id', 'wp_'), true);
  assert.equal(keyMatches('billing_email', 'Billing_Email', 'wp_'), false);
});

test('a column belongs to the sources that name it, in any letter case and at any site of a network', () => {
  assert.deepEqual(found('wp_acme_payers', 'MAIL'), ['acme.payers', 'own.ledger']);
  assert.deepEqual(found('wp_3_acme_payers', 'mail'), ['acme.payers', 'own.ledger']);
  assert.deepEqual(found('wp_acme_payers', 'tax_no'), []);
  assert.deepEqual(found('other_acme_payers', 'mail'), []);
});

test('a key belongs to the most exact pattern first, and folded keys are known too', () => {
  assert.deepEqual(found('wp_usermeta', 'meta_value', '_acme_mail'), ['acme.users', 'acme.users']);
  const [first] = catalogue.find({
    prefix: 'wp_',
    table: 'wp_usermeta',
    column: 'meta_value',
    key: '_acme_mail',
  });
  assert.equal(first?.fields[0]?.part, 'email');
  assert.deepEqual(found('wp_usermeta', 'meta_value', 'wp__acme_id'), ['acme.users']);
  assert.equal(found('wp_usermeta', 'meta_value', '_acme_line_#').length, 2);
  assert.deepEqual(found('wp_usermeta', 'meta_value', 'nickname'), []);
});

test('order keys are known in both order stores, but not on posts of another type', () => {
  assert.deepEqual(found('wp_wc_orders_meta', 'meta_value', '_acme_payer'), ['acme.orders']);
  assert.deepEqual(found('wp_postmeta', 'meta_value', '_acme_payer', { parent: 'shop_order' }), [
    'acme.orders',
  ]);
  assert.deepEqual(found('wp_postmeta', 'meta_value', '_acme_payer', { parent: 'product' }), []);
});

test("a key of posts of one type says so when the type is not known, and is nobody else's", () => {
  assert.deepEqual(found('wp_postmeta', 'meta_value', '_email'), ['acme.forms acme_form']);
  assert.deepEqual(found('wp_postmeta', 'meta_value', '_email', { parent: 'acme_form' }), [
    'acme.forms',
  ]);
  assert.deepEqual(found('wp_postmeta', 'meta_value', '_email', { parent: 'newsletter' }), []);
});

test('rows of a key/value table taken one by one are known by their key', () => {
  assert.deepEqual(found('wp_postmeta', 'meta_value', '_used_by'), ['acme.coupons']);
  assert.deepEqual(found('wp_postmeta', 'meta_value', '_price'), []);
});

test('answers of a form are known by any key and as a column', () => {
  assert.deepEqual(found('wp_acme_answers', 'answer', '5.3'), ['acme.answers']);
  assert.deepEqual(found('wp_acme_answers', 'answer'), ['acme.answers']);
  assert.deepEqual(found('wp_acme_answers', 'entry'), []);
});

test('sources are chosen by id and by family; none means all', () => {
  const chosen = (...ids: string[]): string[] => catalogue.select(ids).map(({ id }) => id);
  assert.equal(chosen().length, 7);
  assert.deepEqual(chosen('acme.orders', 'own.ledger'), ['acme.orders', 'own.ledger']);
  assert.deepEqual(chosen('family:own'), ['own.ledger']);
  assert.equal(chosen('family:acme', 'acme.orders').length, 6);
});

test('an unknown source is refused with names like it', () => {
  assert.throws(
    () => catalogue.select(['acme.orders', 'acme.payer']),
    (error) => {
      assert.ok(isCoded(error, 'data_map.unknown_source'));
      assert.match(error.detail ?? '', /acme\.payers/);
      assert.equal(error.fields[0]?.pointer, '/sources/ids/1');
      return true;
    },
  );
  assert.throws(() => catalogue.select(['family:acne']), /family:acne/);
});

test('two sources of one id are refused', () => {
  assert.throws(
    () => makeCatalogue([FILE], [makeSource({ ...payers })]),
    (error) => isCoded(error, 'data_map.bad_source'),
  );
});
