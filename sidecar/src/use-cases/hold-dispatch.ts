// Pauses a dispatch because a person must look first, and says why; once, whoever notices first.
import { SYSTEM } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import { requireDispatch } from './read-dispatch.ts';
import { raiseTrouble } from './troubles.ts';

/** Several batches may meet the same fault at once: the first pauses, the others find it paused. */
export async function holdDispatch(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids'>,
  input: { dispatchId: string; code: string; sentence: string },
): Promise<void> {
  await deps.ledger.transaction(async (writer) => {
    const dispatch = await requireDispatch(writer.tables, input.dispatchId);
    await raiseTrouble(
      { ...deps, tables: writer.tables },
      {
        dispatchId: dispatch.id,
        code: input.code,
        sentence: input.sentence,
        needsPerson: true,
      },
    );
    if (dispatch.state !== 'running') return;
    await writer.tables
      .updateTable('dispatches')
      .set({ state: 'paused', changed_by: 'system', change_reason: input.sentence })
      .where('id', '=', dispatch.id)
      .execute();
    await writer.record({
      kind: 'dispatch.paused',
      acting: SYSTEM,
      incidentId: dispatch.incident_id,
      data: { dispatch_id: dispatch.id, reason: 'needs_person' },
    });
  });
}
