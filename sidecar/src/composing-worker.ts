// The thread that makes people out of rows that another one has grouped. It opens no database and no file.
import { parentPort, workerData } from 'node:worker_threads';
import { openBatch } from './adapters/audience-stage/person-batches.ts';
import { openVault } from './adapters/vault/open-vault.ts';
import type { ComposingAnswer, ComposingJob, ComposingQuestion } from './compose-in-thread.ts';
import { makeBatchComposer } from './use-cases/compose-batch.ts';

const { masterKey, input } = workerData as ComposingJob;
const composer = makeBatchComposer(openVault({ masterKey }).unlock(input.wrappedKey), input);

parentPort?.on('message', (question: ComposingQuestion) => {
  if (question.kind === 'counts') {
    answer({ kind: 'counts', counts: composer.counts(question.facts) }, []);
    return;
  }
  const batch = composer.compose(openBatch(question.batch));
  const { records, ends, registered, orders, roles, notes } = batch;
  const columns = [records, ends, registered, orders, roles];
  const lists = [notes.ids, notes.terms, notes.chosen, notes.hints];
  answer(
    { kind: 'composed', batch },
    [...columns, ...lists].map(({ buffer }) => buffer),
  );
});

function answer(message: ComposingAnswer, given: ArrayBuffer[]): void {
  parentPort?.postMessage(message, given);
}
