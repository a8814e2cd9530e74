import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifestSentence } from './manifest-sentence.ts';

const facts = {
  templateTitle: 'Payment data leaked',
  language: 'en',
  reachable: 3412,
  unreachable: 82,
  provider: 'postmark',
  stream: 'notices',
  approvalsRequired: 2,
} as const;

test('says what is sent, to how many, how, when, and who is left out', () => {
  assert.equal(
    manifestSentence(facts),
    "Send 'Payment data leaked' in English to 3,412 people by e-mail through Postmark stream 'notices', " +
      'starting at once after the second approval; 82 people have no usable address.',
  );
});

test('speaks of one person as one', () => {
  assert.equal(
    manifestSentence({
      ...facts,
      language: 'de-AT',
      reachable: 1,
      unreachable: 1,
      approvalsRequired: 3,
    }),
    "Send 'Payment data leaked' in Austrian German to 1 person by e-mail through Postmark stream 'notices', " +
      'starting at once after the third approval; 1 person has no usable address.',
  );
});

test('a drill says that nothing is sent', () => {
  assert.equal(
    manifestSentence({ ...facts, provider: 'drill', unreachable: 0 }),
    "Drill, nothing leaves the sidecar: pretend to send 'Payment data leaked' in English to 3,412 people by e-mail, " +
      'starting at once after the second approval; everyone has a usable address.',
  );
});
