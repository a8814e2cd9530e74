// The states of an incident and every allowed move between them, as one table. What is not in the table is refused,
// and the refusal says what is allowed now. `notifying` and `notified` are reached by the dispatch alone: a person
// cannot claim that people were told.
import { CodedError } from '../coded-error.ts';

export type IncidentState =
  'suspected' | 'confirmed' | 'notifying' | 'notified' | 'closed' | 'dismissed';

/** Who causes a move: somebody with the right to prepare, or the dispatch by starting and ending. */
export type Mover = 'person' | 'system';

export type IncidentMove = {
  readonly from: IncidentState;
  readonly to: IncidentState;
  readonly by: Mover;
  /** The reason as the evidence log holds it; what a person wrote stays in the ledger. */
  readonly code: string;
  /** A person must say why. */
  readonly needsReason: boolean;
  /** `ended`: only after a dispatch of this incident has ended. `none`: only while nothing was ever sent. */
  readonly dispatch?: 'ended' | 'none';
};

export const INCIDENT_MOVES: readonly IncidentMove[] = [
  { from: 'suspected', to: 'confirmed', by: 'person', code: 'confirmed', needsReason: false },
  {
    from: 'suspected',
    to: 'dismissed',
    by: 'person',
    code: 'dismissed',
    needsReason: true,
    dispatch: 'none',
  },
  {
    from: 'confirmed',
    to: 'dismissed',
    by: 'person',
    code: 'dismissed',
    needsReason: true,
    dispatch: 'none',
  },
  {
    from: 'confirmed',
    to: 'notifying',
    by: 'system',
    code: 'dispatch_started',
    needsReason: false,
  },
  // A reopened incident whose people were told: without this it could never be closed again.
  {
    from: 'confirmed',
    to: 'closed',
    by: 'person',
    code: 'closed',
    needsReason: true,
    dispatch: 'ended',
  },
  { from: 'notifying', to: 'notified', by: 'system', code: 'dispatch_done', needsReason: false },
  // A dispatch stopped by a person never becomes done.
  {
    from: 'notifying',
    to: 'closed',
    by: 'person',
    code: 'closed_after_stop',
    needsReason: true,
    dispatch: 'ended',
  },
  { from: 'notified', to: 'closed', by: 'person', code: 'closed', needsReason: false },
  { from: 'closed', to: 'suspected', by: 'person', code: 'reopened', needsReason: true },
  { from: 'dismissed', to: 'suspected', by: 'person', code: 'reopened', needsReason: true },
];

/** `running`: a dispatch runs or is paused. `ended`: the newest one is done or stopped. */
export type DispatchFact = 'none' | 'running' | 'ended';

export type MoveRequest = {
  from: IncidentState;
  to: IncidentState;
  by: Mover;
  dispatch: DispatchFact;
  reason: string;
};

/** Least characters of a reason, so that "x" is none. */
export const REASON_LEAST = 3;

/**
 * The move asked for. Throws `incident.move_refused` (what is allowed now), `incident.dispatch_in_the_way`,
 * or `incident.reason_needed`.
 */
export function findMove(request: MoveRequest): IncidentMove {
  const move = INCIDENT_MOVES.find(
    ({ from, to, by }) => from === request.from && to === request.to && by === request.by,
  );
  if (move === undefined) throw refuseMove(request);
  if (move.dispatch !== undefined && move.dispatch !== request.dispatch) {
    throw refuseForDispatch(move, request.dispatch);
  }
  if (move.needsReason && request.reason.trim().length < REASON_LEAST) throw refuseReason(move);
  return move;
}

/** States a person may move an incident to now, in the order of the table. */
export function statesAllowedNext(from: IncidentState, dispatch: DispatchFact): IncidentState[] {
  return INCIDENT_MOVES.filter(
    (move) =>
      move.from === from &&
      move.by === 'person' &&
      (move.dispatch === undefined || move.dispatch === dispatch),
  ).map((move) => move.to);
}

/** False once an incident is closed or dismissed: it must be reopened before anything about it changes. */
export function isOpen(state: string): boolean {
  return state !== 'closed' && state !== 'dismissed';
}

function refuseMove({ from, to, by, dispatch }: MoveRequest): CodedError {
  const allowed = statesAllowedNext(from, dispatch);
  const bySystemOnly = INCIDENT_MOVES.some((move) => move.to === to && move.by === 'system');
  const now = allowed.length === 0 ? 'none' : allowed.join(', ');
  return new CodedError({
    code: 'incident.move_refused',
    category: 'conflict',
    message:
      from === to
        ? `couldn't move the incident: it is already ${from}`
        : `couldn't move the incident from ${from} to ${to}`,
    detail:
      by === 'person' && bySystemOnly
        ? `An incident becomes ${to} only by sending the approved notice. Allowed now: ${now}.`
        : `Allowed now: ${now}. Reload the incident to see its present state.`,
    context: { from, to, allowed: allowed.join(',') },
  });
}

function refuseForDispatch(move: IncidentMove, dispatch: DispatchFact): CodedError {
  const sentence =
    move.dispatch === 'none'
      ? 'people were told about this incident, or are being told now'
      : dispatch === 'running'
        ? 'its notices are still being sent'
        : 'its people have not been told yet';
  const mend =
    move.dispatch === 'none'
      ? 'Close it instead, once sending has ended.'
      : dispatch === 'running'
        ? 'Wait until sending is done, or stop it at the console first.'
        : 'Send the notice first, or dismiss the incident with a reason.';
  return new CodedError({
    code: 'incident.dispatch_in_the_way',
    category: 'conflict',
    message: `couldn't move the incident from ${move.from} to ${move.to}: ${sentence}`,
    detail: mend,
    context: { from: move.from, to: move.to },
  });
}

function refuseReason(move: IncidentMove): CodedError {
  return new CodedError({
    code: 'incident.reason_needed',
    category: 'invalid',
    message: `couldn't move the incident from ${move.from} to ${move.to}: no reason was given`,
    detail: `Say why in at least ${REASON_LEAST} characters; the reason is kept with the incident.`,
    fields: [{ pointer: '/reason', message: `must have at least ${REASON_LEAST} characters` }],
    context: { from: move.from, to: move.to },
  });
}
