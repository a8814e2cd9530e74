import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderIn } from './linked-rows.ts';

test('an order number is the last run of digits of a text', () => {
  for (const [text, order] of [
    ['WC-1234', 1234],
    ['2024-0055 (paid)', 55],
    ['1234', 1234],
    ['none', 0],
    ['', 0],
    ['WC-0', 0],
  ] as const) {
    assert.equal(orderIn(text), order, text);
  }
});

test('the order number of a text of nothing but digits is looked for once', () => {
  assert.equal(orderIn(`${'1'.repeat(200_000)}a7`), 7);
  assert.equal(orderIn('1'.repeat(200_000)), 0);
});
