// Writes down what the provider answered for a batch: states, provider message ids and evidence in one transaction.
import { sql, type RawBuilder, type Transaction } from 'kysely';
import { formatOrdinals } from '../domain/evidence/ordinal-ranges.ts';
import type { ClaimedBatch, DispatchJob } from './claim-batch.ts';
import { SYSTEM } from './ports/acting.ts';
import type { DeliveryDeps } from './ports/delivery-deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { MessageResult, SendAnswer } from './ports/mail-provider.ts';

/**
 * After the commit every delivery of the batch is accepted, failed, suppressed, pending again or unknown, and the log says
 * so. A crash before the commit leaves the intent, which becomes unknown at the next start: the provider's record decides.
 */
export async function recordAnswer(
  deps: Pick<DeliveryDeps, 'ledger' | 'clock'>,
  job: DispatchJob,
  claimed: ClaimedBatch,
  answer: SendAnswer,
): Promise<void> {
  const now = deps.clock.now().toISOString();
  await deps.ledger.transaction(async (writer) => {
    const batch = await writer.tables
      .selectFrom('batches')
      .select('state')
      .where('id', '=', claimed.batch.batchId)
      .executeTakeFirst();
    // Somebody declared it unknown while we waited (the lease ran out): the provider's record decides now, not this answer.
    if (batch?.state !== 'intent') return;
    if (answer.kind === 'unknown') {
      await writeUnknown(writer, job, {
        ...claimed,
        batchId: claimed.batch.batchId,
        reason: answer.reason,
        now,
      });
      return;
    }
    const results =
      answer.kind === 'answered'
        ? answer.results
        : claimed.ordinals.map((): MessageResult => ({ state: 'returned', reason: answer.reason }));
    await writeResults(writer, job, claimed, results, now);
  });
}

async function writeResults(
  writer: LedgerWriter,
  job: DispatchJob,
  claimed: ClaimedBatch,
  results: readonly MessageResult[],
  now: string,
): Promise<void> {
  const sets: Record<MessageResult['state'], number[]> = {
    accepted: [],
    failed: [],
    suppressed: [],
    returned: [],
  };
  const answers: Answer[] = [];
  for (const [at, ordinal] of claimed.ordinals.entries()) {
    const result = results[at];
    if (result === undefined) {
      throw new Error(
        `couldn't record a batch: ${results.length} answers for ${claimed.ordinals.length} messages`,
      );
    }
    sets[result.state].push(ordinal);
    answers.push([ordinal, result]);
  }
  const where = { dispatchId: job.dispatchId, batchId: claimed.batch.batchId, now };
  const moved =
    (await writeAccepted(writer.tables, where, answers)) +
    (await writeOthers(writer.tables, where, answers));
  if (moved !== claimed.ordinals.length) {
    throw new Error(
      `couldn't record a batch: ${moved} of its ${claimed.ordinals.length} deliveries were still waiting for the answer`,
    );
  }
  await endBatch(writer.tables, claimed.batch.batchId, 'recorded', now);
  await writer.record({
    kind: 'batch.outcome',
    acting: SYSTEM,
    incidentId: job.incidentId,
    data: {
      dispatch_id: job.dispatchId,
      batch_id: claimed.batch.batchId,
      attempt: claimed.attempt,
      accepted: formatOrdinals(sets.accepted),
      failed: formatOrdinals(sets.failed),
      suppressed: formatOrdinals(sets.suppressed),
      returned: formatOrdinals(sets.returned),
    },
  });
}

type Answer = [ordinal: number, result: MessageResult];
type Place = { dispatchId: string; batchId: string; now: string };

/** One statement for all of them: the answers of a batch differ in the provider's message id alone. */
async function writeAccepted(
  tables: Transaction<LedgerTables>,
  place: Place,
  answers: readonly Answer[],
): Promise<number> {
  const accepted = answers.flatMap(([ordinal, result]) =>
    result.state === 'accepted' ? [{ ordinal, id: result.providerMessageId }] : [],
  );
  if (accepted.length === 0) return 0;
  const ids = accepted.map(({ ordinal, id }) => sql`when ${ordinal} then ${id}`);
  return move(
    tables,
    place,
    accepted.map(({ ordinal }) => ordinal),
    {
      state: 'accepted',
      reason: null,
      provider_message_id: sql<string>`case ordinal ${sql.join(ids, sql` `)} end`,
    },
  );
}

/** One statement for each state and reason. */
async function writeOthers(
  tables: Transaction<LedgerTables>,
  place: Place,
  answers: readonly Answer[],
): Promise<number> {
  const groups = new Map<string, { state: string; reason: string; ordinals: number[] }>();
  for (const [ordinal, result] of answers) {
    if (result.state === 'accepted') continue;
    const key = `${result.state}/${result.reason}`;
    const group = groups.get(key) ?? { state: result.state, reason: result.reason, ordinals: [] };
    group.ordinals.push(ordinal);
    groups.set(key, group);
  }
  let moved = 0;
  for (const { state, reason, ordinals } of groups.values()) {
    moved += await move(tables, place, ordinals, {
      state: state === 'returned' ? 'pending' : state,
      reason,
      provider_message_id: null,
    });
  }
  return moved;
}

async function move(
  tables: Transaction<LedgerTables>,
  place: Place,
  ordinals: readonly number[],
  to: { state: string; reason: string | null; provider_message_id: RawBuilder<string> | null },
): Promise<number> {
  const result = await tables
    .updateTable('deliveries')
    .set({ ...to, changed_at: place.now })
    .where('dispatch_id', '=', place.dispatchId)
    .where('ordinal', 'in', [...ordinals])
    .where('batch_id', '=', place.batchId)
    .where('state', '=', 'attempting')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Marks the attempting deliveries of a batch unknown. Shared by a missing answer and by recovery after a crash. */
export async function writeUnknown(
  writer: LedgerWriter,
  job: Pick<DispatchJob, 'dispatchId' | 'incidentId'>,
  input: {
    batchId: string;
    attempt: number;
    ordinals: readonly number[];
    reason: string;
    now: string;
  },
): Promise<void> {
  await writer.tables
    .updateTable('deliveries')
    .set({ state: 'unknown', reason: input.reason, changed_at: input.now })
    .where('dispatch_id', '=', job.dispatchId)
    .where('batch_id', '=', input.batchId)
    .where('state', '=', 'attempting')
    .execute();
  await writer.tables
    .updateTable('batches')
    .set({ state: 'unknown', reason: input.reason, asked_at: null, empty_answers: 0 })
    .where('id', '=', input.batchId)
    .execute();
  await writer.record({
    kind: 'batch.unknown',
    acting: SYSTEM,
    incidentId: job.incidentId,
    data: {
      dispatch_id: job.dispatchId,
      batch_id: input.batchId,
      attempt: input.attempt,
      ordinals: formatOrdinals(input.ordinals),
      reason: input.reason,
    },
  });
}

export async function endBatch(
  tables: Transaction<LedgerTables>,
  batchId: string,
  state: 'recorded' | 'settled',
  now: string,
): Promise<void> {
  await tables
    .updateTable('batches')
    .set({ state, ended_at: now })
    .where('id', '=', batchId)
    .execute();
}
