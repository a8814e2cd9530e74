import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyMatches } from './key-pattern.ts';

test('* is any run of characters, none too, and the whole key must fit', () => {
  for (const [pattern, key, expected] of [
    ['a*', 'a', true],
    ['*b', 'xab', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a1b2b3c4c', true],
    ['a*b*c', 'acb', false],
    ['a*bc*c', 'abbc', false],
    ['a**b', 'axb', true],
    ['*\n*', 'a\nb', true],
    ['card_12*_3*x', 'card_#_a_3_#_x', true],
    ['card_12*_3*x', 'card_13_3x', false],
    ['*_{prefix}_*id', 'my_wp_2__stripe_id', true],
    ['*_{prefix}*_x', 'my_wp_x', true],
    ['*{prefix}a*b', 'wp_2_wp_ab', true],
  ] as const) {
    assert.equal(keyMatches(pattern, key, 'wp_'), expected, `${pattern} ${key}`);
  }
});

test('a key that almost fits a pattern of many * is answered at once', () => {
  const pattern = `acme${'*a'.repeat(60)}*b`;
  assert.equal(keyMatches(pattern, `acme${'a'.repeat(50_000)}`, 'wp_'), false);
  assert.equal(keyMatches(pattern, `acme${'a'.repeat(50_000)}b`, 'wp_'), true);
});
