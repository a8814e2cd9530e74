// Coded refusals of this room: what was wrong, and what to do next. No names, no addresses.
import { CodedError, type ErrorCategory } from '../coded-error.ts';
import type { ApprovalRefusal } from './who-may-approve.ts';

type Words = { message: string; detail: string; category: ErrorCategory };

const REFUSALS: Readonly<Record<ApprovalRefusal, Words>> = {
  'approval.not_enrolled': {
    message: "couldn't approve: you are not an enrolled approver",
    detail: 'Ask the operator of the sidecar for an invitation: tocsin approver invite.',
    category: 'forbidden',
  },
  'approval.manifest_not_open': {
    message: "couldn't approve: this request is no longer open",
    detail:
      'It was approved, withdrawn or made void by a change. Open the current request from the start page.',
    category: 'conflict',
  },
  'approval.expired': {
    message: "couldn't approve: this request has expired",
    detail: 'Ask the person who prepared it to request approval again.',
    category: 'conflict',
  },
  'approval.preparer_cannot_approve': {
    message: "couldn't approve: you took part in preparing this request",
    detail: 'Two other enrolled people have to approve it.',
    category: 'forbidden',
  },
  'approval.already_approved': {
    message: "couldn't approve: you have approved this request already",
    detail: 'Another enrolled person has to give the next approval.',
    category: 'conflict',
  },
  'approval.same_person': {
    message:
      "couldn't approve: the same person has approved this request already under another enrolment",
    detail: 'Another person has to give the next approval.',
    category: 'forbidden',
  },
};

/** The refusal in words, for a page that explains it beside the button. */
export function refusalTitle(code: ApprovalRefusal): string {
  return REFUSALS[code].message;
}

export function approvalRefused(code: ApprovalRefusal): CodedError {
  return new CodedError({ code, ...REFUSALS[code] });
}

/** Something is missing or untrue before approval can be asked for. */
export function cannotRequestApproval(code: string, why: string, next: string): CodedError {
  return new CodedError({
    code,
    category: 'conflict',
    message: `couldn't ask for approval: ${why}`,
    detail: next,
  });
}

export function manifestNotFound(): CodedError {
  return new CodedError({
    code: 'approval.manifest_not_found',
    category: 'not_found',
    message: "couldn't find this request for approval",
    detail: 'Open it from the incident; its address may have been cut off.',
  });
}

/** The stored text no longer has its hash: somebody wrote to the ledger beside the sidecar. */
export function manifestDamaged(): CodedError {
  return new CodedError({
    code: 'approval.manifest_damaged',
    category: 'internal',
    message:
      "couldn't use this manifest: its stored text no longer has the hash it was prepared with",
    detail: 'Do not approve it. Run tocsin verify and tocsin doctor, then request approval again.',
  });
}

/** Sender, stream, batch size or concurrency in the configuration differ from what the manifest says. */
export function planChanged(): CodedError {
  return new CodedError({
    code: 'approval.plan_changed',
    category: 'conflict',
    message: "couldn't approve: the sending settings were changed after this request was prepared",
    detail: 'Request approval again, or set the configuration back.',
  });
}
