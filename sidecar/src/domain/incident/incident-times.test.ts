import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCoded } from '../coded-error.ts';
import { checkTimes, deadlineOf, type IncidentTimes } from './incident-times.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const none: IncidentTimes = {
  occurred_from: null,
  occurred_to: null,
  detected_at: null,
  aware_at: null,
};

function wrongFields(times: Partial<IncidentTimes>, confirmedAt: string | null = null): string[] {
  try {
    checkTimes({ times: { ...none, ...times }, confirmedAt, now: NOW });
    return [];
  } catch (error) {
    assert.ok(isCoded(error, 'incident.times_invalid'));
    return error.fields.map(({ pointer }) => pointer);
  }
}

const CASES: [string, Partial<IncidentTimes>, string | null, string[]][] = [
  ['no times at all', {}, null, []],
  [
    'all equal',
    {
      occurred_from: '2026-11-20T00:00:00Z',
      occurred_to: '2026-11-20T00:00:00Z',
      detected_at: '2026-11-20T00:00:00Z',
      aware_at: '2026-11-20T00:00:00Z',
    },
    null,
    [],
  ],
  [
    'end before begin',
    { occurred_from: '2026-11-20T00:00:00Z', occurred_to: '2026-11-19T00:00:00Z' },
    null,
    ['/occurred_to'],
  ],
  [
    'still going on when detected',
    {
      occurred_from: '2026-11-19T00:00:00Z',
      occurred_to: '2026-11-22T00:00:00Z',
      detected_at: '2026-11-20T00:00:00Z',
    },
    null,
    [],
  ],
  [
    'detected before it began',
    { occurred_from: '2026-11-20T00:00:00Z', detected_at: '2026-11-19T00:00:00Z' },
    null,
    ['/detected_at'],
  ],
  [
    'aware before detected',
    { detected_at: '2026-11-20T00:00:00Z', aware_at: '2026-11-19T00:00:00Z' },
    null,
    ['/aware_at'],
  ],
  [
    'aware before it began',
    { occurred_from: '2026-11-20T00:00:00Z', aware_at: '2026-11-19T00:00:00Z' },
    null,
    ['/aware_at'],
  ],
  ['five minutes ahead', { aware_at: '2026-11-23T12:05:00Z' }, null, []],
  [
    'five minutes and a millisecond ahead',
    { aware_at: '2026-11-23T12:05:00.001Z' },
    null,
    ['/aware_at'],
  ],
  [
    'two wrong ones at once',
    {
      occurred_from: '2027-01-01T00:00:00Z',
      detected_at: '2026-11-20T00:00:00Z',
      aware_at: '2026-11-19T00:00:00Z',
    },
    null,
    ['/occurred_from', '/aware_at'],
  ],
  ['not a time', { aware_at: 'yesterday' }, null, ['/aware_at']],
  ['awareness taken away after confirming', {}, '2026-11-22T00:00:00.000Z', ['/aware_at']],
  [
    'aware after confirming',
    { aware_at: '2026-11-22T01:00:00Z' },
    '2026-11-22T00:00:00.000Z',
    ['/aware_at'],
  ],
  ['aware before confirming', { aware_at: '2026-11-21T00:00:00Z' }, '2026-11-22T00:00:00.000Z', []],
];

for (const [name, times, confirmedAt, wrong] of CASES) {
  test(`times: ${name}`, () => {
    assert.deepEqual(wrongFields(times, confirmedAt), wrong);
  });
}

test('times with an offset are kept in UTC and compared as moments', () => {
  const kept = checkTimes({
    times: { ...none, detected_at: '2026-11-20T01:00:00+01:00', aware_at: '2026-11-20T00:00:00Z' },
    confirmedAt: null,
    now: NOW,
  });
  assert.equal(kept.detected_at, '2026-11-20T00:00:00.000Z');
  assert.equal(kept.aware_at, '2026-11-20T00:00:00.000Z');
});

test('the deadline is 72 hours after becoming aware, and absent before', () => {
  assert.equal(deadlineOf('2026-11-20T10:00:00.000Z'), '2026-11-23T10:00:00.000Z');
  assert.equal(deadlineOf(null), null);
});
