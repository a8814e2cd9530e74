// Takes the next deliveries of a dispatch and writes down, durably, what is about to be sent.
import { createHash, createHmac } from 'node:crypto';
import { CodedError } from '../domain/coded-error.ts';
import { unpackPerson } from '../domain/audience/pack-person.ts';
import { commitTo, commitToBytes, makeCommitmentRoot } from '../domain/evidence/commitment.ts';
import { equalBytes } from '../domain/evidence/encoding.ts';
import { formatOrdinals } from '../domain/evidence/ordinal-ranges.ts';
import { deliveryId, messageIdOf } from '../domain/delivery/delivery-id.ts';
import type { CompiledNotice } from '../domain/notice/compile-notice.ts';
import { openPersonText, personToWriteTo, type SealedPerson } from './open-person.ts';
import { SYSTEM } from './ports/acting.ts';
import type { DeliveryDeps } from './ports/delivery-deps.ts';
import type { OutgoingBatch, OutgoingMessage } from './ports/mail-provider.ts';
import type { IncidentVault } from './ports/vault.ts';

/** What stays the same for every batch of a dispatch; opened once. */
export type DispatchJob = {
  dispatchId: string;
  incidentId: string;
  audienceId: string;
  provider: string;
  stream: string;
  batchSize: number;
  concurrency: number;
  vault: IncidentVault;
  notice: CompiledNotice;
};

export type ClaimedBatch = { batch: OutgoingBatch; attempt: number; ordinals: number[] };

const LEASE_MS = 10 * 60_000;
/** Below the 50 MB that Postmark takes for one call, with room for JSON escapes. */
const MAX_BATCH_BYTES = 40_000_000;

/**
 * Picks up to `batchSize` pending deliveries, renders them, and in one transaction sets them to `attempting` with the
 * batch, its payload commitment and the evidence entry `batch.intent`. Returns null when nothing is pending or the
 * dispatch is not running.
 *
 * On disk after it returns: who is in the batch and a commitment to what each of them gets. The caller flushes the evidence log
 * before it calls the provider. A crash between here and the provider's answer leaves the batch `intent`; at the next
 * start it becomes *unknown* and the provider is asked, since nobody can say on which side of the call the crash was.
 *
 * Must not run twice at once in one process: picking and claiming are two steps, so that rendering does not hold the
 * ledger's write lock. A second process is kept away by the lease on serving; if it came, the claim's own check fails.
 */
export async function claimBatch(
  deps: DeliveryDeps,
  job: DispatchJob,
  fence: number,
): Promise<ClaimedBatch | null> {
  const people = await pickPending(deps, job);
  if (people.length === 0) return null;
  const batchId = deps.ids.make('bat');
  const messages: OutgoingMessage[] = [];
  const digests: string[] = [];
  const root = makeCommitmentRoot();
  let bytes = 0;
  for (const person of people) {
    const message = makeMessage(deps, job, person);
    bytes += Buffer.byteLength(message.text) + Buffer.byteLength(message.html);
    // The rest stays pending and is taken by the next claim.
    if (messages.length > 0 && bytes > MAX_BATCH_BYTES) break;
    messages.push(message);
    const digest = digestOf(message);
    digests.push(digest);
    root.add(commitTo(person.salt, { delivery: message.deliveryId, message: digest }));
  }
  const batch: OutgoingBatch = {
    batchId,
    dispatchId: job.dispatchId,
    stream: job.stream,
    from: deps.settings.from,
    messages,
  };
  const ordinals = messages.map((message) => message.ordinal);
  const attempt = 1;
  const claimed = await writeIntent(deps, job, {
    batchId,
    attempt,
    ordinals,
    fence,
    payloadHash: payloadCommitment(job.vault, batch, digests),
    deliveriesRoot: root.root(),
  });
  return claimed ? { batch, attempt, ordinals } : null;
}

type PickedPerson = { number: number; salt: Uint8Array; person: SealedPerson };

async function pickPending(deps: DeliveryDeps, job: DispatchJob): Promise<PickedPerson[]> {
  const rows = await deps.ledger.tables
    .selectFrom('deliveries')
    .innerJoin('dispatches', 'dispatches.id', 'deliveries.dispatch_id')
    .innerJoin('people', (join) =>
      join
        .onRef('people.audience_id', '=', 'dispatches.audience_id')
        .onRef('people.number', '=', 'deliveries.ordinal'),
    )
    .select(['people.number', 'people.salt', 'people.commitment', 'people.sealed'])
    .where('deliveries.dispatch_id', '=', job.dispatchId)
    .where('deliveries.state', '=', 'pending')
    .where('dispatches.state', '=', 'running')
    // News of the provider about this delivery waits to be applied: it was taken, whatever its state says.
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('receipts')
            .select('receipts.id')
            .whereRef('receipts.dispatch_id', '=', 'deliveries.dispatch_id')
            .whereRef('receipts.ordinal', '=', 'deliveries.ordinal')
            .where('receipts.applied', '=', 0)
            .where('deliveries.attempts', '>', 0),
        ),
      ),
    )
    .orderBy('deliveries.ordinal')
    .limit(job.batchSize)
    .execute();
  return rows.map((row) => {
    const at = { audienceId: job.audienceId, number: row.number, sealed: row.sealed };
    const text = openPersonText(job.vault, at);
    // The approved root covers the commitments; this ties the person about to be written to to his.
    const commitment = commitToBytes(row.salt, Buffer.from(text, 'utf8'));
    if (!equalBytes(commitment, row.commitment)) throw personChanged(row.number);
    return { number: row.number, salt: row.salt, person: personToWriteTo(unpackPerson(text)) };
  });
}

