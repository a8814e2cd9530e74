import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareScans, coverageOf, hashOfMap, type MapEntry } from './compare-scans.ts';
import { foldKey } from './fold-key.ts';
import { placeDigest, placeId } from './found-place.ts';
import { lastNumber, linkCandidates } from './link-candidates.ts';
import { coversPath, leastClasses } from './path-coverage.ts';
import { pairColumns, type ColumnFacts } from './scan-table.ts';

const KEYS: [string, string, string[]][] = [
  ['_billing_email', '_billing_email', []],
  ['_billing_address_1', '_billing_address_#', []],
  ['Payer PayPal address', 'Payer PayPal address', []],
  ['_transient_geoip_203.0.113.7', '_transient_geoip_#', ['ip_address']],
  ['_transient_geoip_2001:db8::7', '_transient_geoip_#', ['ip_address']],
  ['seen:2001:db8:0:0:1:0:0:1', 'seen:#', ['ip_address']],
  ['_transient_timeout_x_ann_lee@example.com', '_transient_timeout_#', ['email']],
  ['lead/ann.leé@example.com/2', 'lead/#/#', ['email']],
  ['cart-ann%40example.com', '#', ['email']],
  [
    '_transient_wc_report_customers_5f4dcc3b5aa765d61d8327deb882cf99',
    '_transient_wc_report_customers_#',
    [],
  ],
  ['cus_9s6XKzkNRiz8i3JKq2', 'cus_#', []],
  ['job_0190a6f2-77d1-7cde-9d5a-8a1f2b3c4d5e', 'job_#', []],
  ['_wc_other/shop/referral_code', '_wc_other/shop/referral_code', []],
  ['version_10.5.0', 'version_#.#.#', []],
];

for (const [raw, key, classes] of KEYS) {
  test(`the key ${raw} is kept as ${key}`, () => {
    assert.deepEqual(foldKey(raw), { key, classes });
  });
}

test('a key is never kept longer than a name may be, nor with what cannot be printed', () => {
  assert.equal(foldKey('k'.repeat(300)).key.length, 190);
  assert.equal(foldKey('a\u0000b\nc').key, 'a?b?c');
});

const field = (path: string, part = 'email', classes = ['email'], encoding = ['php']) =>
  ({ path, part, classes, encoding }) as Parameters<typeof coversPath>[0][number];

const PATHS: [string, ReturnType<typeof field>, string[], string, boolean][] = [
  ['a named value', field('payer.email'), ['payer', 'email'], 'a@b.de', true],
  ['another name', field('payer.email'), ['payer', 'mail'], 'a@b.de', false],
  ['a value below a named one', field('payer'), ['payer', 'email'], 'a@b.de', false],
  ['entries of a list', field('items.*.email'), ['items', '3', 'email'], 'a@b.de', true],
  ['any depth', field('**.email'), ['a', 'b', 'email'], 'a@b.de', true],
  ['any depth, another name', field('**.email'), ['a', 'b', 'mail'], 'a@b.de', false],
  [
    'what a container holds',
    field('cart', 'holds', ['order_history']),
    ['cart', '1', 'sku'],
    'x',
    true,
  ],
  [
    'an address a container holds',
    field('cart', 'holds', ['order_history']),
    ['cart', 'note'],
    'to a@b.de',
    false,
  ],
  [
    'an address the container names',
    field('', 'holds', ['email']),
    ['cart', 'note'],
    'to a@b.de',
    true,
  ],
  ['an encrypted value', field('x', 'email', ['email'], ['decrypt:acme', 'json']), [], 'x', true],
  ['a folded name', field('field_12.email'), ['field_#', 'email'], 'a@b.de', true],
];

for (const [name, one, path, value, covered] of PATHS) {
  test(`${name} is ${covered ? '' : 'not '}covered`, () => {
    assert.equal(coversPath([one], path, leastClasses(value)), covered);
  });
}

const entry = (id: string, state: MapEntry['state'], classes: string[] = ['email']): MapEntry =>
  ({ id, state, classes }) as MapEntry;

