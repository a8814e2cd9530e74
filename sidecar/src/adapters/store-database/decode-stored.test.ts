// What databases do to values before anyone decodes them: another character set, bytes that are no text, cut tails, sizes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeValue } from '../../domain/data-map/decode-value.ts';
import { compileFields } from '../../domain/data-map/read-field.ts';
import { scanRawText } from '../../domain/data-map/scan-raw-text.ts';
import { openStorePool, type StorePool } from './store-pool.ts';
import { startTestServer, type TestServer, type TestShop } from './test-shop.ts';

let server: TestServer;
let shop: TestShop;
let pool: StorePool;

before(async () => {
  server = await startTestServer();
  shop = await server.makeShop({ woocommerce: false });
  pool = openStorePool(shop.config);
});
after(async () => {
  await pool.close();
  await server.stop();
});

async function stored(table: string): Promise<(string | Buffer | null)[]> {
  const rows = await pool.lists(`SELECT v FROM ${table} ORDER BY id`);
  return rows.map(([value]) => (typeof value === 'number' ? String(value) : (value ?? null)));
}
const email = compileFields([{ encoding: ['php'], path: '**.email', part: 'email' }], new Map());
const emails = (raw: string | Buffer | null) =>
  (email(raw).fields[0] ?? []).map(({ value }) => value);
const leaves = (raw: string | Buffer | null) =>
  decodeValue(raw ?? '').leaves.map(({ path, value }) => `${path.join('.')}=${value}`);

test('a latin1 table gives the same people, whether it holds latin1 or UTF-8 that was called latin1', async () => {
  await shop.exec('CREATE TABLE old_meta (id INT PRIMARY KEY, v LONGTEXT) CHARSET=latin1');
  const customer = (name: string) =>
    `a:2:{s:4:"name";s:${name.length}:"${name}";s:5:"email";s:13:"rene@mail.org";}`;
  const right = Buffer.from(customer('René €'), 'utf8');
  // Written over a connection that said latin1 and sent UTF-8, as old shops did: the lengths are of the UTF-8.
  const asUtf8 = Buffer.from('a:2:{s:4:"name";s:9:"René €";s:5:"email";s:13:"rene@mail.org";}');
  await shop.exec(`INSERT INTO old_meta VALUES (1, _utf8mb4 x'${right.toString('hex')}')`);
  await shop.exec(`INSERT INTO old_meta VALUES (2, x'${asUtf8.toString('hex')}')`);
  for (const raw of await stored('old_meta')) {
    assert.deepEqual(leaves(raw), ['name=René €', 'email=rene@mail.org']);
    assert.deepEqual(emails(raw), ['rene@mail.org']);
  }
});

test('bytes that are no UTF-8, read as bytes, give their text and the address beside it', async () => {
  await shop.exec('CREATE TABLE blobs (id INT PRIMARY KEY, v LONGBLOB)');
  const bytes = Buffer.concat([
    Buffer.from('a:2:{s:4:"name";s:4:"Ren'),
    Buffer.from([0xe9]),
    Buffer.from('";s:5:"email";s:13:"rene@mail.org";}'),
  ]);
  await shop.exec(
    `INSERT INTO blobs VALUES (1, x'${bytes.toString('hex')}'), (2, x'fffe0001'), (3, NULL)`,
  );
  const [value, noise, nothing] = await stored('blobs');
  assert.ok(Buffer.isBuffer(value));
  assert.deepEqual(leaves(value), ['name=René', 'email=rene@mail.org']);
  assert.equal(decodeValue(value).latin1, true);
  assert.equal(decodeValue(noise ?? '').leaves.length, 1);
  assert.deepEqual(email(nothing ?? null), { fields: [[]], unresolved: 0 });
});

test('a value that its column cut gives the people before the cut, and counts', async () => {
  await shop.exec('CREATE TABLE cut_meta (id INT PRIMARY KEY, v TEXT) CHARSET=utf8mb4');
  const entry = (at: number) =>
    `i:${at};a:2:{s:5:"email";s:${`p${at}@mail.org`.length}:"p${at}@mail.org";s:4:"note";s:3:"é!";}`;
  const people = Array.from({ length: 2_000 }, (_none, at) => entry(at));
  await shop.exec('INSERT INTO cut_meta VALUES (1, ?)', [`a:2000:{${people.join('')}}`]);
  const [value] = await stored('cut_meta');
  assert.ok(typeof value === 'string' && Buffer.byteLength(value) <= 65_535);
  const read = compileFields(
    [{ encoding: ['php'], path: '*.email', part: 'email' }],
    new Map(),
  )(value);
  const whole =
    people
      .join('')
      .slice(0, value.length)
      .match(/p\d+@mail\.org";/g) ?? [];
  assert.equal(read.fields[0]?.length, whole.length);
  assert.equal(read.unresolved, 1);
});

test('a value of 10 MB gives what its limit lets through, counts, and hides no address', async () => {
  await shop.exec('CREATE TABLE large_meta (id INT PRIMARY KEY, v LONGTEXT) CHARSET=utf8mb4');
  await shop.exec(
    `INSERT INTO large_meta VALUES (1, CONCAT('a:2:{s:5:"email";s:9:"a@mail.io";s:3:"log";s:10485773:"',
     REPEAT('x', 10485760), ' b@mail.io ok";}'))`,
  );
  const [value] = await stored('large_meta');
  assert.ok(typeof value === 'string' && value.length > 10_000_000);
  assert.deepEqual(emails(value), ['a@mail.io']);
  assert.equal(email(value).unresolved, 1);
  assert.deepEqual(scanRawText(value), ['a@mail.io', 'b@mail.io']);
});
