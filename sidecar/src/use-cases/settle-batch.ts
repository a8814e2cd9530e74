// Finds out what became of an unknown batch by asking the provider, with patience, and never by sending again.
import { formatOrdinals } from '../domain/evidence/ordinal-ranges.ts';
import { parseDeliveryId } from '../domain/delivery/delivery-id.ts';
import { mayReturnToPending } from '../domain/delivery/settle-rule.ts';
import { SYSTEM } from './ports/acting.ts';
import type { DeliveryDeps } from './ports/delivery-deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { FoundMessage } from './ports/mail-provider.ts';
import { endBatch } from './record-answer.ts';

type SettleDeps = Pick<DeliveryDeps, 'ledger' | 'clock' | 'providerOf' | 'settings'>;

export type SettleResult = {
  found: number;
  returned: number;
  /** Still unknown after this call. */
  left: number;
  /** The search itself gave no answer. */
  unavailable: string | null;
};

/** One question to the provider for one unknown batch, and what follows from the answer, in one transaction. */
export async function settleBatch(
  deps: SettleDeps,
  input: { batchId: string; stream: string },
): Promise<SettleResult> {
  const batch = await deps.ledger.tables
    .selectFrom('batches')
    .innerJoin('dispatches', 'dispatches.id', 'batches.dispatch_id')
    .select([
      'batches.id',
      'batches.dispatch_id',
      'batches.intent_at',
      'batches.attempt',
      'dispatches.provider',
      'dispatches.incident_id',
    ])
    .where('batches.id', '=', input.batchId)
    .executeTakeFirstOrThrow();
  const answer = await deps
    .providerOf(batch.provider)
    .findBatch({ batchId: batch.id, stream: input.stream });
  const found = answer.kind === 'searched' ? answer.found : [];
  return deps.ledger.transaction(async (writer) => {
    const unknown = await readUnknown(writer, batch.id);
    const accepted = await acceptFound(writer, {
      dispatchId: batch.dispatch_id,
      unknown,
      found,
      now: deps.clock.now().toISOString(),
    });
    const rest = unknown.filter((ordinal) => !accepted.includes(ordinal));
    const emptyAnswers = await noteQuestion(deps, writer, batch.id, answer.kind === 'searched');
    const mayReturn =
      answer.kind === 'searched' &&
      rest.length > 0 &&
      mayReturnToPending(
        { emptyAnswers, msSinceIntent: deps.clock.now().getTime() - Date.parse(batch.intent_at) },
        deps.settings.patience,
      );
    const returned = mayReturn ? rest : [];
    if (mayReturn) await returnToPending(deps, writer, batch.dispatch_id, rest);
    if (accepted.length + returned.length > 0) {
      await writer.record({
        kind: 'batch.settled',
        acting: SYSTEM,
        incidentId: batch.incident_id,
        data: {
          dispatch_id: batch.dispatch_id,
          batch_id: batch.id,
          attempt: batch.attempt,
          accepted: formatOrdinals(accepted),
          returned: formatOrdinals(returned),
          failed: '',
          by: 'provider_search',
        },
      });
    }
    const left = rest.length - returned.length;
    if (left === 0)
      await endBatch(writer.tables, batch.id, 'settled', deps.clock.now().toISOString());
    return {
      found: accepted.length,
      returned: returned.length,
      left,
      unavailable: answer.kind === 'unavailable' ? answer.reason : null,
    };
  });
}

async function readUnknown(writer: LedgerWriter, batchId: string): Promise<number[]> {
  const rows = await writer.tables
    .selectFrom('deliveries')
    .select('ordinal')
    .where('batch_id', '=', batchId)
    .where('state', '=', 'unknown')
    .orderBy('ordinal')
    .execute();
  return rows.map((row) => row.ordinal);
}

async function acceptFound(
  writer: LedgerWriter,
  input: { dispatchId: string; unknown: number[]; found: readonly FoundMessage[]; now: string },
): Promise<number[]> {
  const open = new Set(input.unknown);
  const accepted: number[] = [];
  for (const message of input.found) {
    const id = parseDeliveryId(message.deliveryId);
    if (id === null || id.dispatchId !== input.dispatchId || !open.has(id.ordinal)) continue;
    open.delete(id.ordinal);
    accepted.push(id.ordinal);
    await writer.tables
      .updateTable('deliveries')
      .set({
        state: 'accepted',
        reason: null,
        provider_message_id: message.providerMessageId,
        changed_at: input.now,
      })
      .where('dispatch_id', '=', input.dispatchId)
      .where('ordinal', '=', id.ordinal)
      .where('state', '=', 'unknown')
      .execute();
  }
  return accepted;
}

/** Counts complete answers only; returns how many there are now. */
async function noteQuestion(
  deps: SettleDeps,
  writer: LedgerWriter,
  batchId: string,
  complete: boolean,
): Promise<number> {
  await writer.tables
    .updateTable('batches')
    .set((row) => ({
      asked_at: deps.clock.now().toISOString(),
      empty_answers: complete ? row('empty_answers', '+', 1) : row.ref('empty_answers'),
    }))
    .where('id', '=', batchId)
    .execute();
  const row = await writer.tables
    .selectFrom('batches')
    .select('empty_answers')
    .where('id', '=', batchId)
    .executeTakeFirstOrThrow();
  return row.empty_answers;
}

async function returnToPending(
  deps: SettleDeps,
  writer: LedgerWriter,
  dispatchId: string,
  ordinals: readonly number[],
): Promise<void> {
  await writer.tables
    .updateTable('deliveries')
    .set({
      state: 'pending',
      reason: 'not_taken',
      provider_message_id: null,
      changed_at: deps.clock.now().toISOString(),
    })
    .where('dispatch_id', '=', dispatchId)
    .where('state', '=', 'unknown')
    .where('ordinal', 'in', [...ordinals])
    .execute();
}
