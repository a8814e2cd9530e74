// Every batch that was announced and never answered becomes unknown. The provider's record decides, not we.
import { eachOrdinal, parseOrdinals } from '../domain/evidence/ordinal-ranges.ts';
import type { Deps } from './ports/deps.ts';
import { writeUnknown } from './record-answer.ts';

/**
 * `all` at start, while holding the lease on serving and before the first claim: whoever made these intents is gone.
 * `expired` while running: the answer of a batch could not be written down, and its lease has run out. Returns how many.
 */
export async function recoverBatches(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  which: 'all' | 'expired',
): Promise<number> {
  const now = deps.clock.now().toISOString();
  const open = await deps.ledger.tables
    .selectFrom('batches')
    .innerJoin('dispatches', 'dispatches.id', 'batches.dispatch_id')
    .select([
      'batches.id',
      'batches.attempt',
      'batches.ordinals',
      'dispatches.id as dispatchId',
      'incident_id',
    ])
    .where('batches.state', '=', 'intent')
    .where('batches.lease_until', '<=', which === 'all' ? '9999' : now)
    .orderBy('batches.id')
    .execute();
  for (const batch of open) {
    await deps.ledger.transaction((writer) =>
      writeUnknown(
        writer,
        { dispatchId: batch.dispatchId, incidentId: batch.incident_id },
        {
          batchId: batch.id,
          attempt: batch.attempt,
          ordinals: [...eachOrdinal(parseOrdinals(batch.ordinals))],
          reason: 'interrupted',
          now,
        },
      ),
    );
  }
  return open.length;
}
