// Opens the thread that makes people while this one reads the stage, seals and writes.
import { Worker } from 'node:worker_threads';
import type { AudienceCounts } from './contract/scope.ts';
import type { ReadingFacts } from './domain/audience/audience-tally.ts';
import { composersHere } from './use-cases/make-people.ts';
import type { AudienceStages, StagedBatch } from './use-cases/ports/audience-stage.ts';
import type {
  ComposedBatch,
  ComposerInput,
  PeopleComposer,
  PeopleComposers,
} from './use-cases/ports/people-composer.ts';
import type { Vault } from './use-cases/ports/vault.ts';

export type ComposingJob = { readonly masterKey: Uint8Array; readonly input: ComposerInput };

export type ComposingQuestion =
  | { readonly kind: 'compose'; readonly batch: StagedBatch }
  | { readonly kind: 'counts'; readonly facts: ReadingFacts };

export type ComposingAnswer =
  | { readonly kind: 'composed'; readonly batch: ComposedBatch }
  | { readonly kind: 'counts'; readonly counts: AudienceCounts };

/** Rows below which starting a thread takes longer than it saves. */
const WORTH_IT = 100_000;

/** Megabytes of heap: one batch and its people at a time. */
const LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 24 };

/** A thread for many rows, this one for few. */
export function composersInThread(
  masterKey: Uint8Array,
  parts: { vault: Vault; stages: AudienceStages },
): PeopleComposers {
  const here = composersHere(parts.vault, parts.stages);
  return {
    open: (input) =>
      input.rows < WORTH_IT ? here.open(input) : openComposingThread({ masterKey, input }),
  };
}

type Waiting = {
  resolve: (answer: ComposingAnswer) => void;
  reject: (error: unknown) => void;
};

function openComposingThread(job: ComposingJob): PeopleComposer {
  const worker = new Worker(new URL('./composing-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: LIMITS,
  });
  const waiting: Waiting[] = [];
  let ended: Error | null = null;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (answer: ComposingAnswer) => waiting.shift()?.resolve(answer));
  worker.once('error', end);
  worker.once('exit', () => {
    end(new Error('the thread that makes people ended before all of them were made'));
  });
  const ask = (question: ComposingQuestion, given: ArrayBuffer[]): Promise<ComposingAnswer> =>
    new Promise((resolve, reject) => {
      if (ended !== null) {
        reject(ended);
        return;
      }
      waiting.push({ resolve, reject });
      worker.postMessage(question, given);
    });
  return {
    compose: async (batch) => {
      const answer = await ask({ kind: 'compose', batch }, [batch.bytes.buffer]);
      if (answer.kind !== 'composed') throw outOfStep();
      return answer.batch;
    },
    counts: async (facts) => {
      const answer = await ask({ kind: 'counts', facts }, []);
      if (answer.kind !== 'counts') throw outOfStep();
      return answer.counts;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

function outOfStep(): Error {
  return new Error('the thread that makes people answered another question');
}
