import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toByteText } from './byte-text.ts';
import { parsePhp } from './php-serialized.ts';
import { NO_PHP, php } from './test-php.ts';
import { DEFAULT_LIMITS, startReading, type Node } from './value-tree.ts';

function parse(raw: string | Uint8Array, limits = DEFAULT_LIMITS) {
  const reading = startReading(limits);
  const parsed = parsePhp(toByteText(raw), reading);
  return { node: parsed?.node, complete: parsed?.complete ?? false, reading };
}

/** As PHP's own `json_decode(json_encode(…))` would show it: lists and objects alike by key. */
function plain(node: Node | undefined): unknown {
  if (node === undefined || node === null || typeof node === 'string') return node;
  return node.keys.map((key, index) => [key, plain(node.items[index])]);
}

test('reads scalars of every kind', () => {
  for (const [raw, value] of [
    ['s:5:"hello";', 'hello'],
    ['i:-42;', '-42'],
    ['d:0.1;', '0.1'],
    ['d:INF;', 'INF'],
    ['d:-INF;', '-INF'],
    ['d:NAN;', 'NAN'],
    ['b:1;', '1'],
    ['b:0;', ''],
    ['N;', null],
    ['E:11:"Suit:Hearts";', 'Hearts'],
    ['S:5:"a\\41b";', 'aAb'],
  ] as const) {
    assert.deepEqual(parse(raw).node, value, raw);
    assert.equal(parse(raw).complete, true, raw);
  }
});

test('cleans private and protected names and never asks for the class', () => {
  const raw = 'O:8:"Customer":3:{s:1:"a";i:1;s:4:"\0*\0b";i:2;s:11:"\0Customer\0c";i:3;}';
  assert.deepEqual(plain(parse(raw).node), [
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
  ]);
});

test('gives a reference the value it means, and nothing to one that means what it is part of', () => {
  const shared = parse('a:3:{i:0;s:1:"x";i:1;R:2;i:2;r:2;}');
  assert.deepEqual(plain(shared.node), [
    ['0', 'x'],
    ['1', 'x'],
    ['2', 'x'],
  ]);
  const cycle = parse('a:2:{i:0;R:1;i:1;s:1:"y";}');
  assert.deepEqual(plain(cycle.node), [
    ['0', null],
    ['1', 'y'],
  ]);
  assert.equal(parse('a:1:{i:0;R:999999;}').complete, true);
});

test('opens what a class wrote by itself from its first serialized value on', () => {
  const { node } = parse('C:11:"ArrayObject":41:{x:i:0;a:1:{s:5:"email";s:5:"a@b.c";};m:a:0:{}}');
  assert.ok(typeof node === 'string');
  assert.match(node, /^a:1:\{s:5:"email"/);
});

test('gives what was complete before a cut, wherever it falls', () => {
  const raw =
    'a:3:{s:4:"name";s:3:"Ann";s:5:"email";s:11:"ann@x.com.a";s:4:"list";a:1:{i:0;s:1:"z";}}';
  for (let length = 0; length < raw.length; length += 1) {
    const { node, complete, reading } = parse(raw.slice(0, length));
    assert.equal(complete, false);
    const found = plain(node) ?? [];
    assert.ok(Array.isArray(found));
    if (length > raw.indexOf('";s:5:"email') + 2) {
      assert.deepEqual(found[0], ['name', 'Ann']);
      assert.equal(reading.cut, true);
    }
    const email = found[1] as unknown[] | undefined;
    if (email !== undefined) assert.deepEqual(email, ['email', 'ann@x.com.a']);
  }
});

test('mends lengths that a change of character set or a replaced domain left wrong', () => {
  const latin = parse('a:2:{s:4:"name";s:5:"Renée";s:5:"email";s:5:"a@b.c";}');
  assert.deepEqual(plain(latin.node), [
    ['name', toByteText('Renée')],
    ['email', 'a@b.c'],
  ]);
  assert.equal(latin.reading.damaged, true);
  assert.equal(latin.complete, true);

  const replaced = parse(
    'a:2:{s:3:"url";s:14:"https://much-longer.example";s:5:"email";s:5:"a@b.c";}',
  );
  assert.deepEqual(plain(replaced.node), [
    ['url', 'https://much-longer.example'],
    ['email', 'a@b.c'],
  ]);
});

test('mends a wrong length around serialized text by the end of that text, not by its first quote', () => {
  const inner = 'a:2:{s:5:"email";s:11:"ann@new.org";s:1:"n";s:1:"A";}';
  const raw = `a:2:{s:4:"cust";s:${inner.length - 4}:"${inner}";s:1:"k";s:1:"v";}`;
  assert.deepEqual(plain(parse(raw).node), [
    ['cust', inner],
    ['k', 'v'],
  ]);
});

test('undoes UTF-8 that a table took for latin1, told by the length', () => {
  const { node } = parse('a:1:{s:4:"name";s:6:"RenÃ©e";}');
  assert.deepEqual(plain(node), [['name', toByteText('Renée')]]);
});

test('stops at the limits of depth and of values and says which', () => {
  const deep = parse('a:1:{i:0;'.repeat(100_000));
  assert.equal(deep.reading.tooDeep, true);
  const many = parse(`a:9:{${'i:0;i:1;'.repeat(1000)}}`, { ...DEFAULT_LIMITS, values: 100 });
  assert.equal(many.reading.tooLarge, true);
  assert.equal((plain(many.node) as unknown[]).length, 99);
});

test('reads what PHP writes as PHP reads it', { skip: NO_PHP }, () => {
  const code = `
    mt_srand(7);
    function make($d) {
      switch (mt_rand(0, $d > 3 ? 5 : 8)) {
        case 0: return mt_rand(-1000000, 1000000);
        case 1: return (bool) mt_rand(0, 1);
        case 2: return null;
        case 3: return substr(str_repeat("\\x00\\"';{}aé€😀:", 4), 0, mt_rand(0, 40));
        case 4: return mt_rand() / 7.0;
        case 5: return serialize(['nested' => "é\\";i:1;"]);
        case 6: $o = new stdClass; $n = mt_rand(0, 4); for ($i = 0; $i < $n; $i++) $o->{"p$i"} = make($d + 1); return $o;
        default: $a = []; $n = mt_rand(0, 5); for ($i = 0; $i < $n; $i++) $a[mt_rand(0, 1) ? $i : "k\\"é$i"] = make($d + 1); return $a;
      }
    }
    function show($v) {
      if (is_array($v) || is_object($v)) { $r = []; foreach ((array) $v as $k => $w) $r[] = [bin2hex((string) $k), show($w)]; return $r; }
      if ($v === null) return null;
      return bin2hex(is_float($v) ? substr(serialize($v), 2, -1) : (string) $v);
    }
    for ($i = 0; $i < 400; $i++) { $v = make(0); echo bin2hex(serialize($v)), ' ', json_encode(show($v)), "\\n"; }`;
  const hex = (node: Node | undefined): unknown => {
    if (node === undefined || node === null) return null;
    if (typeof node === 'string') return Buffer.from(node, 'latin1').toString('hex');
    return node.keys.map((key, index) => [hex(key), hex(node.items[index] ?? null)]);
  };
  const lines = php(code).toString('latin1').trim().split('\n');
  assert.equal(lines.length, 400);
  for (const line of lines) {
    const [serialized = '', shown = ''] = line.split(/ (.*)/s);
    const { node, complete, reading } = parse(Buffer.from(serialized, 'hex'));
    assert.equal(complete, true);
    assert.equal(reading.damaged, false);
    assert.deepEqual(hex(node), JSON.parse(shown));
  }
});
