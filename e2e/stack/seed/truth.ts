// What is true about a seeded store, independent of what its database says: the people, their
// orders and the address each should be written to. Kept as one JSON line per person, so that a
// store of any size is read without holding it in memory.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { PersonKind } from './person-kinds.ts';
import type { TrapFigures, TrapTruth } from './traps/trap-truth.ts';

/** Where an order's data lies: WooCommerce's order tables, posts + postmeta, or both. */
export type OrderStore = 'hpos' | 'legacy' | 'both';

export type TrueOrder = {
  readonly id: number;
  readonly store: OrderStore;
  /** As stored: `wc-completed`, `wc-checkout-draft`, … */
  readonly status: string;
  /** As stored; empty for a draft. */
  readonly paymentMethod: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** WordPress user id, 0 for a guest. */
  readonly customerId: number;
  readonly country: string;
  readonly state: string;
  /** Billing e-mail in wc_orders, null when the order is not there, '' when it has none. */
  readonly hposEmail: string | null;
  /** Billing e-mail in postmeta, null when the order is not there. */
  readonly legacyEmail: string | null;
  /** Refunds of this order: rows of their own, without a customer. */
  readonly refundIds: readonly number[];
};

export type TruePerson = {
  /** `p000001`; staff: `s1`; traps: `t-…`. */
  readonly id: string;
  readonly kind: PersonKind;
  readonly name: string;
  readonly script: string;
  /** Where to write, as typed; null when the store knows no address. */
  readonly contact: string | null;
  /** Every address of this person, as typed, each once. */
  readonly addresses: readonly string[];
  readonly userId: number | null;
  readonly accountEmail: string | null;
  /** Of the bulk; a trap's person tells his orders as reasons. */
  readonly orders: readonly TrueOrder[];
  /** A trap can be several lines, one for each way it is found: see true-scope.ts. */
  readonly trap?: TrapTruth;
};

export type TruthTotals = {
  /** People found by "everyone" as wp-admin asks; staff who never bought are counted apart. */
  people: number;
  /** Found in accounts and orders alone. */
  peopleOfShop: number;
  staff: number;
  withAddress: number;
  withoutAddress: number;
  /** Customers with an account. */
  accounts: number;
  orders: number;
  refunds: number;
  /** Orders of erased people: nobody stands behind them. */
  anonymisedOrders: number;
  byKind: Record<string, number>;
  ordersByStore: Record<string, number>;
  ordersByStatus: Record<string, number>;
  ordersByPaymentMethod: Record<string, number>;
  ordersByCountry: Record<string, number>;
  /** What the traps leave besides people; null in a store without traps. */
  traps: TrapFigures | null;
};

export type Truth = {
  /** NDJSON, one TruePerson a line; totals lie beside it as `<file>.totals.json`. */
  readonly file: string;
  readonly totals: TruthTotals;
  readonly people: () => AsyncIterable<TruePerson>;
};

/**
 * The rule the product follows: the account's e-mail when there is an account, else the billing
 * e-mail of the newest order (by date, then id). An order in both stores counts with its HPOS
 * e-mail, because that store is the live one.
 */
export function expectedContact(
  person: Pick<TruePerson, 'accountEmail' | 'orders'>,
): string | null {
  if (person.accountEmail !== null) return person.accountEmail;
  const newestFirst = person.orders.toSorted(
    (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id - a.id,
  );
  const emails = newestFirst.map((order) => order.hposEmail ?? order.legacyEmail ?? '');
  return emails.find((email) => email !== '') ?? null;
}

/** Opens a truth written earlier. */
export async function readTruth(file: string): Promise<Truth> {
  const totals = JSON.parse(await readFile(totalsFile(file), 'utf8')) as TruthTotals;
  return { file, totals, people: () => readPeople(file) };
}

export function totalsFile(file: string): string {
  return `${file}.totals.json`;
}

async function* readPeople(file: string): AsyncIterable<TruePerson> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    if (line !== '') yield JSON.parse(line) as TruePerson;
  }
}
