// Makes people out of their rows, batch by batch: in this thread, or in one of its own while this one reads and writes.
import type { AudienceCounts } from '../../contract/scope.ts';
import type { ReadingFacts } from '../../domain/audience/audience-tally.ts';
import type { ComposeBasis } from '../../domain/audience/compose-person.ts';
import type { Owner } from '../../domain/audience/staged-row.ts';
import type { PeopleNotes, StagedBatch } from './audience-stage.ts';

export type ComposerInput = {
  /** The incident's data key as the ledger keeps it. */
  readonly wrappedKey: Uint8Array;
  readonly basis: ComposeBasis;
  /** People whose numbers are to be told. */
  readonly named: readonly Owner[];
  /** How many rows are to come. */
  readonly rows: number;
};

/**
 * The people of one batch who are in the audience, by rising number without a gap: in columns, since a thousand objects
 * take longer from thread to thread than what is in them.
 */
export type ComposedBatch = {
  /** Number of the first. */
  readonly first: number;
  /** Their records as canonical JSON, one after another, and where each ends. */
  readonly records: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly contactability: readonly string[];
  readonly country: readonly string[];
  /** 0 or 1. */
  readonly registered: Uint8Array<ArrayBuffer>;
  readonly orders: Uint32Array<ArrayBuffer>;
  readonly roles: Uint32Array<ArrayBuffer>;
  /** `ids` has an entry for everybody, `chosen` for everybody who can be written to; both by rising number. */
  readonly notes: PeopleNotes;
  readonly met: readonly (readonly [Owner, number])[];
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
