// What every kind of source is read with.
import type { Run } from './page-through.ts';
import type { StoreTables } from './store-tables.ts';
import type { TableLayout } from './table-layout.ts';

export type OnlyRows = {
  readonly orderIds: readonly number[];
  readonly userIds: readonly number[];
};

export type SourceReading = {
  readonly run: Run;
  readonly tables: StoreTables;
  readonly only: OnlyRows | undefined;
  /** Several sites share this one's accounts. */
  readonly inNetwork: boolean;
  /** A table of a source or of its link, by the name without prefix; null when it is not there. */
  table(name: string, scope: 'site' | 'network'): TableLayout | null;
};
