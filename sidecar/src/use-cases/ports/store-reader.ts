// The shop's people, read straight from its database. Never writes, and never needs WordPress to run.
import type { StoreFacts } from '../../contract/scope.ts';
import type { AccountRow, OrderPair, OrderStore } from '../../domain/audience/store-rows.ts';

/** Where a snapshot came from; holds no personal data. */
export type SnapshotAbout = {
  /** Such as `MariaDB 10.11.19`. */
  readonly server: string;
  /** The database server's own clock when the snapshot was taken, RFC 3339 UTC. */
  readonly at: string;
  readonly prefix: string;
  /** The order store WooCommerce reads from now, by its option. */
  readonly authoritative: OrderStore;
  /** Parts that are not there or cannot be seen as of one moment; none of them counts as 0 people. */
  readonly missing: readonly StoreGap[];
};

export type StoreGap = {
  readonly concerns: 'accounts' | 'orders';
  readonly code: string;
  readonly sentence: string;
};

/** One consistent view of the shop: whatever is written meanwhile is not seen. */
export interface StoreSnapshot {
  readonly about: SnapshotAbout;
  /** All accounts by ascending user id, in pages. */
  accounts(): AsyncIterable<readonly AccountRow[]>;
  /** All orders of both order stores by ascending order id, in pages; refunds and placeholders left out. */
  orders(): AsyncIterable<readonly OrderPair[]>;
}

/**
 * Every failure is a coded error of category `unavailable` (`store.unreachable`, `store.connection_lost`,
 * `store.access_denied`, `store.timeout`, …). A lost connection ends the snapshot: the reading must start anew.
 */
export interface StoreReader {
  withSnapshot<T>(work: (snapshot: StoreSnapshot) => Promise<T>): Promise<T>;
  /** Values to choose from in the scope form; orders that stand in both stores count once. */
  readFacts(): Promise<Omit<StoreFacts, 'read_at'>>;
}
