// The shop's people, read straight from its database. Never writes, and never needs WordPress to run.
import type { StoreFacts } from '../../contract/scope.ts';
import type { Source } from '../../contract/data-map.ts';
import type { MentionPage } from '../../domain/audience/mention.ts';
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
  /** How far behind the shop the replica was when the snapshot was taken; null on the shop's own server. */
  readonly replica: { readonly lag_seconds: number } | null;
};

export type StoreGap = {
  readonly concerns: 'accounts' | 'orders';
  readonly code: string;
  readonly sentence: string;
};

/** Rows by id instead of all of them; ascending, distinct. */
export type OnlyIds = { readonly ids: readonly number[] };

export type SourcePage = MentionPage & { readonly source: string };

/**
 * One consistent view of the shop: whatever is written meanwhile is not seen. When the connection is lost, the reading
 * goes on by key in a new view, and `gaps()` says so with the place and the moment.
 */
export interface StoreSnapshot {
  readonly about: SnapshotAbout;
  /** Accounts by ascending user id, in pages. */
  accounts(only?: OnlyIds): AsyncIterable<readonly AccountRow[]>;
  /** Orders of both order stores by ascending order id, in pages; refunds and placeholders left out. */
  orders(options?: Partial<OnlyIds> & { products?: boolean }): AsyncIterable<readonly OrderPair[]>;
  /**
   * What the rows of these sources say about people, in pages by key; those of sources in the same rows come by turns.
   * Sources whose table is not there yield nothing; one that is there and cannot be read adds to `gaps()`.
   * `orderIds`/`userIds` limit sources that are linked so to these rows (read by index); sources without such a link are
   * read whole.
   */
  mentions(
    sources: readonly Source[],
    only?: { readonly orderIds: readonly number[]; readonly userIds: readonly number[] },
  ): AsyncIterable<SourcePage>;
  /** By index, to read a narrow scope without reading everything. */
  readonly find: NarrowFinder;
  /** What went wrong since the snapshot was opened and is not an error: renewed connections, unreadable sources. */
  gaps(): readonly { code: string; sentence: string }[];
}

export interface NarrowFinder {
  /**
   * Ids of orders of either store created in the window and paid so (empty: any method). Null when there are more than
   * `limit`, or when no index answers it. May name too many, never too few.
   */
  orderIds(
    filter: { from: string | null; to: string | null; paymentMethods: readonly string[] },
    limit: number,
  ): Promise<number[] | null>;
  /** Accounts whose own, address book's or orders' e-mail is one of these (any letter case). May name too many, never too few. */
  accountsUsing(emails: readonly string[]): Promise<number[]>;
  /** All orders of these accounts, in both stores. */
  ordersOfAccounts(userIds: readonly number[]): Promise<number[]>;
}

/**
 * Every failure is a coded error of category `unavailable` (`store.unreachable`, `store.connection_lost`,
 * `store.access_denied`, `store.timeout`, …). `store.connection_lost` comes when one page was lost three times over: the
 * reading must start anew.
 */
export interface StoreReader {
  withSnapshot<T>(work: (snapshot: StoreSnapshot) => Promise<T>): Promise<T>;
  /** Values to choose from in the scope form; orders that stand in both stores count once. */
  readFacts(): Promise<Omit<StoreFacts, 'read_at'>>;
}
