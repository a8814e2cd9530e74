// Where rows of the shop wait to be grouped into people: outside memory, without clear personal data, for minutes.
import type {
  BlindKey,
  StagedAccount,
  StagedListedAddress,
  StagedOrderCopy,
  StagedPerson,
} from '../../domain/audience/staged-rows.ts';
import type { OrderStore } from '../../domain/audience/store-rows.ts';

export interface AudienceStages {
  /** An empty stage. The caller closes it, whatever happens. */
  open(): AudienceStage;
}

/** Synchronous: a file of its own, used by one resolution. */
export interface AudienceStage {
  addAccounts(rows: readonly StagedAccount[]): void;
  /** Blind key of an account's person; null when no account has this id. */
  accountOwner(userId: number): BlindKey | null;
  /** Notes that an account uses addresses for billing (rule 2 of the person rule). */
  addUses(uses: readonly { userId: number; key: BlindKey }[]): void;
  addOrderCopies(rows: readonly StagedOrderCopy[]): void;
  addListed(rows: readonly StagedListedAddress[]): void;

  /** To be run to its end when every row is in and before the calls below; in steps, so that the caller can breathe. */
  sort(): Iterable<undefined>;
  /** Distinct first addresses of guest copies and of the list, in pages by key. */
  guestAddresses(): Iterable<readonly BlindKey[]>;
  /** Lowest user id of the accounts whose own e-mail has this key; null when there is none. */
  accountByEmail(key: BlindKey): number | null;
  /** Ids of at most two accounts that use this address for billing. */
  accountsUsing(key: BlindKey): number[];
  /** Gives all guest copies and listed addresses with this first address to an account's person. */
  tieGuests(key: BlindKey, owner: BlindKey): void;
  /**
   * Gives the other copy of a guest's order to the person of the copy in `leading`, where the two copies name different
   * addresses and neither led to an account: one order is one person (rule 3 of the person rule).
   */
  joinCopies(leading: OrderStore): void;

  /** Everybody, in order of the owner's blind key; without the sealed values when those are not wanted. */
  people(options: { sealed: boolean }): Iterable<StagedPerson>;
  /** Notes a person's chosen address; `userId` is 0 for a guest. */
  noteChosen(rows: readonly { owner: BlindKey; key: BlindKey; userId: number }[]): void;
  /**
   * Persons who chose the same address, one entry for each that goes: `into` is the account with the lowest user id,
   * else the lowest owner key.
   */
  sameChosen(): Iterable<{ owner: BlindKey; into: BlindKey }>;
  /** All rows of `owner` become rows of `into`, tied by `same_address`. */
  merge(owner: BlindKey, into: BlindKey): void;

  /** Deletes the stage. */
  close(): void;
}
