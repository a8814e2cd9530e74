/**
 * What entries about people say: who looked at them, who read them at the command line, and who a reviewer said is one
 * human. Words as in `entry-data.ts`.
 */
import type { Code, Hash, Id } from './entry-data.ts';

export interface PeopleViewed {
  /** Audience or dispatch whose people were shown. */
  readonly of: Id;
  readonly count: number;
  readonly purpose: Code;
}

/** A reviewer's word on who is one human. It counts from the next `audience.frozen` on. */
export interface IdentityDecided {
  readonly decision_id: Id;
  /** The frozen audience the reviewer looked at. */
  readonly audience_id: Id;
  readonly kind: 'merge' | 'keep_apart' | 'split';
  readonly people: number;
  /** Rows a split takes away from its person. */
  readonly rows: number;
  /** How many of the people have an account: two or more are joined by nothing but a reviewer. */
  readonly accounts: number;
  /** Keyed commitment to people, rows and the reviewer's reason. */
  readonly content: Hash;
}

/** The same members as in the `identity.decided` it takes back. */
export interface IdentityUndone {
  readonly decision_id: Id;
  readonly kind: 'merge' | 'keep_apart' | 'split';
  readonly people: number;
  readonly content: Hash;
}

/** A key that may do one thing at the command line. */
export interface CommandKeyMade {
  readonly key_id: Id;
  readonly allows: Code;
}

export interface CommandKeyRemoved {
  readonly key_id: Id;
}

/** Written before the first of them is given out. */
export interface PeopleResolved {
  readonly key_id: Id;
  /** Keyed commitment to the scope in its canonical form. */
  readonly scope_hash: Hash;
  readonly count: number;
  /** Only figures were given out, and nobody's data. */
  readonly counts_only: boolean;
}
