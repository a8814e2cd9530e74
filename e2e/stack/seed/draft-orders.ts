// Which account and which orders each kind of person has: who ordered under which address, and in
// which of the two stores the order lies.
import { inOtherCase, withTag } from './addresses.ts';
import type { AddressBook } from './addresses.ts';
import type { CustomerKind } from './person-kinds.ts';
import type { Random } from './random.ts';
import type { OrderStore } from './truth.ts';

export type OrderDraft = {
  readonly store: OrderStore;
  readonly hposEmail: string | null;
  readonly legacyEmail: string | null;
  /** Made without logging in, even when the person has an account. */
  readonly asGuest: boolean;
};

export type PersonDraft = {
  readonly accountEmail: string | null;
  /** In the order of time. */
  readonly orders: readonly OrderDraft[];
  /** The account was opened after this many orders; 0 for an account that came first. */
  readonly ordersBeforeAccount: number;
};

type Ground = {
  readonly book: AddressBook;
  readonly random: Random;
  readonly number: number;
  /** The address of a guest invented before, for the one that differs only by a tag. */
  readonly anotherGuest: string;
};

const ORDER_COUNTS = [
  [1, 62],
  [2, 22],
  [3, 10],
  [5, 6],
] as const;

export function draftPerson(kind: CustomerKind, ground: Ground): PersonDraft {
  return DRAFTS[kind](ground);
}

const DRAFTS: Readonly<Record<CustomerKind, (ground: Ground) => PersonDraft>> = {
  'registered-with-orders': ({ book, random }) => {
    const email = random.chance(0.1) ? inOtherCase(book.own, random) : book.own;
    return account(
      email,
      several(random, () => inHpos(email, false)),
    );
  },
  'registered-without-orders': ({ book }) => account(book.own, []),
  guest: ({ book, random }) => guest(several(random, () => inHpos(book.own, true))),
  'guest-mixed-case': ({ book, random }) => {
    const later = atLeastOne(random, () => inHpos(inOtherCase(book.own, random), true));
    return guest([inHpos(book.own, true), ...later]);
  },
  'guest-then-registered': ({ book, random }) => {
    const before = atLeastOne(random, () => inHpos(inOtherCase(book.own, random), true));
    const after = random.chance(0.5) ? [inHpos(book.own, false)] : [];
    return { ...account(book.own, [...before, ...after]), ordersBeforeAccount: before.length };
  },
  'registered-split-billing': ({ book, random }) => {
    const own = atLeastOne(random, () => inHpos(book.other, false));
    const unsigned = random.chance(0.5) ? [inHpos(inOtherCase(book.other, random), true)] : [];
    return account(book.own, [...own, ...unsigned]);
  },
  'registered-legacy-only': ({ book, random }) =>
    account(
      book.own,
      several(random, () => inLegacy(book.own, false)),
    ),
  'guest-legacy-only': ({ book, random }) => guest(several(random, () => inLegacy(book.own, true))),
  'registered-in-both-stores': ({ book, random }) =>
    account(
      book.own,
      several(random, () => inBoth(book.own, book.own, false)),
    ),
  'guest-in-both-stores': ({ book, random }) =>
    guest(several(random, () => inBoth(book.own, book.own, true))),
  'registered-edited-in-one-store': ({ book, random }) =>
    account(book.own, [
      random.chance(0.5)
        ? inBoth(book.other, book.own, false)
        : inBoth(book.own, book.other, false),
    ]),
  'guest-edited-in-one-store': ({ book }) => guest([inBoth(book.other, book.own, true)]),
  'guest-plus-tag': ({ anotherGuest, number }) =>
    guest([inHpos(withTag(anotherGuest, number), true)]),
  'guest-without-address': () => guest([inHpos('', true)]),
};

function account(email: string, orders: readonly OrderDraft[]): PersonDraft {
  return { accountEmail: email, orders, ordersBeforeAccount: 0 };
}

function guest(orders: readonly OrderDraft[]): PersonDraft {
  return { accountEmail: null, orders, ordersBeforeAccount: 0 };
}

function several(random: Random, make: () => OrderDraft): OrderDraft[] {
  return Array.from({ length: random.weighted(ORDER_COUNTS) }, make);
}

function atLeastOne(random: Random, make: () => OrderDraft): OrderDraft[] {
  return Array.from({ length: random.between(1, 2) }, make);
}

function inHpos(email: string, asGuest: boolean): OrderDraft {
  return { store: 'hpos', hposEmail: email, legacyEmail: null, asGuest };
}

function inLegacy(email: string, asGuest: boolean): OrderDraft {
  return { store: 'legacy', hposEmail: null, legacyEmail: email, asGuest };
}

function inBoth(hposEmail: string, legacyEmail: string, asGuest: boolean): OrderDraft {
  return { store: 'both', hposEmail, legacyEmail, asGuest };
}
