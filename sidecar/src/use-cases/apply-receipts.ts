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
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { raiseTrouble } from './troubles.ts';

type ReceiptRow = Selectable<LedgerTables['receipts']>;
type Target = {
  dispatch_id: string;
  ordinal: number;
  state: string;
  batch_id: string | null;
  attempts: number;
  provider_message_id: string | null;
};

export type ReceiptDeps = Pick<Deps, 'clock' | 'ids'>;

/**
 * Applies the receipts with these ids, oldest first; leaves those whose delivery is not ready for them, and puts aside those
 * that will never have one. Returns how many it applied.
 */
export async function applyReceipts(
  deps: ReceiptDeps,
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
    const target = await findTarget(writer, row);
    if (target !== undefined && mustWait(target)) continue;
    if (
      target !== undefined &&
      (await applyOne(deps, writer, { receipt: row, target, now: input.now }))
    ) {
      applied += 1;
    }
    await writer.tables
      .updateTable('receipts')
      .set({ applied: 1 })
      .where('id', '=', row.id)
      .execute();
  }
  return applied;
}

/** Our own write is still to come: the answer of a call that is under way, or the claim itself. */
function mustWait({ state, attempts }: Target): boolean {
  return state === 'attempting' || (state === 'pending' && attempts === 0);
}

/** False when the receipt changes nothing, such as one about a delivery the provider had refused. */
async function applyOne(
  deps: ReceiptDeps,
  writer: LedgerWriter,
  { receipt, target, now }: { receipt: ReceiptRow; target: Target; now: string },
): Promise<boolean> {
  const state = target.state as DeliveryState;
  // Back to pending after a call, and now the provider speaks of it: it was taken after all.
  const wasTakenAfterAll = state === 'pending';
  if (!canTakeReceipt(state) && !wasTakenAfterAll) return false;
  const isOther =
    target.provider_message_id !== null &&
    target.provider_message_id !== receipt.provider_message_id;
  if (isOther) await reportTakenTwice(deps, writer, target);
  const next = stateAfterReceipt(wasTakenAfterAll ? 'unknown' : state, receipt.kind as ReceiptKind);
  if (next !== null) {
    await writer.tables
      .updateTable('deliveries')
      .set({
        state: next,
        reason: receipt.kind === 'delivered' ? null : receipt.detail,
        provider_message_id: target.provider_message_id ?? receipt.provider_message_id,
        changed_at: now,
      })
      .where('dispatch_id', '=', target.dispatch_id)
      .where('ordinal', '=', target.ordinal)
      .where('state', '=', state)
      .execute();
  }
  if (state === 'unknown' || wasTakenAfterAll) await recordSettled(writer, target);
  return true;
}

/** Two message numbers for one delivery: promise 2 was broken, by the provider or by us. It is said, not hidden. */
async function reportTakenTwice(
  deps: ReceiptDeps,
  writer: LedgerWriter,
  target: Target,
): Promise<void> {
  await raiseTrouble(
    { ...deps, tables: writer.tables },
    {
      dispatchId: target.dispatch_id,
      code: 'delivery.taken_twice',
      sentence: `The provider speaks of two messages for delivery ${target.ordinal}: that person may have been told twice. Compare its records with the outcome table.`,
      needsPerson: true,
    },
  );
}

async function findTarget(writer: LedgerWriter, receipt: ReceiptRow): Promise<Target | undefined> {
  const base = writer.tables
    .selectFrom('deliveries')
    .select(['dispatch_id', 'ordinal', 'state', 'batch_id', 'attempts', 'provider_message_id']);
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
