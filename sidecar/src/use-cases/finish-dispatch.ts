// Checks that the counts add up, and ends a dispatch when nothing is left to send, to wait for or to find out.
import {
  addsUp,
  isComplete,
  loggedCounts,
  sumOfStates,
} from '../domain/delivery/delivery-states.ts';
import type { DispatchCounts } from '../contract/index.ts';
import { moveBySystem } from './move-incident-by-system.ts';
import { SYSTEM } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import { readCounts, requireDispatch, type DispatchRecord } from './read-dispatch.ts';
import { clearTroubles, raiseTrouble } from './troubles.ts';

/** Returns true when the dispatch is done (now or before). */
export async function finishDispatch(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids'>,
  dispatchId: string,
): Promise<boolean> {
  const dispatch = await requireDispatch(deps.ledger.tables, dispatchId);
  if (dispatch.state === 'done') return true;
  const counts = await readCounts(deps.ledger.tables, dispatch);
  if (!addsUp(counts)) {
    await stopForDifference(deps, dispatch, counts);
    return false;
  }
  if (dispatch.state !== 'running' || !isComplete(counts)) return false;
  const now = deps.clock.now();
  return deps.ledger.transaction(async (writer) => {
    const inside = await readCounts(writer.tables, dispatch);
    if (!isComplete(inside) || !addsUp(inside)) return false;
    const ended = await writer.tables
      .updateTable('dispatches')
      .set({ state: 'done', ended_at: now.toISOString() })
      .where('id', '=', dispatchId)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (Number(ended.numUpdatedRows) !== 1) return false;
    await writer.record({
      kind: 'dispatch.done',
      acting: SYSTEM,
      incidentId: dispatch.incident_id,
      data: { dispatch_id: dispatchId, counts: loggedCounts(inside) },
    });
    await moveBySystem(writer, dispatch.incident_id, 'notified', now);
    await clearTroubles({ clock: deps.clock, tables: writer.tables }, { dispatchId });
    return true;
  });
}

/** Promise 1 is broken: nothing more is sent until a person has looked. */
async function stopForDifference(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids'>,
  dispatch: DispatchRecord,
  counts: DispatchCounts,
): Promise<void> {
  await deps.ledger.transaction(async (writer) => {
    const paused = await writer.tables
      .updateTable('dispatches')
      .set({
        adds_up: 0,
        state: 'paused',
        changed_by: 'system',
        change_reason: 'counts do not add up',
      })
      .where('id', '=', dispatch.id)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (Number(paused.numUpdatedRows) === 0) return;
    await writer.record({
      kind: 'dispatch.paused',
      acting: SYSTEM,
      incidentId: dispatch.incident_id,
      data: { dispatch_id: dispatch.id, reason: 'counts_differ' },
    });
    await raiseTrouble(
      { ...deps, tables: writer.tables },
      {
        dispatchId: dispatch.id,
        code: 'dispatch.counts_differ',
        sentence: `${counts.planned} deliveries were planned, ${sumOfStates(counts)} are accounted for. Sending is paused. Restore the ledger from a backup or ask for help before resuming.`,
        needsPerson: true,
      },
    );
  });
}
