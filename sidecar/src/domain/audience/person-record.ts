// One frozen person as the ledger keeps him, sealed: the canonical JSON of this record is what the commitment is over.
import type { ContactPoint, Person, Reason } from '../../contract/audience.ts';
import type { DataClass } from '../../contract/scope.ts';
import { classesOf } from './held-classes.ts';
import type { ChosenFrom, PersonPlan, ReasonFacts } from './compose-person.ts';
import { foldAddress } from './fold-address.ts';
import type { AccountRow, OrderCopy, PostalAddress } from './store-rows.ts';

export type PersonRecord = {
  readonly v: 1;
  readonly number: number;
  /** '' when the store knows none. */
  readonly name: string;
  /** For a salutation; '' when the store keeps only a whole name, or none. */
  readonly first_name: string;
  /** The chosen address as stored, outer white space removed; null when the person cannot be reached by e-mail. */
  readonly email: string | null;
  readonly country: string;
  readonly registered: boolean;
  readonly user_id: number;
  readonly orders: number;
  readonly contactability: Person['contactability'];
  readonly contact_points: readonly ContactPoint[];
  readonly reasons: readonly Reason[];
  readonly data_classes: readonly DataClass[];
};

/** The part of an account's row that a person's record is made from. */
export type AccountValues = Pick<
  AccountRow,
  'email' | 'displayName' | 'firstName' | 'lastName' | 'billing'
>;
export type OrderValues = Pick<OrderCopy, 'emails' | 'firstName' | 'lastName' | 'phone' | 'postal'>;

/** Values of a person's rows, in the order of the plan: the primary account first, orders newest first. */
export type PersonValues = {
  readonly accounts: readonly AccountValues[];
  readonly orders: readonly OrderValues[];
  /** How many of `orders` are in scope; they come first. */
  readonly ordersInScope: number;
  readonly listed: readonly string[];
};

export function makePersonRecord(input: {
  number: number;
  plan: PersonPlan;
  values: PersonValues;
  /** Blind key of a folded address, as in the plan. */
  keyOf: (folded: string) => string;
}): PersonRecord {
  const { number, plan, values } = input;
  const points = contactPoints(values);
  const chosen = plan.chosen;
  const email =
    chosen === null
      ? undefined
      : points.find(
          (point) => point.kind === 'email' && input.keyOf(foldAddress(point.value)) === chosen.key,
        );
  return {
    v: 1,
    number,
    ...nameOf(values),
    email: email?.value ?? null,
    country: plan.country,
    registered: plan.userId !== 0,
    user_id: plan.userId,
    orders: plan.orders,
    contactability: plan.contactability,
    contact_points: points.map((point) => ({ ...point, chosen: point === email })),
    reasons: plan.reasons.map(reasonOf),
    data_classes: classesOf(plan.classes),
  };
}

/** Newest order in scope, else the account's profile, its address book, its display name, else any other order. */
function nameOf(values: PersonValues): Pick<PersonRecord, 'name' | 'first_name'> {
  const inScope = values.orders.slice(0, values.ordersInScope);
  const named = [
    ...inScope,
    ...values.accounts,
    ...values.accounts.map((account) => account.billing),
    ...values.accounts.map((account) => ({ firstName: '', lastName: account.displayName })),
    ...values.orders,
  ].map(({ firstName, lastName }) => {
    const first = firstName.trim();
    return { name: `${first} ${lastName.trim()}`.trim(), first_name: first };
  });
  return named.find(({ name }) => name !== '') ?? { name: '', first_name: '' };
}

function reasonOf({ classes, at, ...reason }: ReasonFacts): Reason {
  return {
    ...reason,
    at: at === null ? null : new Date(at).toISOString(),
    data_classes: classesOf(classes),
  };
}

type Point = Omit<ContactPoint, 'chosen'>;
const ORIGIN: Readonly<Record<ChosenFrom, string>> = {
  account: 'account',
  order: 'billing',
  address_book: 'billing',
  listed: 'listed',
};

/** Each distinct value once, under the first place it was met: account, orders newest first, address book, list. */
function contactPoints(values: PersonValues): Point[] {
  const found = new Map<string, Point>();
  const add = (kind: Point['kind'], value: string, from: ChosenFrom): void => {
    const text = value.trim();
    const key = `${kind}:${foldAddress(text)}`;
    const nothing =
      text === '' || (kind === 'email' && foldAddress(text) === 'deleted@site.invalid');
    if (!nothing && !found.has(key)) found.set(key, { kind, value: text, origin: ORIGIN[from] });
  };
  for (const account of values.accounts) add('email', account.email, 'account');
  for (const order of values.orders)
    order.emails.forEach((email) => {
      add('email', email, 'order');
    });
  for (const { billing } of values.accounts) add('email', billing.email, 'address_book');
  for (const email of values.listed) add('email', email, 'listed');
  for (const order of values.orders) add('phone', order.phone, 'order');
  for (const { billing } of values.accounts) add('phone', billing.phone, 'address_book');
  for (const order of values.orders) add('postal_address', postalText(order.postal), 'order');
  for (const { billing } of values.accounts) {
    add('postal_address', postalText(billing.postal), 'address_book');
  }
  return [...found.values()];
}

/** One line; '' when there is nothing but a country. */
function postalText(postal: PostalAddress): string {
  const town = `${postal.postcode.trim()} ${postal.city.trim()}`.trim();
  const parts = [postal.company, postal.line1, postal.line2, town, postal.state].map((part) =>
    part.trim(),
  );
  const place = parts.filter((part) => part !== '');
  const reachable = [postal.line1, postal.line2, town].some((part) => part.trim() !== '');
  return reachable
    ? [...place, postal.country.trim()].filter((part) => part !== '').join(', ')
    : '';
}
