// Values of real shapes, cut and bent at random: whatever they turn into is decoded without an error, in bounded work,
// and never into text that was not there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeSeededRandom } from '../evidence/seeded-random.ts';
import { decodeValue } from './decode-value.ts';
import { compileFields } from './read-field.ts';
import { scanRawText } from './scan-raw-text.ts';
import { DEFAULT_LIMITS } from './value-tree.ts';

const CUSTOMER =
  'a:4:{s:2:"id";s:1:"5";s:5:"email";s:16:"ann.lee@mail.org";s:4:"city";s:5:"Köln";s:9:"meta_data";a:0:{}}';
const LINE_ITEMS =
  '{"payer":{"email_address":"bob@example.org","phones":[{"n":"+4930123456"}]},"n":[1,2.5e3,true,null,"\\u00e9\\ud83d\\ude00"]}';
const text = (inner: string) => `s:${Buffer.byteLength(inner)}:"${inner}";`;
const SHAPES: readonly Buffer[] = [
  CUSTOMER,
  `a:3:{s:8:"customer";${text(CUSTOMER)}s:4:"cart";${text('a:0:{}')}s:3:"ppc";${text(LINE_ITEMS)}}`,
  LINE_ITEMS,
  LINE_ITEMS.replace(/["\\]/g, '\\$&'),
  Buffer.from(LINE_ITEMS).toString('base64'),
  'O:8:"stdClass":3:{s:4:"\0*\0a";R:1;s:10:"\0Ns\\Thing\0";d:-1.5E-7;s:1:"c";C:11:"ArrayObject":23:{x:i:0;a:0:{};m:a:0:{};}}',
  `a:2:{i:0;a:1:{s:1:"x";s:5:"a@b.c";}i:1;r:2;}`,
  JSON.stringify({ outer: CUSTOMER, inner: JSON.stringify({ again: text('c@example.com') }) }),
].map((shape) => Buffer.from(shape));

const FIELDS = compileFields(
  [
    { encoding: ['php'], path: 'customer.email', part: 'email' },
    { encoding: ['php'], path: '**.email', part: 'email' },
    { encoding: ['php'], path: '*.x', part: 'email' },
    { encoding: ['json'], path: 'payer.phones.*.n', part: 'phone' },
    { encoding: [], path: '**', part: 'email' },
    { encoding: ['base64', 'json'], path: 'payer.email_address', part: 'email' },
    { encoding: ['joined'], path: '', part: 'email' },
    { encoding: ['ip_binary'], path: '', part: 'ip_address' },
    { encoding: ['slashed_json', 'decrypt:none'], path: 'payer', part: 'holds' },
  ],
  new Map(),
);

function bend(shape: Buffer, random: (limit: number) => number): Buffer {
  let bent = Buffer.from(shape);
  if (random(2) === 0) bent = bent.subarray(0, random(bent.length + 1));
  if (random(4) === 0) bent = bent.subarray(random(bent.length + 1));
  for (let flips = random(6); flips > 0 && bent.length > 0; flips -= 1) {
    const at = random(bent.length);
    bent[at] = random(3) === 0 ? random(256) : (bent[at] ?? 0) ^ (1 << random(8));
  }
  if (random(10) === 0) bent = Buffer.concat([bent, shape, bent]);
  return bent;
}

test('20,000 cut and bent values decode without an error and without invented text', () => {
  const random = makeSeededRandom(20_260_301);
  let opened = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const raw = bend(SHAPES[random(SHAPES.length)] ?? Buffer.alloc(0), random);
    const decoded = decodeValue(raw);
    const read = FIELDS(raw);
    scanRawText(raw);
    assert.equal(read.fields.length, 9);
    assert.ok(read.unresolved >= 0);
    assert.ok(decoded.leaves.length <= raw.length + 1);
    if (decoded.encodings.length > 0) opened += 1;
    for (const { value } of decoded.leaves) {
      assert.notEqual(value, '');
      assert.ok(value.length <= raw.length, 'no leaf is longer than what it was read from');
    }
    const fromText = decodeValue(raw.toString('utf8'));
    assert.ok(Array.isArray(fromText.leaves));
  }
  assert.ok(opened > 8_000, `only ${opened} values were opened at all: the test bends too much`);
});

test('values made of random tokens of all encodings stay within the limits', () => {
  const random = makeSeededRandom(7);
  const tokens = [
    ...['a:2:{', 'i:0;', 's:5:"', 'hello', '";', '}', 'R:1;', 'r:2;', 'O:1:"A":1:{', 'N;', 'b:1;'],
    ...[
      '{"',
      '":',
      '"',
      ',',
      '[',
      ']',
      '\\',
      '\\"',
      'C:1:"A":9:{',
      'E:3:"A:B";',
      'ä',
      '\0',
      '@',
      '.',
    ],
  ];
  const limits = { ...DEFAULT_LIMITS, values: 500 };
  for (let round = 0; round < 3_000; round += 1) {
    let raw = tokens[random(tokens.length)] ?? '';
    for (let more = random(400); more > 0; more -= 1) raw += tokens[random(tokens.length)] ?? '';
    const before = process.cpuUsage();
    const { leaves } = decodeValue(raw, limits);
    assert.ok(leaves.length <= 2_001);
    assert.ok(process.cpuUsage(before).user < 1_000_000);
  }
});

test('an address kept from a large value does not keep the value in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const row = 'i:1;a:2:{s:5:"email";s:16:"ann.lee@mail.org";s:4:"name";s:9:"wrong";}';
  const read = compileFields([{ encoding: ['php'], path: '*.email' }], new Map());
  const kept: string[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 12; round += 1) {
    const large = Buffer.from(`a:9:{${row.repeat(20_000 + round)}`);
    kept.push(...(read(large).fields[0] ?? []).slice(0, 5).map(({ value }) => value));
  }
  collect();
  const grown = process.memoryUsage().heapUsed - before;
  assert.equal(kept.length, 60);
  assert.ok(grown < 4 * 1024 * 1024, `${grown} bytes stay for 60 addresses of 12 values of 1.4 MB`);
});
