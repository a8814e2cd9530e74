// From a sample of rows to what a place holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyKey, classifyValue } from './classify-value.ts';
import { makePlaceClassifier } from './place-classifier.ts';
import type { PlaceVerdict, RowContext, SampledLeaf, SampledPlace } from './place-verdict.ts';

type Row = string | readonly (readonly [path: string, value: string])[];

function judge(
  place: Partial<SampledPlace>,
  rows: readonly Row[],
  about?: RowContext,
): PlaceVerdict {
  const classifier = makePlaceClassifier({ table: 'acme_data', column: 'blob', key: '', ...place });
  for (const row of rows) classifier.addRow(leavesOf(row), about);
  return classifier.verdict();
}

function leavesOf(row: Row): SampledLeaf[] {
  if (typeof row === 'string') return row === '' ? [] : [{ path: [], value: row }];
  return row.map(([path, value]) => ({ path: path.split('.'), value }));
}

const many = (count: number, row: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => row(index));
const person = (index: number): string => `ulla.iversen${String(index)}@webbrev.dk`;

test('an unnamed column holds addresses when one row in twenty does, not when one in fifty', () => {
  const sample = (every: number): PlaceVerdict =>
    judge(
      {},
      many(200, (index) => (index % every === 0 ? person(index) : 'blue')),
    );
  assert.deepEqual(sample(20).classes, ['email']);
  assert.equal(sample(20).rowsMatching, 10);
  assert.deepEqual(sample(50).classes, []);
});

test('one address at a reserved domain is a shipped default, three different ones are people of a test shop', () => {
  const sample = (different: number): readonly string[] =>
    judge(
      {},
      many(9, (index) => `ann${String(index % different)}@example.com`),
    ).classes;
  assert.deepEqual(sample(1), []);
  assert.deepEqual(sample(2), []);
  assert.deepEqual(sample(3), ['email']);
});

test('in the settings of the shop an address is its own, a list of five is not', () => {
  const option = { table: 'options', column: 'option_value', key: 'acme_alerts' };
  assert.deepEqual(judge(option, [[['to', person(1)]]]).classes, []);
  const listed = Array.from({ length: 5 }, (_, index) => [String(index), person(index)] as const);
  assert.deepEqual(judge(option, [listed]).classes, ['email']);
});

test("WordPress' rules for addresses are no passwords, though one leads to the page of lost ones", () => {
  const place = { table: 'options', column: 'option_value', key: 'rewrite_rules' };
  const classifier = makePlaceClassifier(place);
  const value = 'index.php?pagename=$matches[1]&lost-password=$matches[3]';
  classifier.addRow([{ path: ['(.?.+?)/lost-password(/(.*))?/?$'], value }]);
  assert.deepEqual(classifier.verdict().classes, []);
  assert.deepEqual(judge(place, [[['lost_password', 'Sommer2024!']]]).classes, ['credentials']);
});

test('a bare name is somebody when an address or phone stands beside it, else a thing', () => {
  const name = { table: 'acme_rows', column: 'name' };
  assert.deepEqual(judge({ ...name, columns: ['name', 'email'] }, ['Ulla Iversen']).classes, [
    'name',
  ]);
  assert.deepEqual(judge({ ...name, columns: ['name', 'slug'] }, ['Oak table']).classes, []);
  assert.deepEqual(
    judge({}, [
      [
        ['lines.0.name', 'Oak table'],
        ['payer.name', 'Ulla Iversen'],
      ],
    ]).paths,
    ['payer.name'],
  );
});

test('answers of forms are called by their labels', () => {
  const verdict = judge({ table: 'acme_forms' }, [
    [
      ['0.label', 'Your name'],
      ['0.value', 'Ulla Iversen'],
      ['1.label', 'E-mail'],
      ['1.value', person(1)],
      ['2.label', 'Message'],
      ['2.value', 'Do you ship to Graz?'],
    ],
  ]);
  assert.deepEqual(verdict.classes, ['name', 'email', 'free_text']);
  assert.deepEqual(verdict.paths, ['*.value']);
});

test('data in array keys is found and not told', () => {
  const keyed = makePlaceClassifier({
    table: 'usermeta',
    column: 'meta_value',
    key: 'acme_by_mail',
  });
  keyed.addRow([{ path: [person(1), 'seen'], value: '1' }]);
  assert.deepEqual(keyed.verdict().classes, ['email']);
  assert.deepEqual(keyed.verdict().paths, ['*.seen']);
});

