import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeValue } from './decode-value.ts';
import { scanRawText } from './scan-raw-text.ts';
import { DEFAULT_LIMITS } from './value-tree.ts';

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const php = (text: string) => `s:${Buffer.byteLength(text)}:"${text}";`;
const leaves = (raw: string | Uint8Array) =>
  decodeValue(raw).leaves.map(({ path, value }) => `${path.join('.')}=${value}`);

test('leaves plain values alone, also those that look like an encoding', () => {
  for (const plain of [
    'ann@example.com',
    'Renée Müller',
    '[gallery ids="1,2"]',
    '[1] see note',
    '{name}, thank you',
    'a: note',
    'i:think so',
    's:5 shoes',
    'wc_order_AbCdEfGhIjKl',
    'd41d8cd98f00b204e9800998ecf8427e',
    'AbCdEfGhIjKlMnOpQrStUvWx',
    'https',
    '1700000000',
    '"quoted" word',
  ]) {
    assert.deepEqual(leaves(plain), [`=${plain}`], plain);
    assert.deepEqual(decodeValue(plain).encodings, [], plain);
    assert.deepEqual(leaves(Buffer.from(plain)), [`=${plain}`], plain);
  }
  assert.deepEqual(leaves(''), []);
});

test('opens each encoding by its shape and tells the chain it met', () => {
  for (const [raw, found, chains] of [
    ['a:1:{s:1:"e";s:5:"a@b.c";}', 'e=a@b.c', ['php']],
    ['{"e":"a@b.c"}', 'e=a@b.c', ['json']],
    [' \n[{"e":"a@b.c"}]', '0.e=a@b.c', ['json']],
    ['{\\"e\\":\\"a@b.c\\"}', 'e=a@b.c', ['slashed_json']],
    [base64('{"e":"a@b.c"}'), 'e=a@b.c', ['base64', 'base64>json']],
    [base64('a:1:{s:1:"e";s:5:"a@b.c";}'), 'e=a@b.c', ['base64', 'base64>php']],
    [base64('ann.lee@example.com'), '=ann.lee@example.com', ['base64']],
    [`a:1:{s:1:"c";${php('a:1:{s:1:"e";s:5:"a@b.c";}')}}`, 'c.e=a@b.c', ['php', 'php>php']],
    [`a:1:{s:1:"c";${php('{"e":"a@b.c"}')}}`, 'c.e=a@b.c', ['php', 'php>json']],
    [JSON.stringify({ c: 'a:1:{s:1:"e";s:6:"é@b.c";}' }), 'c.e=é@b.c', ['json', 'json>php']],
    [php(php('a@b.c')), '=a@b.c', ['php', 'php>php']],
  ] as const) {
    assert.deepEqual(leaves(raw), [found], raw);
    const decoded = decodeValue(raw);
    assert.deepEqual(decoded.encodings, chains, raw);
    assert.equal(decoded.cut || decoded.damaged || decoded.tooDeep || decoded.latin1, false, raw);
  }
});

test('opens encodings in encodings to a depth of five, and says when there is more', () => {
  let raw = 'a@example.com';
  for (let layer = 0; layer < 5; layer += 1) raw = `a:1:{s:1:"k";${php(raw)}}`;
  assert.deepEqual(leaves(raw), ['k.k.k.k.k=a@example.com']);
  assert.equal(decodeValue(raw).tooDeep, false);
  const deeper = decodeValue(`a:1:{s:1:"k";${php(raw)}}`);
  assert.equal(deeper.tooDeep, true);
  assert.equal(deeper.leaves[0]?.value, 'a:1:{s:1:"k";s:13:"a@example.com";}');
});

