// Pause, resume and stop. Only approvers at the sidecar's own console, and the sidecar itself for pausing: whoever owns
// WordPress must not be able to stop a notice.
import type { Dispatch } from '../contract/index.ts';
import { CodedError } from '../domain/coded-error.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { EvidenceRecord, LedgerWriter } from './ports/ledger.ts';
import { readDispatch, requireDispatch, type DispatchRecord } from './read-dispatch.ts';
import { clearTroubles } from './troubles.ts';

type ChangeDeps = Pick<Deps, 'ledger' | 'clock'>;
type Change = { dispatchId: string; reason: string };

/** Takes effect before the next batch; batches on the way are finished and recorded. */
export function pauseDispatch(deps: ChangeDeps, acting: Acting, input: Change): Promise<Dispatch> {
  return change(deps, acting, input, {
    from: ['running'],
    to: 'paused',
    verb: 'pause',
    entry: (row) => ({
      kind: 'dispatch.paused',
      data: { dispatch_id: row.id, reason: codeOf(acting) },
    }),
  });
}

export function resumeDispatch(deps: ChangeDeps, acting: Acting, input: Change): Promise<Dispatch> {
  return change(deps, acting, input, {
    from: ['paused'],
    to: 'running',
    verb: 'resume',
    entry: (row) => ({ kind: 'dispatch.resumed', data: { dispatch_id: row.id } }),
  });
}

/** Final: what is pending stays pending and is shown as never sent. */
export function stopDispatch(deps: ChangeDeps, acting: Acting, input: Change): Promise<Dispatch> {
  return change(deps, acting, input, {
    from: ['running', 'paused'],
    to: 'stopped',
    verb: 'stop',
    entry: (row) => ({
      kind: 'dispatch.stopped',
      data: { dispatch_id: row.id, reason: codeOf(acting) },
    }),
  });
}

type Entry = Pick<
  Extract<EvidenceRecord, { kind: 'dispatch.paused' | 'dispatch.resumed' | 'dispatch.stopped' }>,
  'kind' | 'data'
>;
type ChangeSpec = {
  from: readonly string[];
  to: 'running' | 'paused' | 'stopped';
  verb: string;
  entry: (row: DispatchRecord) => Entry;
};

async function change(
  deps: ChangeDeps,
  acting: Acting,
  input: Change,
  spec: ChangeSpec,
): Promise<Dispatch> {
  if (acting.actor.kind !== 'approver' && acting.actor.kind !== 'system')
    throw notAnApprover(spec.verb);
  await deps.ledger.transaction(async (writer) => {
    const row = await requireDispatch(writer.tables, input.dispatchId);
    if (!spec.from.includes(row.state)) throw wrongState(row, spec);
    await writeChange(deps, writer, acting, { row, reason: input.reason, spec });
  });
  return readDispatch(deps, input.dispatchId);
}

async function writeChange(
  deps: ChangeDeps,
  writer: LedgerWriter,
  acting: Acting,
  input: { row: DispatchRecord; reason: string; spec: ChangeSpec },
): Promise<void> {
  const { row, spec } = input;
  const now = deps.clock.now().toISOString();
  await writer.tables
    .updateTable('dispatches')
    .set({
      state: spec.to,
      changed_by: actorKey(acting),
      change_reason: input.reason,
      ...(spec.to === 'stopped' ? { ended_at: now } : {}),
      ...(spec.to === 'running' ? { adds_up: 1 as const } : {}),
    })
    .where('id', '=', row.id)
    .execute();
  if (spec.to === 'running') {
    await clearTroubles({ clock: deps.clock, tables: writer.tables }, { dispatchId: row.id });
  }
  await writer.record({
    ...spec.entry(row),
    acting,
    incidentId: row.incident_id,
  } as EvidenceRecord);
}

/** The log takes codes; the words of the reason stay in the ledger, since they may name people. */
function codeOf(acting: Acting): string {
  return acting.actor.kind === 'system' ? 'provider_refused' : 'approver_decided';
}

function notAnApprover(verb: string): CodedError {
  return new CodedError({
    code: 'dispatch.approver_needed',
    category: 'forbidden',
    message: `couldn't ${verb} the dispatch: only an enrolled approver may`,
    detail: "Open the sidecar's console and sign in with a passkey.",
  });
}

function wrongState(row: DispatchRecord, spec: ChangeSpec): CodedError {
  return new CodedError({
    code: 'dispatch.wrong_state',
    category: 'conflict',
    message: `couldn't ${spec.verb} the dispatch: it is ${row.state}`,
    detail: `It can be done while the dispatch is ${spec.from.join(' or ')}.`,
    context: { state: row.state },
  });
}
