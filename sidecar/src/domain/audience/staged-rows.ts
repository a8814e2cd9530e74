// Rows on their way to becoming people: facts to decide by, without anybody's values. Keys are blind (an HMAC in hex under
// the incident's key); the values themselves travel sealed, or not at all when only counts are wanted.
import type { Reason } from '../../contract/audience.ts';
import type { AddressState } from './judge-address.ts';
import type { ClassBits } from './held-classes.ts';
import type { OrderStore } from './store-rows.ts';

/** HMAC in hex. Equal terms give equal keys within one incident. */
export type BlindKey = string;

/** `key` is null for an erased address: it is nobody's. */
export type StagedAddress = { readonly key: BlindKey | null; readonly state: AddressState };

type Staged = {
  /** Blind key of the person this row belongs to. */
  readonly owner: BlindKey;
  /** The scope's filter takes the row. */
  readonly inScope: boolean;
  /** The include list names the row. */
  readonly listed: boolean;
  /** The exclude list names the row or one of its addresses: the whole person goes. */
  readonly excluded: boolean;
  readonly sealed: Uint8Array | null;
};

export type StagedAccount = Staged & {
  readonly userId: number;
  readonly email: StagedAddress | null;
  /** The address book's own address. */
  readonly billing: StagedAddress | null;
  readonly registeredAt: number | null;
  readonly country: string;
  readonly classes: ClassBits;
  readonly via: Reason['via'];
};

export type StagedOrderCopy = Staged & {
  readonly orderId: number;
  readonly store: OrderStore;
  /** Id of an existing user; 0 for a guest and for a deleted user. */
  readonly userId: number;
  /** For a guest copy: the address it is tied by, its own or that of the order's other copy. */
  readonly tiedBy: BlindKey | null;
  readonly emails: readonly StagedAddress[];
  readonly createdAt: number | null;
  readonly country: string;
  readonly classes: ClassBits;
  readonly via: Reason['via'];
};

/** One address of the include list. */
export type StagedListedAddress = {
  readonly owner: BlindKey;
  readonly address: StagedAddress;
  readonly excluded: boolean;
  readonly sealed: Uint8Array | null;
};

/** Everything staged that belongs to one person; copies in order of order id, accounts in order of user id. */
export type StagedPerson = {
  readonly owner: BlindKey;
  readonly accounts: readonly StagedAccount[];
  readonly copies: readonly StagedOrderCopy[];
  readonly listed: readonly StagedListedAddress[];
};
