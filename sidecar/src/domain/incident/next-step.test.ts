import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NextStep as ContractStep } from '../../contract/incident-page.ts';
import { checklistOf, nextStepOf, type StepFacts } from './next-step.ts';

const confirmed: StepFacts = {
  state: 'confirmed',
  hasScope: false,
  audience: 'none',
  audienceIsStale: false,
  reachable: null,
  hasNotice: false,
  manifest: 'none',
  dispatch: null,
  enrolledApprovers: 2,
};
const counted: StepFacts = { ...confirmed, hasScope: true, audience: 'frozen', reachable: 5 };
const running = { state: 'running', waiting: 3, unknown: 0 } as const;

const CASES: [string, StepFacts, string][] = [
  ['suspected', { ...confirmed, state: 'suspected' }, 'confirm'],
  [
    'suspected with everything prepared',
    { ...counted, state: 'suspected', hasNotice: true },
    'confirm',
  ],
  ['confirmed', confirmed, 'set_scope'],
  ['with scope', { ...confirmed, hasScope: true }, 'freeze_audience'],
  ['while resolving', { ...confirmed, hasScope: true, audience: 'resolving' }, 'wait_for_audience'],
  [
    'after a failed resolution',
    { ...confirmed, hasScope: true, audience: 'failed' },
    'freeze_audience',
  ],
  ['frozen', counted, 'set_notice'],
  ['frozen and stale', { ...counted, audienceIsStale: true, hasNotice: true }, 'freeze_audience'],
  ['nobody reachable', { ...counted, reachable: 0 }, 'set_scope'],
  ['with notice', { ...counted, hasNotice: true }, 'request_approval'],
  ['manifest open', { ...counted, hasNotice: true, manifest: 'open' }, 'wait_for_approval'],
  ['manifest over', { ...counted, hasNotice: true, manifest: 'over' }, 'request_approval'],
  ['approved, not begun', { ...counted, hasNotice: true, manifest: 'approved' }, 'watch_sending'],
  ['sending', { ...counted, state: 'notifying', dispatch: running }, 'watch_sending'],
  [
    'paused',
    { ...counted, state: 'notifying', dispatch: { ...running, state: 'paused' } },
    'watch_sending',
  ],
  [
    'sending with unknown ones',
    { ...counted, state: 'notifying', dispatch: { ...running, unknown: 1 } },
    'watch_sending',
  ],
  [
    'only unknown ones left',
    { ...counted, state: 'notifying', dispatch: { ...running, waiting: 0, unknown: 1 } },
    'resolve_unknown',
  ],
  [
    'stopped',
    { ...counted, state: 'notifying', dispatch: { ...running, state: 'stopped' } },
    'close',
  ],
  ['notified', { ...counted, state: 'notified' }, 'close'],
  [
    'reopened after sending',
    { ...counted, dispatch: { ...running, state: 'done', waiting: 0 } },
    'close',
  ],
  ['closed', { ...confirmed, state: 'closed' }, 'none'],
  ['dismissed', { ...confirmed, state: 'dismissed' }, 'none'],
];

for (const [name, facts, step] of CASES) {
  test(`next step, ${name}: ${step}`, () => {
    assert.equal(nextStepOf(facts), step);
    assert.ok(ContractStep.safeParse(nextStepOf(facts)).success);
  });
}

test('the checklist is complete exactly when approval is the next step', () => {
  const complete = (facts: StepFacts) => checklistOf(facts).every(({ done }) => done);
  for (const [name, facts] of CASES.filter(
    ([, facts]) => facts.state === 'confirmed' && facts.dispatch === null,
  )) {
    const ready = ['request_approval', 'wait_for_approval', 'watch_sending'].includes(
      nextStepOf(facts),
    );
    assert.equal(complete(facts), ready, name);
  }
  assert.equal(complete({ ...counted, hasNotice: true, enrolledApprovers: 1 }), false);
});
