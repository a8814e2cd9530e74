import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countOrdinals,
  eachOrdinal,
  formatOrdinals,
  parseOrdinals,
  splitOrdinals,
} from './ordinal-ranges.ts';
import { makeSeededRandom } from './seeded-random.ts';

test('any set of ordinals survives its text form', () => {
  const random = makeSeededRandom(3);
  for (let round = 0; round < 300; round += 1) {
    const set = new Set(Array.from({ length: random(60) }, () => random(100)));
    const text = formatOrdinals(set);
    const ranges = parseOrdinals(text);
    assert.deepEqual(
      [...eachOrdinal(ranges)],
      [...set].sort((a, b) => a - b),
    );
    assert.equal(countOrdinals(ranges), set.size);
    const parts = splitOrdinals(text, 20);
    assert.ok(parts.every((part) => part.length <= 20));
    assert.equal(parts.join(','), text);
  }
  assert.equal(formatOrdinals([501, ...Array.from({ length: 500 }, (_, i) => i)]), '0-499,501');
});

test('refuses every second spelling of a set', () => {
  for (const text of [
    '1,2',
    '0-1,2',
    '2,1',
    '1-1',
    '3-1',
    '01',
    '1-',
    '-1',
    '1,,2',
    ' 1',
    '1,',
    '100000000',
    '1.5',
    '0-9999999999',
  ]) {
    assert.throws(() => parseOrdinals(text), { code: 'evidence.range_invalid' }, text);
  }
});