test('gives the leaves before a cut inside nested text, under their right names', () => {
  const inner = 'a:3:{s:5:"email";s:5:"a@b.c";s:4:"city";s:4:"Bonn";s:4:"name";s:3:"Ann";}';
  const raw = `a:2:{s:4:"cart";s:0:"";s:8:"customer";${php(inner)}}`;
  const cut = decodeValue(raw.slice(0, raw.indexOf('Bonn') + 2));
  assert.deepEqual(
    cut.leaves.map(({ path, value }) => [path.join('.'), value]),
    [['customer.email', 'a@b.c']],
  );
  assert.equal(cut.cut, true);
  const json = decodeValue('{"payer":{"email":"a@b.c","name":"An');
  assert.deepEqual(json.leaves, [{ path: ['payer', 'email'], value: 'a@b.c' }]);
  assert.equal(json.cut, true);
});

test('reads invalid UTF-8 leaf by leaf as windows-1252 and never throws', () => {
  const raw = Buffer.concat([
    Buffer.from('a:2:{s:1:"a";s:5:"Ren'),
    Buffer.from([0xe9, 0x65]),
    Buffer.from('";s:1:"b";s:8:"5 \u20ac \u00e9";}'),
  ]);
  const { leaves: found, latin1 } = decodeValue(raw);
  assert.equal(found[0]?.value, 'Renée');
  assert.equal(found[1]?.value, '5 € é');
  assert.equal(latin1, true);
});

test('reads a plain value of a latin1 column, also the signs that windows-1252 adds', () => {
  assert.deepEqual(leaves(Buffer.from([0x52, 0xe9, 0x20, 0x80, 0x93])), ['=Ré €“']);
  assert.equal(decodeValue(Buffer.from([0xff, 0xfe, 0x00])).latin1, true);
  assert.equal(decodeValue(Buffer.from('ü')).latin1, false);
});

test('reads a value of 10 MB up to the limit in bounded time, and its addresses to the end', () => {
  const filler = 'x'.repeat(10 * 1024 * 1024);
  const text = `first@example.com ${filler} last@example.org`;
  const raw = `a:2:{s:5:"email";s:5:"a@b.c";s:3:"log";s:${text.length}:"${text}";}`;
  const decoded = decodeValue(raw);
  assert.equal(decoded.tooLarge, true);
  assert.equal(decoded.cut, true);
  assert.deepEqual(decoded.leaves, [{ path: ['email'], value: 'a@b.c' }]);
  assert.deepEqual(scanRawText(raw), ['first@example.com', 'last@example.org']);
  const plain = decodeValue(`${filler} ann@example.com`);
  assert.equal(plain.tooLarge, true);
});

test('finds addresses in raw bytes that nothing decodes', () => {
  const raw = Buffer.from(
    '\x00\x01s:99:"ann.lee+x@mail.example.co.uk"\xff,<bob@exämple.de>;x@;@y;a@b',
    'latin1',
  );
  assert.deepEqual(scanRawText(raw), ['ann.lee+x@mail.example.co.uk', 'bob@exämple.de']);
  assert.equal(scanRawText('a@b.cd '.repeat(10) + 'c@d.ef', 1).length, 1);
});

test('spends a bounded amount of work on values made to cost more', () => {
  const shared = Array.from(
    { length: 60 },
    (_none, at) => `i:${at + 1};a:2:{i:0;r:${at + 2};i:1;r:${at + 2};}`,
  );
  for (const raw of [
    `a:61:{i:0;a:1:{i:0;s:1:"x";}${shared.join('')}}`,
    `a:1:{i:0;${'s:9:"a:1:{i:0;'.repeat(50_000)}`,
    `a:1:{i:0;${'s:9:"x";x";'.repeat(100_000)}`,
    `{"a":"${'" x'.repeat(500_000)}`,
    `[${'"a",'.repeat(500_000)}`,
    '['.repeat(1_000_000),
    `"${'"        x'.repeat(100_000)}`,
    base64(base64(base64(base64(base64(base64('{"deep":"value"}')))))),
  ]) {
    const before = process.cpuUsage();
    const { leaves: found } = decodeValue(raw);
    const { user } = process.cpuUsage(before);
    assert.ok(found.length <= DEFAULT_LIMITS.values * 4);
    assert.ok(user < 5_000_000, `${raw.slice(0, 20)} took ${user} µs`);
  }
});
