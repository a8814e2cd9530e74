// A mention: one person as one row of a mapped source names him. A row may name several (a buyer and a gift recipient).
import type { PersonRole } from '../../contract/scope.ts';
import type { ClassBits } from './held-classes.ts';
import type { PostalAddress } from './store-rows.ts';

export type Mention = {
  /** Id of the source in the data map. */
  readonly source: string;
  /** The row's own key as text; with `#<n>` for the n-th person of one row beyond the first, `#<role>` never. */
  readonly row: string;
  readonly role: PersonRole;
  /** WordPress user id the row names; 0 for none. The user may not exist any more. */
  readonly userId: number;
  /** 0 for none. The order may not exist any more. */
  readonly orderId: number;
  /** As stored, distinct. Several of one mention are one person's. */
  readonly emails: readonly string[];
  /** A gateway's own customer ids with the family before them: `stripe:cus_…`. */
  readonly gatewayIds: readonly string[];
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly postal: PostalAddress;
  /** As text; '' when there is none. */
  readonly ipAddress: string;
  /** Data classes whose values the row really holds, as bits of held-classes.ts. */
  readonly classes: ClassBits;
  /** Milliseconds since 1970 by the source's own date; null when it has none. */
  readonly at: number | null;
};

/** One page of a source, with what could not be read in it. */
export type MentionPage = {
  readonly mentions: readonly Mention[];
  readonly rows: number;
  /** Values that are there and could not be read: undecryptable, damaged, cut before the value, too large. */
  readonly unresolved: number;
};
