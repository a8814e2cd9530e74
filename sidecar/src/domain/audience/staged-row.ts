// Rows on their way to becoming people: what is needed to decide by, and the values for the record of a person. Keys of addresses
// and people are blind (under the incident's key); the stage keeps whole rows encrypted.
import type { Reason } from '../../contract/audience.ts';
import type { PersonRole } from '../../contract/scope.ts';
import type { AddressState } from './judge-address.ts';
import type { ClassBits } from './held-classes.ts';
import type { PostalAddress } from './store-rows.ts';

/** 32 hex digits. Equal terms give equal keys within one incident. */
export type BlindKey = string;

/** Who a row belongs to: the id of an existing account, or a blind key. */
export type Owner = number | BlindKey;

/**
 * `key` is null for an erased address (it is nobody's), and for one that is not there (`none`), which only keeps the place
 * of an account's own. `exact` tells spellings of one key apart: '' for the folded form itself, else a hash.
 */
export type StagedAddress = {
  readonly key: BlindKey | null;
  readonly state: AddressState | 'none';
  readonly exact: string;
};

/** Values as stored; '' is none. */
export type RowValues = {
  /** In step with the row's `emails`. */
  readonly emails: readonly string[];
  readonly firstName: string;
  readonly lastName: string;
  /** WordPress's display name; accounts only. */
  readonly displayName: string;
  readonly phone: string;
  readonly postal: PostalAddress;
  /** The address book's own address and names; accounts only. */
  readonly book: {
    readonly email: string;
    readonly firstName: string;
    readonly lastName: string;
  } | null;
};

export type StagedRow = {
  readonly kind: 'account' | 'order' | 'contact' | 'mention' | 'listed';
  /** accounts, orders_hpos, orders_legacy, list, or a source of the data map. */
  readonly source: string;
  readonly row: number | string;
  readonly role: PersonRole;
  /** How it was tied to its owner when it was staged; merging later says otherwise. */
  readonly via: Reason['via'];
  /** The scope's filter takes the row. */
  readonly inScope: boolean;
  /** The include list names the row. */
  readonly listed: boolean;
  /** The exclude list names the row or one of its addresses: the whole person goes. */
  readonly excluded: boolean;
  /** Milliseconds since 1970. */
  readonly at: number | null;
  /** A key of country-key.ts. */
  readonly country: string;
  /** Classes of the scope that the row holds. */
  readonly classes: ClassBits;
  /** For an account: its own, then its address book's. */
  readonly emails: readonly StagedAddress[];
  /** Id of an existing user; 0 for none. */
  readonly userId: number;
  /** 0 for none. */
  readonly orderId: number;
  readonly hasPhone: boolean;
  readonly hasPostal: boolean;
  /** Null when only counts are wanted. */
  readonly values: RowValues | null;
};

/** Everything staged that belongs to one person, in the order it was staged. */
export type StagedPerson = {
  readonly owner: Owner;
  readonly rows: readonly StagedRow[];
  /** Keys this person may not be reached by: a reviewer keeps him apart from somebody with that address. */
  readonly denied: ReadonlySet<BlindKey>;
};
