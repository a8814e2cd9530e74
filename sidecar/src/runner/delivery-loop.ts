// Delivery from start to stop: a run for each running dispatch, questions about unknown batches, receipts, endings.
import { isCoded } from '../domain/coded-error.ts';
import { retryDelayMs } from '../domain/delivery/settle-rule.ts';
import { finishDispatch } from '../use-cases/finish-dispatch.ts';
import { holdDispatch } from '../use-cases/hold-dispatch.ts';
import { openDispatchJob } from '../use-cases/open-dispatch-job.ts';
import type { DeliveryDeps } from '../use-cases/ports/delivery-deps.ts';
import { recoverBatches } from '../use-cases/recover-batches.ts';
import { recordReceiptTotals, sweepReceipts } from '../use-cases/sweep-receipts.ts';
import { runDispatch } from './run-dispatch.ts';
import { settleUnknown } from './settle-unknown.ts';
import { makeAlarm, type Alarm } from './wakeable-sleep.ts';

export type DeliveryLoop = {
  /** Resolves after the signal, when every batch on the way is recorded. Never rejects. */
  finished: Promise<void>;
};

export type DeliveryLoopOptions = {
  fence: number;
  signal: AbortSignal;
  /** Pause between two looks at the ledger. */
  pollMs: number;
  /** Pause between two questions about the same unknown batch. */
  askEveryMs: number;
  receiptTotalsEveryMs: number;
  onError: (error: unknown, dispatchId: string | null) => void;
};

type LoopState = {
  alarm: Alarm;
  runs: Map<string, Promise<void>>;
  /** Runs that broke off with a fault nobody has sorted: how often in a row, and not before when the next. */
  faults: Map<string, { count: number; notBefore: number }>;
};

export function startDeliveryLoop(deps: DeliveryDeps, options: DeliveryLoopOptions): DeliveryLoop {
  const state: LoopState = { alarm: makeAlarm(), runs: new Map(), faults: new Map() };
  const settling = new Set<Promise<void>>();
  const settle = (): void => {
    if (settling.size > 0) return;
    const one: Promise<void> = settleUnknown(deps, options)
      .then(
        (cameBack) => {
          if (cameBack) state.alarm.wake();
        },
        (error: unknown) => {
          options.onError(error, null);
        },
      )
      .finally(() => settling.delete(one));
    settling.add(one);
  };
  const finished = (async () => {
    let totalsAt = 0;
    while (!options.signal.aborted) {
      try {
        await recoverBatches(deps, 'expired');
        await startRuns(deps, options, state);
        settle();
        await sweepReceipts(deps);
        const dueTotals = deps.clock.now().getTime() - totalsAt >= options.receiptTotalsEveryMs;
        if (dueTotals) totalsAt = deps.clock.now().getTime();
        await endDispatches(deps, dueTotals);
      } catch (error) {
        options.onError(error, null);
      }
      await state.alarm.sleep(options.pollMs, options.signal);
    }
    await Promise.all([...state.runs.values(), ...settling]);
  })();
  return { finished };
}

async function startRuns(
  deps: DeliveryDeps,
  options: DeliveryLoopOptions,
  state: LoopState,
): Promise<void> {
  const running = await deps.ledger.tables
    .selectFrom('dispatches')
    .select('id')
    .where('state', '=', 'running')
    .execute();
  for (const { id } of running) {
    const notBefore = state.faults.get(id)?.notBefore ?? 0;
    if (state.runs.has(id) || notBefore > deps.clock.now().getTime()) continue;
    if (!(await hasPending(deps, id))) continue;
    const run = runOnce(deps, options, id)
      .then(
        () => {
          state.faults.delete(id);
          // What came back to pending or ended is looked at now, not at the next poll.
          state.alarm.wake();
        },
        (error: unknown) => noteFault(deps, options, { state, id, error }),
      )
      .finally(() => state.runs.delete(id));
    state.runs.set(id, run);
  }
}

async function runOnce(
  deps: DeliveryDeps,
  options: DeliveryLoopOptions,
  id: string,
): Promise<void> {
  const opened = await openDispatchJob(deps, id);
  if (!opened.ok) {
    await holdDispatch(deps, { dispatchId: id, code: opened.code, sentence: opened.sentence });
    return;
  }
  const { fence, signal } = options;
  await runDispatch({ deps, job: opened.job, fence, alarm: makeAlarm(), signal });
}

/**
 * A coded fault is one that a person must mend: a text or a person that cannot be opened will not open at the next try
 * either. Any other is tried again, later and later, so that a full disk does not keep the whole process busy.
 */
async function noteFault(
  deps: DeliveryDeps,
  options: DeliveryLoopOptions,
  { state, id, error }: { state: LoopState; id: string; error: unknown },
): Promise<void> {
  options.onError(error, id);
  const count = (state.faults.get(id)?.count ?? 0) + 1;
  state.faults.set(id, { count, notBefore: deps.clock.now().getTime() + retryDelayMs(count) });
  if (!isCoded(error)) return;
  try {
    await holdDispatch(deps, {
      dispatchId: id,
      code: error.code,
      sentence: error.detail === undefined ? error.message : `${error.message}. ${error.detail}`,
    });
  } catch (fault) {
    options.onError(fault, id);
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
