// Delivery from start to stop: a run for each running dispatch, questions about unknown batches, receipts, endings.
import { ManifestBody } from '../contract/index.ts';
import { isCoded } from '../domain/coded-error.ts';
import { pauseDispatch } from '../use-cases/change-dispatch.ts';
import { finishDispatch } from '../use-cases/finish-dispatch.ts';
import type { DispatchJob } from '../use-cases/claim-batch.ts';
import { openDispatchJob } from '../use-cases/open-dispatch-job.ts';
import { SYSTEM } from '../use-cases/ports/acting.ts';
import type { DeliveryDeps } from '../use-cases/ports/delivery-deps.ts';
import { requireDispatch } from '../use-cases/read-dispatch.ts';
import { recoverBatches } from '../use-cases/recover-batches.ts';
import { settleBatch } from '../use-cases/settle-batch.ts';
import { recordReceiptTotals, sweepReceipts } from '../use-cases/sweep-receipts.ts';
import { clearTroubles, raiseTrouble } from '../use-cases/troubles.ts';
import { runDispatch } from './run-dispatch.ts';
import { makeAlarm, type Alarm } from './wakeable-sleep.ts';

export type DeliveryLoop = {
  /** There may be work: a dispatch was started or resumed, a receipt came in. */
  wake(): void;
  /** Resolves after the signal, when every batch on the way is recorded. */
  finished: Promise<void>;
};

export type DeliveryLoopOptions = {
  fence: number;
  signal: AbortSignal;
  /** Pause between looks at the ledger when nothing wakes it. */
  pollMs: number;
  /** Pause between two questions about the same unknown batch. */
  askEveryMs: number;
  receiptTotalsEveryMs: number;
  onError: (error: unknown, dispatchId: string | null) => void;
};

export function startDeliveryLoop(deps: DeliveryDeps, options: DeliveryLoopOptions): DeliveryLoop {
  const alarm = makeAlarm();
  const runs = new Map<string, { done: Promise<void>; alarm: Alarm }>();
  const finished = (async () => {
    let totalsAt = 0;
    while (!options.signal.aborted) {
      try {
        await recoverBatches(deps, 'expired');
        await startRuns(deps, options, { runs, alarm });
        await settleDue(deps, options, alarm);
        await sweepReceipts(deps);
        const dueTotals = deps.clock.now().getTime() - totalsAt >= options.receiptTotalsEveryMs;
        if (dueTotals) totalsAt = deps.clock.now().getTime();
        await endDispatches(deps, dueTotals);
      } catch (error) {
        options.onError(error, null);
      }
      await alarm.sleep(options.pollMs, options.signal);
    }
    await Promise.all([...runs.values()].map((run) => run.done));
  })();
  return {
    wake: () => {
      alarm.wake();
    },
    finished,
  };
}

async function startRuns(
  deps: DeliveryDeps,
  options: DeliveryLoopOptions,
  state: { runs: Map<string, { done: Promise<void>; alarm: Alarm }>; alarm: Alarm },
): Promise<void> {
  const running = await deps.ledger.tables
    .selectFrom('dispatches')
    .select('id')
    .where('state', '=', 'running')
    .execute();
  for (const { id } of running) {
    if (state.runs.has(id) || !(await hasPending(deps, id))) continue;
    const alarm = makeAlarm();
    const done = openJob(deps, id)
      .then((job) =>
        job === null
          ? undefined
          : runDispatch({ deps, job, fence: options.fence, alarm, signal: options.signal }),
      )
      .catch(async (error: unknown) => {
        options.onError(error, id);
        // A person or a text that cannot be opened will not open at the next try either.
        if (isCoded(error)) await holdForPerson(deps, id, error);
      })
      .finally(() => {
        state.runs.delete(id);
        // What came back to pending or ended is looked at now, not at the next poll.
        state.alarm.wake();
      });
    state.runs.set(id, { done, alarm });
  }
}

async function hasPending(deps: DeliveryDeps, dispatchId: string): Promise<boolean> {
  const row = await deps.ledger.tables
    .selectFrom('deliveries')
    .select('ordinal')
    .where('dispatch_id', '=', dispatchId)
    .where('state', '=', 'pending')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The job, or null after the dispatch was paused because what would be sent is not what was approved. */
async function openJob(deps: DeliveryDeps, dispatchId: string): Promise<DispatchJob | null> {
  const opened = await openDispatchJob(deps, dispatchId);
  if (opened.ok) return opened.job;
  await holdForPerson(deps, dispatchId, { code: opened.code, message: opened.sentence });
  return null;
}

async function holdForPerson(
  deps: DeliveryDeps,
  dispatchId: string,
  trouble: { code: string; message: string },
): Promise<void> {
  await raiseTrouble(
    { ...deps, tables: deps.ledger.tables },
    { dispatchId, code: trouble.code, sentence: trouble.message, needsPerson: true },
  );
  const { state } = await requireDispatch(deps.ledger.tables, dispatchId);
  if (state === 'running') {
    await pauseDispatch(deps, SYSTEM, { dispatchId, reason: trouble.message });
  }
}

async function settleDue(
  deps: DeliveryDeps,
  options: DeliveryLoopOptions,
  alarm: Alarm,
): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - options.askEveryMs).toISOString();
  const due = await deps.ledger.tables
    .selectFrom('batches')
    .innerJoin('dispatches', 'dispatches.id', 'batches.dispatch_id')
    .innerJoin('manifests', 'manifests.id', 'dispatches.manifest_id')
    .select(['batches.id', 'batches.dispatch_id', 'manifests.body_json'])
    .where('batches.state', '=', 'unknown')
    .where((row) => row.or([row('asked_at', 'is', null), row('asked_at', '<=', before)]))
    .orderBy('batches.id')
    .execute();
  for (const batch of due) {
    if (options.signal.aborted) return;
    const { plan } = ManifestBody.parse(JSON.parse(batch.body_json));
    const result = await settleBatch(deps, { batchId: batch.id, stream: plan.stream });
    const tables = deps.ledger.tables;
    if (result.unavailable === null) {
      await clearTroubles(
        { clock: deps.clock, tables },
        { dispatchId: batch.dispatch_id, codes: ['provider.search_unavailable'] },
      );
    } else {
      await raiseTrouble(
        { ...deps, tables },
        {
          dispatchId: batch.dispatch_id,
          code: 'provider.search_unavailable',
          sentence:
            'The provider cannot be asked right now which messages it took. They stay unknown and are not sent again; it is asked again by itself.',
          needsPerson: false,
        },
      );
    }
    if (result.returned > 0) alarm.wake();
  }
}

async function endDispatches(deps: DeliveryDeps, recordTotals: boolean): Promise<void> {
  const rows = await deps.ledger.tables
    .selectFrom('dispatches')
    .select(['id', 'incident_id', 'state'])
    .where('state', 'in', ['running', 'paused', 'stopped', 'done'])
    .execute();
  for (const row of rows) {
    const wasRunning = row.state === 'running';
    const isDone = wasRunning && (await finishDispatch(deps, row.id));
    if (recordTotals || isDone) await recordReceiptTotals(deps, row);
    if (isDone) await deps.evidence.flush();
  }
}
