import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../evidence/entry-data.ts';
import { timelineText } from './timeline-text.ts';

const entry = (kind: string, data: object): Entry =>
  ({
    v: 1,
    seq: 3,
    at: '2026-11-23T12:00:00.000Z',
    kind,
    actor: 'system',
    data,
  }) as unknown as Entry;
const HASH = '7f3a19c2'.padEnd(64, '0');

const CASES: [string, object, string][] = [
  ['signal.received', { type: 'login.failed_burst' }, 'A signal came in: login.failed_burst.'],
  ['signal.dismissed', {}, 'A signal was dismissed.'],
  [
    'incident.declared',
    { type: 'checkout_skimmer', severity: 'high', signals: [] },
    'The incident was declared: checkout skimmer, severity high.',
  ],
  [
    'incident.declared',
    { type: 'other', severity: 'low', signals: ['a', 'b'] },
    'The incident was declared: other, severity low, from 2 signals.',
  ],
  ['incident.updated', { changed: ['title', 'aware_at'] }, 'Changed: title, time of awareness.'],
  [
    'incident.state_changed',
    { from: 'suspected', to: 'confirmed', reason: 'confirmed' },
    'The leak was confirmed.',
  ],
  [
    'incident.state_changed',
    { from: 'notified', to: 'closed', reason: 'of_a_later_version' },
    'The incident went from notified to closed.',
  ],
  [
    'scope.set',
    { data_classes: ['email', 'payment_card'] },
    'Which data leaked was set: email, payment card.',
  ],
  ['audience.frozen', { count: 3412 }, '3,412 people found and frozen.'],
  ['audience.frozen', { count: 1 }, '1 person found and frozen.'],
  ['notice.set', { language: 'de' }, 'What people are told was set, in the language de.'],
  [
    'manifest.prepared',
    { hash: HASH, expires_at: '2026-11-24T12:00:00.000Z' },
    'Approval was asked for: manifest 7F3A 19C2, open until 2026-11-24 12:00 UTC.',
  ],
  [
    'manifest.voided',
    { reason: 'scope_changed' },
    'The request for approval became void: scope changed.',
  ],
  ['approval.recorded', { manifest_hash: HASH }, 'Approved manifest 7F3A 19C2 with a passkey.'],
  [
    'dispatch.started',
    { planned: 1000000, drill: true, provider: 'drill' },
    'Sending began: 1,000,000 deliveries through drill, as a drill.',
  ],
  [
    'dispatch.done',
    { counts: { planned: 10, accepted: 7, suppressed: 2, failed: 1 } },
    'Sending is done: 10 planned = 7 accepted + 2 suppressed + 1 failed.',
  ],
  ['batch.intent', { count: 500, attempt: 2 }, 'About to send 500 messages (attempt 2).'],
  [
    'batch.outcome',
    { accepted: '0-498', failed: '499', suppressed: '' },
    'The provider answered: 499 accepted, 1 failed.',
  ],
  [
    'batch.unknown',
    { ordinals: '0-499', reason: 'timeout' },
    'No clear answer for 500 messages: timeout. The provider will be asked; nothing is sent again before.',
  ],
  [
    'batch.settled',
    { accepted: '0-9', returned: '10', failed: '', by: 'provider_search' },
    'Settled by asking (provider search): 10 accepted, 1 to be sent again.',
  ],
  ['people.viewed', { count: 50, purpose: 'list' }, 'Looked at the data of 50 people (list).'],
  [
    'people.resolved',
    { count: 1200, counts_only: false },
    'Read the data of 1,200 people at the command line.',
  ],
  ['people.resolved', { count: 1, counts_only: true }, 'Counted 1 person at the command line.'],
  ['identity.decided', { kind: 'merge', people: 2, rows: 0 }, 'Decided: 2 people are one human.'],
  [
    'identity.decided',
    { kind: 'split', people: 1, rows: 3 },
    'Decided: 3 rows of one person belong to another human.',
  ],
  ['command_key.made', { allows: 'resolve' }, 'A key for the command line was made: resolve.'],
  ['bundle.exported', { size: 1 }, 'The evidence bundle was exported with 1 entry.'],
];

for (const [kind, data, text] of CASES) {
  test(`timeline: ${text}`, () => {
    assert.equal(timelineText(entry(kind, data)), text);
  });
}
