// Moves deliveries by stored receipts. Run when a receipt comes in and, for those that came too early, by the sweeper.
import type { Selectable } from 'kysely';
import type { DeliveryState } from '../contract/index.ts';
import {
  canTakeReceipt,
  stateAfterReceipt,
  type ReceiptKind,
} from '../domain/delivery/delivery-states.ts';
import { formatOrdinals } from '../domain/evidence/ordinal-ranges.ts';
import { SYSTEM } from './ports/acting.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { LedgerWriter } from './ports/ledger.ts';

type ReceiptRow = Selectable<LedgerTables['receipts']>;
type Target = {
  dispatch_id: string;
  ordinal: number;
  state: string;
  reason: string | null;
  batch_id: string | null;
};

/** Applies the receipts with these ids, oldest first; leaves those whose delivery is not ready for them. Returns how many it applied. */
export async function applyReceipts(
  writer: LedgerWriter,
  input: { ids: readonly string[]; now: string },
): Promise<number> {
  if (input.ids.length === 0) return 0;
  const rows = await writer.tables
    .selectFrom('receipts')
    .selectAll()
    .where('id', 'in', [...input.ids])
    .where('applied', '=', 0)
    .orderBy('at')
    .execute();
  let applied = 0;
  for (const row of rows) {
    if (await applyOne(writer, row, input.now)) applied += 1;
  }
  return applied;
}

async function applyOne(writer: LedgerWriter, receipt: ReceiptRow, now: string): Promise<boolean> {
  const target = await findTarget(writer, receipt);
  if (target === undefined) return false;
  const state = target.state as DeliveryState;
  // A delivery put back to pending after empty searches, of which the provider now speaks: it was taken after all.
  const wasTakenAfterAll = state === 'pending' && target.reason === 'not_taken';
  if (!canTakeReceipt(state) && !wasTakenAfterAll) return false;
  const next = stateAfterReceipt(wasTakenAfterAll ? 'unknown' : state, receipt.kind as ReceiptKind);
  if (next !== null) {
    await writer.tables
      .updateTable('deliveries')
      .set({
        state: next,
        reason: receipt.kind === 'delivered' ? null : receipt.detail,
        provider_message_id: receipt.provider_message_id,
        changed_at: now,
      })
      .where('dispatch_id', '=', target.dispatch_id)
      .where('ordinal', '=', target.ordinal)
      .where('state', '=', state)
      .execute();
  }
  if (state === 'unknown' || wasTakenAfterAll) await recordSettled(writer, target);
  await writer.tables
    .updateTable('receipts')
    .set({ applied: 1 })
    .where('id', '=', receipt.id)
    .execute();
  return true;
}

async function findTarget(writer: LedgerWriter, receipt: ReceiptRow): Promise<Target | undefined> {
  const base = writer.tables
    .selectFrom('deliveries')
    .select(['dispatch_id', 'ordinal', 'state', 'reason', 'batch_id']);
  if (receipt.dispatch_id !== null && receipt.ordinal !== null) {
    return base
      .where('dispatch_id', '=', receipt.dispatch_id)
      .where('ordinal', '=', receipt.ordinal)
      .executeTakeFirst();
  }
  return base.where('provider_message_id', '=', receipt.provider_message_id).executeTakeFirst();
}

/** The provider has spoken of a message we were unsure of: that settles it. */
async function recordSettled(writer: LedgerWriter, target: Target): Promise<void> {
  if (target.batch_id === null) return;
  const batch = await writer.tables
    .selectFrom('batches')
    .innerJoin('dispatches', 'dispatches.id', 'batches.dispatch_id')
    .select(['batches.id', 'batches.attempt', 'dispatches.incident_id'])
    .where('batches.id', '=', target.batch_id)
    .executeTakeFirst();
  if (batch === undefined) return;
  await writer.record({
    kind: 'batch.settled',
    acting: SYSTEM,
    incidentId: batch.incident_id,
    data: {
      dispatch_id: target.dispatch_id,
      batch_id: batch.id,
      attempt: batch.attempt,
      accepted: formatOrdinals([target.ordinal]),
      returned: '',
      failed: '',
      by: 'receipt',
    },
  });
}
