import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyMayNotApprove, type ApprovalQuestion } from './who-may-approve.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const open: ApprovalQuestion['manifest'] = {
  state: 'open',
  expiresAt: '2026-11-23T12:00:00.001Z',
  preparers: ['subject-of-preparer'],
  approvals: [{ approverId: 'apr_1', subject: 'subject-1' }],
};
const second = { id: 'apr_2', subject: 'subject-2', state: 'enrolled' };

const cases: [string, Partial<typeof open>, Partial<typeof second>, string | null][] = [
  ['another enrolled person may approve', {}, {}, null],
  ['an invited person may not', {}, { state: 'invited' }, 'approval.not_enrolled'],
  ['a removed person may not', {}, { state: 'removed' }, 'approval.not_enrolled'],
  ['an approved manifest takes no more', { state: 'approved' }, {}, 'approval.manifest_not_open'],
  ['a void manifest takes none', { state: 'void' }, {}, 'approval.manifest_not_open'],
  ['a withdrawn manifest takes none', { state: 'withdrawn' }, {}, 'approval.manifest_not_open'],
  ['an expired manifest says so', { state: 'expired' }, {}, 'approval.expired'],
  ['at the very end it is over', { expiresAt: now.toISOString() }, {}, 'approval.expired'],
  [
    'a preparer may not',
    {},
    { subject: 'subject-of-preparer' },
    'approval.preparer_cannot_approve',
  ],
  ['nobody approves twice', {}, { id: 'apr_1', subject: 'subject-1' }, 'approval.already_approved'],
  ['nor under a second enrolment', {}, { subject: 'subject-1' }, 'approval.same_person'],
];

for (const [name, manifest, approver, expected] of cases) {
  test(name, () => {
    const question = {
      manifest: { ...open, ...manifest },
      approver: { ...second, ...approver },
      now,
    };
    assert.equal(whyMayNotApprove(question), expected);
  });
}
