// From a settled stage to people in the ledger: composed batch by batch, sealed and written in order while the next batches
// are being composed.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { makeCommitmentRoot } from '../domain/evidence/commitment.ts';
import { makeBatchComposer } from './compose-batch.ts';
import type { AudienceStage, AudienceStages } from './ports/audience-stage.ts';
import type { Ledger } from './ports/ledger.ts';
import type { ComposedBatch, PeopleComposer, PeopleComposers } from './ports/people-composer.ts';
import type { IncidentVault, Vault } from './ports/vault.ts';
import { sealBatch } from './seal-person.ts';
import { writePeople } from './write-people.ts';

/** Batches on their way at a time: enough that neither side waits for the other, few enough to hold. */
const AHEAD = 3;

export type MakePeople = {
  readonly stage: AudienceStage;
  readonly vault: IncidentVault;
  readonly composer: PeopleComposer;
  readonly audienceId: string;
  readonly met: (owner: ComposedBatch['met'][number][0], number: number) => void;
};

/** Root over everybody's commitment, by number. */
export async function makePeople(ledger: Ledger, input: MakePeople): Promise<string> {
  const { stage, composer } = input;
  const root = makeCommitmentRoot();
  const coming: Promise<ComposedBatch>[] = [];
  const write = async (composed: ComposedBatch): Promise<void> => {
    stage.note(composed.notes);
    for (const [owner, number] of composed.met) input.met(owner, number);
    const rows = sealBatch(input.vault, input.audienceId, composed);
    for (const { commitment } of rows) root.add(commitment);
    await writePeople(ledger, rows);
  };
  for (const batch of stage.batches()) {
    const composed = composer.compose(batch);
    // Told when it is its turn; until then it is nobody's unhandled rejection.
    composed.catch(() => undefined);
    coming.push(composed);
    // Lets requests be answered, and batches arrive.
    await nextTurn();
    const first = coming.length < AHEAD ? undefined : coming.shift();
    if (first !== undefined) await write(await first);
  }
  for (const composed of coming) await write(await composed);
  return root.root();
}

/** Composes in this very thread. */
export function composersHere(
  vault: Pick<Vault, 'unlock'>,
  stages: Pick<AudienceStages, 'openBatch'>,
): PeopleComposers {
  return {
    open: ({ wrappedKey, basis, named }) => {
      const composer = makeBatchComposer(vault.unlock(wrappedKey), { basis, named });
      return {
        compose: (batch) =>
          new Promise((resolve) => {
            resolve(composer.compose(stages.openBatch(batch)));
          }),
        counts: (facts) => Promise.resolve(composer.counts(facts)),
        close: () => Promise.resolve(),
      };
    },
  };
}
