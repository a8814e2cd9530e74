import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataClass } from '../../contract/scope.ts';
import { DATA_CLASS_WORDS } from './data-class-words.ts';
import { LANGUAGES_WITH_WORDS, occurredInWords } from './language-words.ts';

test('every data class has a name in every language with words', () => {
  assert.deepEqual(Object.keys(DATA_CLASS_WORDS).sort(), [...LANGUAGES_WITH_WORDS].sort());
  for (const names of Object.values(DATA_CLASS_WORDS)) {
    assert.deepEqual(Object.keys(names).sort(), [...DataClass.options].sort());
  }
});

const FROM = '2026-11-20T23:30:00.000Z';
const TO = '2026-12-01T10:00:00.000Z';
const CASES: [string, string, string | null, string | null, string][] = [
  ['en', 'UTC', FROM, TO, 'between 20 November 2026 and 1 December 2026'],
  ['en', 'Europe/Berlin', FROM, TO, 'between 21 November 2026 and 1 December 2026'],
  ['en', 'Europe/Berlin', FROM, '2026-11-21T10:00:00.000Z', 'on 21 November 2026'],
  ['de', 'UTC', FROM, null, 'ab dem 20. November 2026'],
  ['fr', 'UTC', null, TO, 'au plus tard le 1er décembre 2026'],
  ['es', 'UTC', null, null, 'en una fecha que todavía no conocemos'],
  ['de-AT', 'UTC', FROM, FROM, 'am 20. November 2026'],
];
for (const [language, timeZone, from, to, words] of CASES) {
  test(`occurred, ${language} ${timeZone}: ${words}`, () => {
    assert.equal(occurredInWords(language, { from, to, timeZone }), words);
  });
}
