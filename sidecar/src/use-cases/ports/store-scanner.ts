// Samples of every table of the shop's schema, for the data map. Reads only, in small pieces with pauses between.
import type { NumberMatches, CandidateColumn } from '../../domain/data-map/link-candidates.ts';
import type { ScanTable, TableFacts } from '../../domain/data-map/scan-table.ts';
import type { SampledRow } from '../../domain/data-map/table-survey.ts';

export type Unread = { readonly code: string; readonly sentence: string };

export type SchemaFacts = {
  readonly tables: readonly TableFacts[];
  /** Of every WordPress in the schema, sites of a network each with their own. */
  readonly prefixes: readonly string[];
  /** What may hide tables from the database user. */
  readonly unread: readonly Unread[];
  /** True for addresses of the shop itself, as its options name them, and all of its own domain. */
  readonly isOperators: (value: string) => boolean;
};

export interface StoreScanner {
  schema(): Promise<SchemaFacts>;
  /**
   * Rows from all over the table: its start, its end and between; of key/value rows and of tables whose rows have types,
   * some of each key and type, however rare. Adds to `unread` what was there and not looked at. Rejects with a coded error
   * when the table cannot be read; a lost connection is taken up again where it broke off.
   */
  sample(table: ScanTable, unread: (what: Unread) => void): AsyncIterable<readonly SampledRow[]>;
  /** How many numbers in these columns are those of users and orders of these sites. */
  matchNumbers(
    prefixes: readonly string[],
    columns: readonly CandidateColumn[],
  ): Promise<NumberMatches>;
}
