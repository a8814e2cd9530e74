import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSearchDate, timestamp } from './timestamp.ts';

const iso = (text: string, edge: 'start' | 'end' = 'start'): string | undefined => {
  const at = readSearchDate(text, edge);
  return at === undefined ? undefined : new Date(at).toISOString();
};

test('times are written with seven digits', () => {
  assert.equal(timestamp(Date.UTC(2026, 0, 2, 3, 4, 5, 6)), '2026-01-02T03:04:05.0060000Z');
});

test('search dates are Eastern Time, summer and winter, unless they name a zone', () => {
  assert.equal(iso('2026-01-15T12:00:00'), '2026-01-15T17:00:00.000Z');
  assert.equal(iso('2026-07-15T12:00:00'), '2026-07-15T16:00:00.000Z');
  assert.equal(iso('2026-03-08T12:00'), '2026-03-08T16:00:00.000Z');
  assert.equal(iso('2026-07-15T12:00:00Z'), '2026-07-15T12:00:00.000Z');
  assert.equal(iso('2026-07-15T12:00:00+02:00'), '2026-07-15T10:00:00.000Z');
});

test('a bare day is whole', () => {
  assert.equal(iso('2026-07-15'), '2026-07-15T04:00:00.000Z');
  assert.equal(iso('2026-07-15', 'end'), '2026-07-16T03:59:59.999Z');
});

test('what is no date is undefined', () => {
  for (const text of ['', 'today', '2026-13-01', '15.07.2026', '2026-07-15 12:00']) {
    assert.equal(iso(text), undefined, text);
  }
});
