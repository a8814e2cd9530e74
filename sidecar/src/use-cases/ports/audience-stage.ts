// Where rows of the shop wait to be grouped into people: outside memory, encrypted, for minutes.
import type { Reason } from '../../contract/audience.ts';
import type { HintKind } from '../../domain/audience/hint-keys.ts';
import type { BlindKey, Owner, StagedPerson, StagedRow } from '../../domain/audience/staged-row.ts';

export interface AudienceStages {
  /** An empty stage. The caller closes it, whatever happens. */
  open(): AudienceStage;
  /** The people of a batch. Needs no stage: it may be another thread's. */
  openBatch(batch: StagedBatch): Iterable<StagedPerson>;
}

/** A few hundred people with their rows, in memory of its own, so that it can be handed to another thread. */
export type StagedBatch = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Keys that people of the batch may not be reached by. */
  readonly denied: readonly (readonly [Owner, readonly BlindKey[]])[];
};

export type StagedEntry = {
  readonly owner: Owner;
  /** The owner is not known by a valid address of his own: whom he chooses to be reached by may be somebody else's. */
  readonly weak: boolean;
  readonly row: StagedRow;
};

export type StagedOrder = {
  readonly orderId: number;
  readonly owner: Owner;
  /** Milliseconds since 1970. */
  readonly at: number | null;
  /** All copies were anonymised: the order is nobody. */
  readonly anonymised: boolean;
  /** Short hash of the buyer's folded full name; 0 when there is none. */
  readonly name: number;
};

/** A customer id of a gateway beside a person. */
export type StagedGatewayId = {
  readonly key: BlindKey;
  readonly owner: Owner;
  /** As of an order. */
  readonly name: number;
};

/** People that share something; `names`: how many distinct ones they have. */
export type SharedGatewayId = {
  readonly owners: readonly Owner[];
  readonly names: readonly (number | string)[];
};

export type Merge = {
  readonly from: Owner;
  readonly into: Owner;
  readonly via: Reason['via'];
};

/** Synchronous: a file of its own, used by one resolution. Rows first, then `settle`, then the rest. */
export interface AudienceStage {
  /** In the order they are to stand within a person. */
  add(entries: readonly StagedEntry[]): void;
  /**
   * Every account of the shop that was read, by rising user id, with the key of its own e-mail when that is valid; before any
   * of its rows.
   */
  addAccounts(accounts: readonly { userId: number; key: BlindKey | null }[]): void;
  /** Before `settle`. */
  accountExists(userId: number): boolean;
  /** Notes that an account uses addresses for billing (rule 2 of the person rule). */
  addUses(uses: readonly { userId: number; key: BlindKey }[]): void;
  /**
   * Two copies of a guest's order that name different addresses: `row` is the place of the other copy's entry among all
   * entries added so far (from 1). Should neither address lead to an account, the other copy goes to the leading one's
   * person (rule 3).
   */
  addCopyPairs(pairs: readonly { lead: BlindKey; other: BlindKey; row: number }[]): void;
  /** Entries added so far. */
  size(): number;
  /** By rising order id. */
  addOrders(orders: readonly StagedOrder[]): void;
  order(orderId: number): StagedOrder | null;
  addGatewayIds(ids: readonly StagedGatewayId[]): void;

  /** Applies rules 1–3, in steps, so that the caller can breathe. */
  settle(): Iterable<undefined>;
  /** Gateway ids that stand beside more than one person, people as settled so far. */
  sharedGatewayIds(): Iterable<SharedGatewayId>;
  /** Joins people; chains are followed. To be called after `settle` and before `sort`. */
  merge(merges: readonly Merge[]): void;
  /** Takes back that an address led to an account: a reviewer keeps the two apart. After `settle`, before `sort`. */
  untie(key: BlindKey): void;
  /** Who somebody is by now, after all merging. */
  ownerNow(owner: Owner): Owner;
  /** Sorts the rows by person, in steps. */
  sort(): Iterable<undefined>;
  /** People none of whose rows made them known by a valid address. After `sort`. */
  weakOwners(): Iterable<Owner>;
  /** One person; null when nothing belongs to this owner. After `sort`. */
  person(owner: Owner): StagedPerson | null;
  /** Whose own address this is: an account's, or a guest's known by it; null when nobody is. After `sort`. */
  ownerOf(key: BlindKey): Owner | null;
  /** As `merge`, after `sort`. */
  mergeSorted(merge: Merge): void;
  /** `owner` must not be reached by this address: it is somebody's a reviewer keeps apart from him. */
  deny(owner: Owner, key: BlindKey): void;

  /** Everybody: accounts by user id, then the others by key. */
  people(): Iterable<StagedPerson>;
  /** The same, unopened. */
  batches(): Iterable<StagedBatch>;

  /** Notes beside people, in lists of domain/audience/note-lists.ts; sorted when they are read. */
  note(notes: PeopleNotes): void;
  /**
   * The numbers of people by their ids: entries ascending by id, in pages, each of which is to be done with before the next is
   * asked for.
   */
  personIds(): Iterable<Uint8Array>;
  /** By term, in such pages. */
  terms(): Iterable<Uint8Array>;
  /** Groups of at least two, by kind; at most 20 numbers each, `size` counts all. */
  hints(): Iterable<{ kind: HintKind; numbers: readonly number[]; size: number }>;
  /** Chosen addresses that more than one person has: none, or people were grouped wrongly. */
  countSharedChoices(): number;

  /** Deletes the stage. */
  close(): void;
}

export type PeopleNotes = {
  /** Lists of keys: person ids, search terms, chosen addresses. */
  readonly ids: Uint8Array<ArrayBuffer>;
  readonly terms: Uint8Array<ArrayBuffer>;
  readonly chosen: Uint8Array<ArrayBuffer>;
  readonly hints: Uint8Array<ArrayBuffer>;
};
