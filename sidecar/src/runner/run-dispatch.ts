// Sends one dispatch: claim, flush the evidence, call the provider, record the answer; several batches on the way at once.
import { retryDelayMs } from '../domain/delivery/settle-rule.ts';
import { claimBatch, type ClaimedBatch, type DispatchJob } from '../use-cases/claim-batch.ts';
import type { DeliveryDeps } from '../use-cases/ports/delivery-deps.ts';
import type { SendAnswer } from '../use-cases/ports/mail-provider.ts';
import { recordAnswer } from '../use-cases/record-answer.ts';
import { holdDispatch } from '../use-cases/hold-dispatch.ts';
import { clearTroubles, raiseTrouble, type Trouble } from '../use-cases/troubles.ts';
import type { Alarm } from './wakeable-sleep.ts';

export type DispatchRun = {
  deps: DeliveryDeps;
  job: DispatchJob;
  fence: number;
  alarm: Alarm;
  /** Stops claiming; batches on the way are finished and recorded. */
  signal: AbortSignal;
};

/** Codes of troubles that the next good answer clears by itself. */
const PASSING = ['provider.refused', 'provider.no_answer'];

/** Returns when nothing is pending, the dispatch is no longer running, or the signal was given. */
export async function runDispatch(run: DispatchRun): Promise<void> {
  const onTheWay = new Set<Promise<void>>();
  const pace = { failures: 0, notBefore: 0 };
  const failures: Error[] = [];
  const mayGoOn = (): boolean => !run.signal.aborted && failures.length === 0;
  try {
    while (mayGoOn()) {
      const wait = pace.notBefore - run.deps.clock.now().getTime();
      if (wait > 0) await run.alarm.sleep(wait, run.signal);
      const claimed = mayGoOn() ? await claimBatch(run.deps, run.job, run.fence) : null;
      if (claimed !== null) {
        await flushOrReturn(run, claimed);
        const sending: Promise<void> = sendOne(run, claimed, pace)
          .catch((error: unknown) => {
            failures.push(error instanceof Error ? error : new Error(String(error)));
          })
          .finally(() => onTheWay.delete(sending));
        onTheWay.add(sending);
      }
      if (claimed === null && onTheWay.size === 0) break;
      if (claimed === null || onTheWay.size >= run.job.concurrency) await Promise.race(onTheWay);
    }
  } finally {
    // Whatever ended the claiming, a call on the way is waited for and its answer recorded.
    await Promise.all(onTheWay);
  }
  if (failures[0] !== undefined) throw failures[0];
}

/** No call before its announcement is in the signed log. If it cannot be, nothing was sent, and the batch goes back. */
async function flushOrReturn(run: DispatchRun, claimed: ClaimedBatch): Promise<void> {
  try {
    await run.deps.evidence.flush();
  } catch (error) {
    await recordAnswer(run.deps, run.job, claimed, {
      kind: 'refused',
      next: 'person',
      reason: 'evidence_unavailable',
      sentence: 'The evidence log cannot be written.',
    });
    throw error;
  }
}

async function sendOne(
  run: DispatchRun,
  claimed: ClaimedBatch,
  pace: { failures: number; notBefore: number },
): Promise<void> {
  const { deps, job } = run;
  const answer = await deps.providerOf(job.provider).send(claimed.batch);
  await recordAnswer(deps, job, claimed, answer);
  const stop = personNeeded(answer);
  if (stop !== null) {
    await holdDispatch(deps, {
      dispatchId: job.dispatchId,
      code: stop.reason,
      sentence: `${stop.sentence} Sending is paused; resume it at the console once mended.`,
    });
    return;
  }
  const trouble = passingTrouble(job.dispatchId, answer);
  const tables = deps.ledger.tables;
  if (trouble === null) {
    pace.failures = 0;
    await clearTroubles(
      { clock: deps.clock, tables },
      { dispatchId: job.dispatchId, codes: PASSING },
    );
    return;
  }
  pace.failures += 1;
  pace.notBefore = deps.clock.now().getTime() + retryDelayMs(pace.failures);
  await raiseTrouble({ ...deps, tables }, trouble);
}

function personNeeded(answer: SendAnswer): { reason: string; sentence: string } | null {
  if (answer.kind === 'answered') return answer.hold ?? null;
  return answer.kind === 'refused' && answer.next === 'person' ? answer : null;
}

/** Null when all is well. */
function passingTrouble(dispatchId: string, answer: SendAnswer): Trouble | null {
  if (answer.kind === 'refused') {
    return { dispatchId, code: 'provider.refused', sentence: answer.sentence, needsPerson: false };
  }
  if (answer.kind === 'unknown') {
    return {
      dispatchId,
      code: 'provider.no_answer',
      sentence:
        'The provider did not answer a batch clearly. It is asked what it took before anything is sent again; new batches go on, more slowly.',
      needsPerson: false,
    };
  }
  const returned = answer.results.filter((result) => result.state === 'returned').length;
  if (returned === 0) return null;
  return {
    dispatchId,
    code: 'provider.refused',
    sentence: `The provider put off ${returned} messages of a batch. They are tried again by themselves, more slowly.`,
    needsPerson: false,
  };
}