test('array keys that could be anybody are not told: a name with a blank, or one of very many', () => {
  const named = makePlaceClassifier({ table: 'acme', column: 'answers', key: '' });
  named.addRow([{ path: ['Ulla Iversen', 'phone'], value: '+49 30 23125014' }]);
  assert.deepEqual(named.verdict().paths, ['*.phone']);
  const listed = makePlaceClassifier({ table: 'acme', column: 'answers', key: '' });
  for (let index = 0; index < 100; index += 1) {
    const key = `ulla${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`;
    listed.addRow([{ path: ['by', key, 'phone'], value: '+49 30 23125014' }]);
  }
  assert.deepEqual(listed.verdict().paths, ['by.*.phone']);
  assert.deepEqual(listed.verdict().classes, ['phone']);
});

test('values that look encrypted are told as opaque unless a name says what they are', () => {
  // Random bytes as an IV and two blocks of ciphertext would be.
  const cipher = (index: number): string => {
    let state = index * 2_654_435_761 + 12_345;
    return Buffer.from(
      Array.from(
        { length: 48 },
        () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >>> 16,
      ),
    ).toString('base64');
  };
  const blob = judge({ column: 'payer_blob' }, many(40, cipher));
  assert.deepEqual(blob.opaque, { rows: 40, shape: 'base64' });
  assert.deepEqual([blob.classes, blob.foundBy], [[], ['encrypted']]);
  const secret = judge({ column: 'api_secret' }, many(40, cipher));
  assert.deepEqual([secret.classes, secret.opaque], [['account_secret'], null]);
  assert.equal(
    judge(
      { column: 'checksum' },
      many(40, (index) => 'ab'.repeat(31) + String(10 + index)),
    ).opaque,
    null,
  );
});

test('text is searched: an address in one row of a hundred is told as unlinked text', () => {
  const verdict = judge(
    { column: 'payload' },
    many(100, (index) => (index === 7 ? `ask ${person(7)} again` : 'all is well')),
  );
  assert.deepEqual([verdict.classes, verdict.foundBy], [['email'], ['unlinked_text']]);
});

test('what the shop wrote about its goods concerns nobody, but a key left in it does', () => {
  const text = { table: 'posts', column: 'post_content' };
  assert.deepEqual(
    judge(text, ['Mail ulla@webbrev.dk about this oak table.'], { parent: 'product' }).classes,
    [],
  );
  assert.deepEqual(
    judge(text, [['sk', 'live', 'a1'.repeat(12)].join('_')], { parent: 'product' }).classes,
    ['account_secret'],
  );
});

test('classes of a known source stand whatever the sample shows', () => {
  const verdict = judge({ known: ['wallet'] }, ['nothing to see', '']);
  assert.deepEqual([verdict.classes, verdict.foundBy], [['wallet'], ['known_source']]);
  assert.deepEqual([verdict.rowsSampled, verdict.rowsMatching], [2, 1]);
});

test('a verdict holds names and counts, never a value', () => {
  const rows = many(30, (index): Row => [
    ['payer.mail', person(index)],
    ['payer.iban', 'DE89370400440532013000'],
    ['note', `call +49 30 23125014 for ${person(index)}`],
  ]);
  const told = JSON.stringify(judge({}, rows));
  for (const value of ['webbrev', 'DE8937', '23125014']) assert.ok(!told.includes(value), value);
});

test('one value alone: the name first, then its shape; a name alone is a hint', () => {
  const place = {
    table: 'wp_wc_orders_meta',
    column: 'meta_value',
    key: '_acme_card_number',
    path: [],
  };
  assert.deepEqual(classifyValue({ ...place, value: '4242424242424242' }), [
    { dataClass: 'payment_card', by: 'key', detector: 'card-number' },
  ]);
  assert.deepEqual(classifyValue({ ...place, value: '4242424242424241' }), []);
  assert.deepEqual(classifyValue({ ...place, key: '_order_no', value: '4242424242424242' }), []);
  assert.equal(classifyKey(place)[0]?.dataClass, 'payment_card');
  const digits = { ...place, key: 'customer_id', value: '17' };
  assert.deepEqual(classifyValue(digits), []);
  assert.deepEqual(
    classifyValue({ ...digits, key: '_stripe_customer_id', value: 'cus_Nb12cdEF34gh' }).map(
      ({ dataClass }) => dataClass,
    ),
    ['payment_token'],
  );
});
