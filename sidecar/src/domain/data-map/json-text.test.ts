import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText, toByteText } from './byte-text.ts';
import { parseJson } from './json-text.ts';
import { DEFAULT_LIMITS, startReading, type Node } from './value-tree.ts';

function parse(raw: string) {
  const reading = startReading(DEFAULT_LIMITS);
  const parsed = parseJson(toByteText(raw), reading);
  return { ...parsed, reading };
}
function plain(node: Node | undefined): unknown {
  if (node === undefined || node === null) return node;
  if (typeof node === 'string') return readText(node).text;
  return node.keys.map((key, index) => [readText(key).text, plain(node.items[index])]);
}

test('reads what JSON.parse reads, escapes and surrogate pairs included', () => {
  const value = { 'k"é': 'a\\"\n\t€😀\u0000', l: ['x', '', 'ü'], o: { p: '' } };
  for (const raw of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
    const { node, complete } = parse(raw);
    assert.equal(complete, true);
    assert.deepEqual(plain(node), [
      ['k"é', 'a\\"\n\t€😀\u0000'],
      [
        'l',
        [
          ['0', 'x'],
          ['1', ''],
          ['2', 'ü'],
        ],
      ],
      ['o', [['p', '']]],
    ]);
  }
  assert.deepEqual(plain(parse('"\\ud83d\\ude00 \\u00e9 \\/ \\u20ac"').node), '😀 é / €');
});

test('keeps the digits of long numbers and both values of a key that comes twice', () => {
  assert.deepEqual(plain(parse('{"n":41111111111111112222,"e":-1.50e3,"n":0}').node), [
    ['n', '41111111111111112222'],
    ['e', '-1.50e3'],
    ['n', '0'],
  ]);
});

test('gives what was complete before a cut', () => {
  const raw = '{"a":"one","b":[{"c":"two"},{"c":"three"}],"d":12}';
  for (let length = 1; length < raw.length; length += 1) {
    const { node, complete } = parse(raw.slice(0, length));
    assert.equal(complete, false);
    const leaves = JSON.stringify(plain(node));
    assert.equal(leaves.includes('one'), length >= '{"a":"one"'.length);
    assert.equal(leaves.includes('three'), length >= raw.indexOf('three') + 6);
    assert.equal(leaves.includes('thr') && !leaves.includes('three'), false, 'half a value');
    assert.equal(leaves.includes('"d"'), false, 'a number that may lack digits');
  }
});

test('takes a quote that lost its backslash for a part of the text', () => {
  const { node, reading } = parse('{"shop":"The "Big" One","email":"a@b.c"}');
  assert.deepEqual(plain(node), [
    ['shop', 'The "Big" One'],
    ['email', 'a@b.c'],
  ]);
  assert.equal(reading.damaged, true);
});

test('says that something follows, and that it is nested too deep', () => {
  assert.equal(parse('{"a":"b"} and more').trailing, true);
  assert.equal(parse('['.repeat(10_000)).reading.tooDeep, true);
  assert.equal(parse('nonsense').node, undefined);
});
