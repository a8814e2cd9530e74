// The one next step of an incident and the checklist before approval, from a handful of facts. List and page ask
// this same function, so they never disagree.
import type { IncidentState } from './incident-states.ts';

export type NextStep =
  | 'confirm'
  | 'set_scope'
  | 'freeze_audience'
  | 'wait_for_audience'
  | 'set_notice'
  | 'request_approval'
  | 'wait_for_approval'
  | 'watch_sending'
  | 'resolve_unknown'
  | 'close'
  | 'none';

export type StepFacts = {
  state: IncidentState;
  hasScope: boolean;
  /** The frozen audience while it fits the scope, otherwise the newest. */
  audience: 'none' | 'resolving' | 'frozen' | 'failed';
  /** The scope was set again after the audience was frozen. */
  audienceIsStale: boolean;
  /** People of the frozen audience with an address; null while none is frozen. */
  reachable: number | null;
  hasNotice: boolean;
  /** The newest manifest. */
  manifest: 'none' | 'open' | 'approved' | 'over';
  /** The newest dispatch. */
  dispatch: null | {
    state: 'running' | 'paused' | 'stopped' | 'done';
    /** Deliveries not begun or under way. */
    waiting: number;
    unknown: number;
  };
  /** Approvers who could sign: enrolled with a passkey. */
  enrolledApprovers: number;
};

/** Approvals a dispatch needs (design.md section 4). */
export const APPROVALS_NEEDED = 2;

export function nextStepOf(facts: StepFacts): NextStep {
  switch (facts.state) {
    case 'suspected':
      return 'confirm';
    case 'notifying':
      return stepWhileSending(facts);
    case 'notified':
      return 'close';
    case 'closed':
    case 'dismissed':
      return 'none';
    case 'confirmed':
      return facts.dispatch === null ? stepBeforeApproval(facts) : stepWhileSending(facts);
  }
}

function stepWhileSending({ dispatch }: StepFacts): NextStep {
  if (dispatch === null) return 'watch_sending';
  if (dispatch.state === 'done' || dispatch.state === 'stopped') return 'close';
  if (dispatch.unknown > 0 && dispatch.waiting === 0) return 'resolve_unknown';
  return 'watch_sending';
}

function stepBeforeApproval(facts: StepFacts): NextStep {
  if (facts.manifest === 'open') return 'wait_for_approval';
  if (facts.manifest === 'approved') return 'watch_sending';
  if (!facts.hasScope) return 'set_scope';
  if (facts.audience === 'resolving') return 'wait_for_audience';
  if (facts.audience !== 'frozen' || facts.audienceIsStale) return 'freeze_audience';
  if (facts.reachable === 0) return 'set_scope';
  return facts.hasNotice ? 'request_approval' : 'set_notice';
}

export type ChecklistItem = { code: string; done: boolean };

/** What must be true before approval can be asked for, in the order of the job. */
export function checklistOf(facts: StepFacts): ChecklistItem[] {
  const frozen = facts.audience === 'frozen';
  return [
    {
      code: 'incident_confirmed',
      done: facts.state !== 'suspected' && facts.state !== 'dismissed',
    },
    { code: 'scope_set', done: facts.hasScope },
    { code: 'audience_frozen', done: frozen },
    { code: 'audience_current', done: frozen && !facts.audienceIsStale },
    { code: 'somebody_reachable', done: frozen && (facts.reachable ?? 0) > 0 },
    { code: 'notice_set', done: facts.hasNotice },
    { code: 'approvers_enrolled', done: facts.enrolledApprovers >= APPROVALS_NEEDED },
  ];
}
