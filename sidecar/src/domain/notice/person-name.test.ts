import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanName, NAME_MOST } from './person-name.ts';

const KEPT: [string, string][] = [
  ['Anna Müller', 'Anna Müller'],
  ["  Seán   O'Brien\t", "Seán O'Brien"],
  ['Anna & Bob', 'Anna & Bob'],
  ['Maria (Mia) Rossi', 'Maria (Mia) Rossi'],
  ['J.R.R. Tolkien', 'J. R. R. Tolkien'],
  ['J.Smith', 'J. Smith'],
  ['Dr.Müller', 'Dr. Müller'],
  ['St.John', 'St. John'],
  ['ليلى الخطيب', 'ليلى الخطيب'],
  ['山田 太郎', '山田 太郎'],
  ['नरेन्द्र', 'नरेन्द्र'],
  ['علی‌رضا', 'علی‌رضا'],
  ['\u202Eevil\u202C Name', 'evil Name'],
  ['A\u0000nna\u0007', 'Anna'],
  ['Anna\nMüller', 'Anna Müller'],
  ['A\u200Bnna\u2066', 'Anna'],
  ['Cafe\u0301', 'Café'],
];
const DROPPED = [
  '',
  '   ',
  '12',
  '...',
  '\u202E\u200B',
  'jane@example.com',
  'Visit https://evil.example',
  'win at evil.com',
  'evil。com',
  'ｗｗｗ．ｅｖｉｌ．ｃｏｍ',
  'www evil',
  'call 0800 123456',
  '[click](x)',
  '<b>Anna</b>',
  '{{first_name}}',
  '*Anna*',
  'a_b',
  'Anna/Bob',
  'https colon',
];

for (const [given, kept] of KEPT) {
  test(`name kept: ${JSON.stringify(given)}`, () => {
    assert.equal(cleanName(given), kept.normalize('NFC'));
  });
}
for (const given of DROPPED) {
  test(`name dropped: ${JSON.stringify(given)}`, () => {
    assert.equal(cleanName(given), null);
  });
}

test('a long name is cut between characters as people count them', () => {
  const cut = cleanName('é'.normalize('NFD').repeat(200)) ?? '';
  assert.equal([...new Intl.Segmenter().segment(cut)].length, NAME_MOST);
  assert.ok(cut.endsWith('é…'));
  assert.equal(cleanName('A'.repeat(NAME_MOST)), 'A'.repeat(NAME_MOST));
});

test('stacked marks are bounded and a megabyte of name costs nothing', () => {
  assert.ok((cleanName(`Z${'\u0334'.repeat(500)}algo`) ?? '').length < 12);
  const begun = performance.now();
  cleanName('a.'.repeat(1_000_000));
  cleanName('1 '.repeat(1_000_000));
  assert.ok(performance.now() - begun < 200);
});
