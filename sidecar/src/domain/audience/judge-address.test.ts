import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldAddress } from './fold-address.ts';
import { judgeAddress } from './judge-address.ts';

test('takes addresses that mail providers take', () => {
  const valid = [
    'ann@example.com',
    ' Ann.Lee@Example.COM ',
    "o'brien+shop_1@sub.example.co.uk",
    'a@xn--mnchen-3ya.de',
    'a@example.xn--p1ai',
    `${'a'.repeat(64)}@example.com`,
  ];
  for (const address of valid) assert.equal(judgeAddress(address), 'valid', address);
});

test('refuses what only looks like an address', () => {
  const invalid = [
    'ann',
    '@example.com',
    'ann@',
    'ann@example',
    'ann@example.123',
    'ann@.example.com',
    'ann@-example.com',
    'ann@example..com',
    'ann..lee@example.com',
    '.ann@example.com',
    'ann lee@example.com',
    'ann@exam ple.com',
    'ann@example.com\nbcc:x@example.com',
    'ann@example.com, bob@example.com',
    'Ann <ann@example.com>',
    '"ann"@example.com',
    'ann.leé@example.com',
    'ann@münchen.de',
    'ann@bob@example.com',
    'ann@[192.0.2.1]',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(126)}com`,
  ];
  for (const address of invalid) assert.equal(judgeAddress(address), 'invalid', address);
});

test('tells nothing and erased apart from invalid', () => {
  for (const nothing of ['', '   ', '\t\n', '\u00a0']) assert.equal(judgeAddress(nothing), null);
  assert.equal(judgeAddress(' Deleted@Site.Invalid'), 'erased');
});

test('folding joins letter case, white space and spellings of one character, and nothing else', () => {
  assert.equal(foldAddress(' ANN@Example.com\u00a0'), 'ann@example.com');
  assert.equal(foldAddress('le\u0301@example.com'), foldAddress('L\u00c9@example.com'));
  for (const other of ['a.nn@example.com', 'ann+x@example.com', 'ánn@example.com']) {
    assert.notEqual(foldAddress(other), 'ann@example.com');
  }
});
