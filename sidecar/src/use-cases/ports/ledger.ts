// The ledger: the sidecar's own truth. State and its evidence are written in one transaction or not at all.
import type { Kysely, Transaction } from 'kysely';
import type { Acting } from './acting.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { EntryDataByKind, EntryKind } from '../../domain/evidence/entry-data.ts';

export type EvidenceRecord = {
  [K in EntryKind]: {
    kind: K;
    acting: Acting;
    incidentId: string | null;
    data: EntryDataByKind[K];
  };
}[EntryKind];

/** Inside a transaction. */
export interface LedgerWriter {
  readonly tables: Transaction<LedgerTables>;
  /** Adds an entry to the evidence log with this transaction; returns its number. In the signed log only after `EvidenceLog.flush`. */
  record(entry: EvidenceRecord): Promise<number>;
}

export interface Ledger {
  /** For reads, and for single statements that need no evidence. */
  readonly tables: Kysely<LedgerTables>;
  /**
   * Durable when it returns (SQLite: WAL, synchronous=FULL). Runs alone among writers (BEGIN IMMEDIATE), so a check
   * followed by a write inside it is safe. Never await anything but this transaction's own queries inside it.
   */
  transaction<T>(work: (writer: LedgerWriter) => Promise<T>): Promise<T>;
}

export interface EvidenceFlusher {
  /** Returns when every entry recorded before the call is in the signed, fsynced log. Throws `evidence.unavailable`. */
  flush(): Promise<void>;
}
