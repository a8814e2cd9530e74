// Starts a thread for each resolution and each count. The main thread goes on answering, sending and signing meanwhile; the
// memory of a thread is limited, so that a store of any size is read within it.
import { Worker } from 'node:worker_threads';
import type { LedgerParts } from './compose-ledger.ts';
import type { Config } from './config/load-config.ts';
import type { AudienceCounts, Scope } from './contract/scope.ts';
import { CodedError, type ErrorCategory } from './domain/coded-error.ts';
import { failAudience } from './use-cases/abandon-audiences.ts';
import type { Acting } from './use-cases/ports/acting.ts';
import type { AudienceWork } from './use-cases/ports/audience-work.ts';

type Task =
  | { readonly kind: 'resolve'; readonly acting: Acting; readonly audienceId: string }
  | { readonly kind: 'count'; readonly scope: Scope };

export type PeopleJob = { readonly config: Config; readonly task: Task };

export type PeopleMessage =
  | { readonly kind: 'done' }
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'counted'; readonly counts: AudienceCounts }
  | {
      readonly kind: 'failed';
      readonly error: { code: string; category: ErrorCategory; message: string; detail?: string };
    };

/** Megabytes of heap: rows are held by the page and people one by one, whatever the store. */
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 24 };

export function makeAudienceWork(config: Config, parts: Pick<LedgerParts, 'ledger'>): AudienceWork {
  return {
    resolve: async (acting, { audienceId }) => {
      try {
        await runTask({ config, task: { kind: 'resolve', acting, audienceId } }, () => undefined);
      } catch (error) {
        // A thread that died could not say so in the ledger. One that could has, and this changes nothing then.
        await failAudience(parts, audienceId, {
          code: 'audience.failed',
          title: "couldn't freeze the people: the sidecar met a fault of its own",
        });
        throw error;
      }
    },
    count: async ({ scope, onRows }) => {
      const last = await runTask({ config, task: { kind: 'count', scope } }, (rows) => {
        void onRows(rows);
      });
      if (last.kind !== 'counted') throw new Error('the counting thread ended without a count');
      return last.counts;
    },
  };
}

function runTask(job: PeopleJob, onRows: (rows: number) => void): Promise<PeopleMessage> {
  const worker = new Worker(new URL('./people-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: LIMITS,
  });
  return new Promise((resolve, reject) => {
    let last: PeopleMessage | null = null;
    worker.on('message', (message: PeopleMessage) => {
      if (message.kind === 'rows') onRows(message.rows);
      else last = message;
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      if (last === null) reject(new Error('the thread that reads people ended without a word'));
      else if (last.kind === 'failed') reject(new CodedError(last.error));
      else resolve(last);
    });
  });
}
