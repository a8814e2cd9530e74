// The kinds of people a seeded store has, and how many of each.
import type { Random } from './random.ts';

export type CustomerKind = keyof typeof SHARES;
/** `staff`: the shop's own people, who never bought. `trap`: one of the people in traps/. */
export type PersonKind = CustomerKind | 'staff' | 'trap';

/** Parts of the whole; they add up to 1. */
const SHARES = {
  /** Account, orders in WooCommerce's own tables. */
  'registered-with-orders': 0.3,
  'registered-without-orders': 0.1,
  guest: 0.22,
  /** Several guest orders whose addresses differ only in letter case. */
  'guest-mixed-case': 0.08,
  /** A guest order, later an account with the same address in another case. */
  'guest-then-registered': 0.06,
  /** Orders bill to another address than the account's; some also as a guest under that address. */
  'registered-split-billing': 0.06,
  'registered-legacy-only': 0.04,
  'guest-legacy-only': 0.04,
  /** Orders mirrored in both stores. */
  'registered-in-both-stores': 0.02,
  'guest-in-both-stores': 0.02,
  /** Mirrored orders whose billing address was edited in one store only. */
  'registered-edited-in-one-store': 0.02,
  'guest-edited-in-one-store': 0.02,
  /** A guest whose address is another guest's plus a tag: a different person all the same. */
  'guest-plus-tag': 0.01,
  'guest-without-address': 0.01,
} as const;

export const CUSTOMER_KINDS = Object.keys(SHARES) as CustomerKind[];

/** The smallest shop in which so many can be written to. */
export function shopWithAddressees(addressees: number): number {
  let people = addressees;
  while (people - countOf('guest-without-address', people) < addressees) people += 1;
  return people;
}

function countOf(kind: CustomerKind, people: number): number {
  if (people < CUSTOMER_KINDS.length) return CUSTOMER_KINDS.indexOf(kind) < people ? 1 : 0;
  return Math.max(1, Math.floor(people * SHARES[kind]));
}

/**
 * One kind per person, mixed. Every kind occurs once there are at least as many people as kinds;
 * what rounding leaves over are plain guests.
 */
export function allotKinds(people: number, random: Random): CustomerKind[] {
  const kinds: CustomerKind[] = [];
  for (const kind of CUSTOMER_KINDS) {
    const share = countOf(kind, people);
    for (let made = 0; made < share && kinds.length < people; made += 1) kinds.push(kind);
  }
  while (kinds.length < people) kinds.push('guest');
  for (let last = kinds.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [kinds[last], kinds[other]] = [kinds[other] as CustomerKind, kinds[last] as CustomerKind];
  }
  return kinds;
}
