// Makes people out of their rows, batch by batch: in this thread, or in one of its own while this one reads and writes.
import type { AudienceCounts } from '../../contract/scope.ts';
import type { ReadingFacts } from '../../domain/audience/audience-tally.ts';
import type { ComposeBasis } from '../../domain/audience/compose-person.ts';
import type { BlindKey, Owner } from '../../domain/audience/staged-row.ts';
import type { PeopleNotes, StagedBatch } from './audience-stage.ts';

export type ComposerInput = {
  /** The incident's data key as the ledger keeps it. */
  readonly wrappedKey: Uint8Array;
  readonly basis: ComposeBasis;
  /** People whose numbers are to be told. */
  readonly named: readonly Owner[];
};

/** The people of one batch who are in the audience, by rising number. */
export type ComposedBatch = {
  readonly people: readonly ComposedPerson[];
  /** Their records as canonical JSON, one after another. */
  readonly records: Uint8Array<ArrayBuffer>;
  readonly notes: PeopleNotes;
  readonly met: readonly (readonly [Owner, number])[];
};

/** What stands beside a sealed record. */
export type ComposedPerson = {
  readonly number: number;
  readonly personId: BlindKey;
  /** Where his record ends. */
  readonly end: number;
  readonly chosen: BlindKey | null;
  readonly contactability: string;
  readonly country: string;
  readonly registered: 0 | 1;
  readonly orders: number;
  readonly roles: number;
};

export interface PeopleComposer {
  /** Numbers people on from the batch before; batches are answered in the order they are given. */
  compose(batch: StagedBatch): Promise<ComposedBatch>;
  /** Counts of all batches, hints left out. */
  counts(facts: ReadingFacts): Promise<AudienceCounts>;
  close(): Promise<void>;
}

export interface PeopleComposers {
  /** The caller closes it, whatever happens. */
  open(input: ComposerInput): PeopleComposer;
}
