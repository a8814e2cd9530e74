// What is true about the people of the traps, written down from the person rule by hand
// (sidecar/src/domain/audience/person-keys.ts), never by running the product.

/** Why a person is found: a row of a source that names him. */
export type TrueReason = {
  readonly source: string;
  /** Order id, for a row of the order stores; null for all others. */
  readonly order: number | null;
  readonly role: string;
  /** How the row leads to him and how sure that is, such as `account_address likely`. */
  readonly tie: string;
  /** The date a time window goes by, ISO 8601 UTC: the row's own, else its order's; null for none. */
  readonly at: string | null;
};

/**
 * A source whose rows join what are several people's rows without it, or add an address: with it in scope the person is
 * as told in one place, without it as told in another.
 */
export type DependsOn = { readonly with: string } | { readonly without: string };

export type TrapTruth = {
  /** Null for a person who is the same whatever the scope. */
  readonly dependsOn: DependsOn | null;
  /** Each distinct reason once. */
  readonly reasons: readonly TrueReason[];
  /** `reachable`, or why he cannot be written to. */
  readonly contactability: 'reachable' | 'no_address' | 'invalid_address';
};

/** People who may be one human, for a reviewer. */
export type TrueHint = {
  readonly kind: 'phone' | 'loose_address' | 'name_postcode' | 'gateway_id';
  /** Ids of the people, sorted. */
  readonly people: readonly string[];
  /** Null for a hint in values of accounts and orders. */
  readonly source: string | null;
};

/** What the traps leave besides people, when everything is in scope. */
export type TrapFigures = {
  readonly hints: readonly TrueHint[];
  /** Rows that name nobody, by source. */
  readonly unlinked: Readonly<Record<string, number>>;
  /** Values that cannot be read, by source. */
  readonly unresolved: Readonly<Record<string, number>>;
  /** Orders of erased people, besides those of the bulk. */
  readonly anonymisedOrders: number;
  /** What outlived the erasure, by data class: of orders alone, and of all sources. */
  readonly remains: {
    readonly shop: Readonly<Record<string, number>>;
    readonly everyone: Readonly<Record<string, number>>;
  };
  /** Orders without a usable date. */
  readonly undatedOrders: number;
};

/** Mutable while the traps are laid. */
export type FiguresBeingMade = {
  hints: TrueHint[];
  unlinked: Record<string, number>;
  unresolved: Record<string, number>;
  anonymisedOrders: number;
  remains: { shop: Record<string, number>; everyone: Record<string, number> };
  undatedOrders: number;
};

export function noFigures(): FiguresBeingMade {
  return {
    hints: [],
    unlinked: {},
    unresolved: {},
    anonymisedOrders: 0,
    remains: { shop: {}, everyone: {} },
    undatedOrders: 0,
  };
}
