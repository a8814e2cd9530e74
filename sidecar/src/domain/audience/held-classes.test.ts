import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataClass } from '../../contract/scope.ts';
import { countryKey } from './country-key.ts';
import { classBits, classesOf } from './held-classes.ts';

test('every class of the contract has a bit of its own', () => {
  assert.deepEqual(classesOf(classBits(DataClass.options)), DataClass.options);
  for (const name of DataClass.options) assert.deepEqual(classesOf(classBits([name])), [name]);
});

test('people are counted by country, and by state in the United States', () => {
  const cases: [string, string, string][] = [
    ['DE', 'DE-BE', 'DE'],
    [' us ', ' ca', 'US-CA'],
    ['US', '', 'US'],
    ['US', 'California', 'US'],
    ['', 'CA', 'unknown'],
    ['Germany', '', 'unknown'],
  ];
  for (const [country, state, key] of cases) assert.equal(countryKey({ country, state }), key);
});