test('two maps differ by what is new, gone, mapped or of other classes, new blind spots first', () => {
  const before = [
    entry('a', 'blind_spot'),
    entry('b', 'mapped'),
    entry('c', 'mapped'),
    entry('g', 'mapped'),
  ];
  const after = [
    entry('a', 'mapped'),
    entry('b', 'mapped', ['phone', 'email']),
    entry('c', 'blind_spot'),
    entry('d', 'mapped'),
    entry('e', 'blind_spot'),
  ];
  assert.deepEqual(
    compareScans(before, after).map(({ kind, place }) => `${kind} ${place}`),
    [
      'new_blind_spot c',
      'new_blind_spot e',
      'new_place d',
      'classes_changed b',
      'now_mapped a',
      'gone g',
    ],
  );
  assert.deepEqual(compareScans(after, after.toReversed()), []);
  assert.equal(hashOfMap(after), hashOfMap(after.toReversed()));
  assert.notEqual(hashOfMap(after), hashOfMap(before));
});

test('coverage is 100 only when nothing is left, and without places', () => {
  assert.equal(coverageOf({ mapped: 0, ignored: 0, blind_spots: 0 }), 100);
  assert.equal(coverageOf({ mapped: 99_990, ignored: 9, blind_spots: 1 }), 99.9);
  assert.equal(coverageOf({ mapped: 1, ignored: 1, blind_spots: 2 }), 50);
});

test('a place has one name, short enough for the screens and the log', () => {
  const names = {
    table: 'wp_posts',
    column: 'post_content',
    key: '',
    parent: 'nf_sub',
    rest: true,
  };
  assert.equal(placeId(names), 'wp_posts[nf_sub]/post_content (other paths)');
  const long = placeId({ ...names, key: 'k'.repeat(500) });
  assert.equal(long.length, 400);
  assert.match(long, / \(other paths\)$/);
  assert.match(placeDigest(long), /^plc_[0-9a-f]{32}$/);
});

test('links are proposed by name and by what the numbers are, the surest first', () => {
  const values = ['WC-11', 'WC-12', 'WC-13'];
  const numbers = ['11', '12', '13'];
  const column = (name: string, of: string[], addresses = 0) => ({
    column: name,
    values: of,
    addresses,
  });
  const found = linkCandidates(
    [
      column('mail', ['a@b.de', 'c@d.de'], 2),
      column('reference', values),
      column('customer_id', numbers),
      column('level', ['1', '2']),
      column('amount', numbers),
    ],
    new Map([
      ['reference', { user: 3, order: 3 }],
      ['customer_id', { user: 3, order: 3 }],
      ['level', { user: 2, order: 2 }],
      ['amount', { user: 3, order: 1 }],
    ]),
  );
  assert.deepEqual(found, [
    { column: 'reference', kind: 'order_text' },
    { column: 'customer_id', kind: 'user_id' },
    { column: 'mail', kind: 'email' },
  ]);
  assert.equal(lastNumber('WC-0012'), '12');
  assert.equal(lastNumber('none'), null);
});

test('key/value rows are known by columns named alike, and a bare name beside a value is no key', () => {
  const columns = (...names: string[]): ColumnFacts[] =>
    names.map((name) => ({
      name,
      type: name.endsWith('id') ? 'bigint' : 'longtext',
      autoIncrement: name === 'id',
    }));
  const of = (...names: string[]) =>
    pairColumns({ name: 't', rows: 1, key: ['id'], columns: columns(...names) });
  assert.deepEqual(of('id', 'entry_id', 'meta_key', 'meta_value'), {
    name: 'meta_key',
    value: 'meta_value',
    owner: 'entry_id',
  });
  assert.deepEqual(of('id', 'field_name', 'field_value')?.name, 'field_name');
  assert.deepEqual(of('id', 'submission_id', 'key', 'value')?.owner, 'submission_id');
  assert.equal(of('id', 'name', 'value'), null);
  assert.equal(of('id', 'email', 'note'), null);
});