function personChanged(number: number): CodedError {
  return new CodedError({
    code: 'dispatch.people_changed',
    category: 'internal',
    message: `couldn't write to person ${number}: the record in the ledger is not the one that was approved`,
    detail: 'Stop the dispatch, restore the ledger from a backup, and look for who changed it.',
  });
}

function makeMessage(deps: DeliveryDeps, job: DispatchJob, picked: PickedPerson): OutgoingMessage {
  const id = deliveryId(job.dispatchId, picked.number);
  const { person } = picked;
  return {
    ordinal: picked.number,
    deliveryId: id,
    messageId: messageIdOf(id, deps.settings.messageIdDomain),
    to: person.address,
    toName: person.fullName,
    ...job.notice.render({
      firstName: person.firstName,
      fullName: person.fullName,
      dataClasses: person.dataClasses,
    }),
  };
}

/** SHA-256 over everything this person gets, in a fixed order. */
function digestOf({ messageId, to, subject, text, html }: OutgoingMessage): string {
  return createHash('sha256')
    .update(JSON.stringify([messageId, to, subject, text, html]))
    .digest('hex');
}

/** Keyed with a secret of the incident: a plain hash of a one-person batch could be guessed from a list of addresses. */
function payloadCommitment(
  vault: IncidentVault,
  batch: OutgoingBatch,
  digests: readonly string[],
): string {
  const hmac = createHmac('sha256', vault.index(`payload:${batch.batchId}`));
  return hmac.update(JSON.stringify([batch.from, batch.stream, ...digests])).digest('hex');
}

async function writeIntent(
  deps: DeliveryDeps,
  job: DispatchJob,
  intent: {
    batchId: string;
    attempt: number;
    ordinals: number[];
    fence: number;
    payloadHash: string;
    deliveriesRoot: string;
  },
): Promise<boolean> {
  const now = deps.clock.now();
  const ordinals = formatOrdinals(intent.ordinals);
  return deps.ledger.transaction(async (writer) => {
    const dispatch = await writer.tables
      .selectFrom('dispatches')
      .select('state')
      .where('id', '=', job.dispatchId)
      .executeTakeFirst();
    // Paused or stopped since the people were picked: nothing was written, nothing will be sent.
    if (dispatch?.state !== 'running') return false;
    const result = await writer.tables
      .updateTable('deliveries')
      .set((row) => ({
        state: 'attempting',
        reason: null,
        batch_id: intent.batchId,
        attempts: row('attempts', '+', 1),
        changed_at: now.toISOString(),
      }))
      .where('dispatch_id', '=', job.dispatchId)
      .where('state', '=', 'pending')
      .where('ordinal', 'in', intent.ordinals)
      .executeTakeFirst();
    if (Number(result.numUpdatedRows) !== intent.ordinals.length) {
      throw new Error("couldn't claim a batch: its deliveries were claimed by another process");
    }
    await writer.tables
      .insertInto('batches')
      .values({
        id: intent.batchId,
        dispatch_id: job.dispatchId,
        attempt: intent.attempt,
        state: 'intent',
        ordinals,
        count: intent.ordinals.length,
        payload_hash: intent.payloadHash,
        deliveries_root: intent.deliveriesRoot,
        lease_owner: deps.owner,
        lease_until: new Date(now.getTime() + LEASE_MS).toISOString(),
        fence: intent.fence,
        intent_at: now.toISOString(),
        ended_at: null,
        reason: null,
        empty_answers: 0,
        asked_at: null,
      })
      .execute();
    await writer.record({
      kind: 'batch.intent',
      acting: SYSTEM,
      incidentId: job.incidentId,
      data: {
        dispatch_id: job.dispatchId,
        batch_id: intent.batchId,
        attempt: intent.attempt,
        provider: job.provider,
        ordinals,
        count: intent.ordinals.length,
        payload_hash: intent.payloadHash,
        deliveries_root: intent.deliveriesRoot,
      },
    });
    return true;
  });
}
