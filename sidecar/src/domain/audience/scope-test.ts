// A scope as questions about one row. Lists are folded once here, so that asking stays cheap.
import type { AccountFilter, OrderFilter, Scope } from '../../contract/scope.ts';
import { classBits, type ClassBits } from './held-classes.ts';
import { foldAddress } from './fold-address.ts';
import { bareStatus, type AccountRow, type OrderCopy } from './store-rows.ts';

/** `undated`: a window is asked for and the row has no usable date; it is left out and counted, not guessed. */
export type FilterAnswer = 'in' | 'out' | 'undated';

export type ScopeTest = {
  readonly asked: ClassBits;
  readonly wantsAccounts: boolean;
  readonly wantsOrders: boolean;
  account(row: AccountRow): FilterAnswer;
  order(copy: OrderCopy): FilterAnswer;
  readonly include: ScopeListTest;
  readonly exclude: ScopeListTest;
};

export type ScopeListTest = {
  /** Folded address → the address as it was typed. */
  readonly emails: ReadonlyMap<string, string>;
  readonly orderIds: ReadonlySet<number>;
  readonly userIds: ReadonlySet<number>;
};

export function makeScopeTest(scope: Scope): ScopeTest {
  return {
    asked: classBits(scope.data_classes),
    wantsAccounts: scope.accounts !== null,
    wantsOrders: scope.orders !== null,
    account: accountQuestion(scope.accounts),
    order: orderQuestion(scope.orders),
    include: listTest(scope.include),
    exclude: listTest(scope.exclude),
  };
}

function listTest(lists: Scope['include']): ScopeListTest {
  return {
    emails: new Map(lists.emails.map((email) => [foldAddress(email), email.trim()])),
    orderIds: new Set(lists.order_ids),
    userIds: new Set(lists.user_ids),
  };
}

function accountQuestion(filter: AccountFilter | null): (row: AccountRow) => FilterAnswer {
  if (filter === null) return () => 'out';
  const window = windowQuestion(filter.registered_from, filter.registered_to);
  const countries = new Set<string>(filter.countries);
  return (row) => {
    if (!countryFits(countries, row.billing.postal.country)) return 'out';
    return window(row.registeredAt);
  };
}

function orderQuestion(filter: OrderFilter | null): (copy: OrderCopy) => FilterAnswer {
  if (filter === null) return () => 'out';
  const window = windowQuestion(filter.created_from, filter.created_to);
  const countries = new Set<string>(filter.countries);
  const methods = new Set(filter.payment_methods);
  const statuses = new Set(filter.statuses.map(bareStatus));
  return (copy) => {
    if (methods.size > 0 && !methods.has(copy.paymentMethod)) return 'out';
    if (statuses.size > 0 && !statuses.has(copy.status)) return 'out';
    if (!countryFits(countries, copy.postal.country)) return 'out';
    return window(copy.createdAt);
  };
}

function countryFits(allowed: ReadonlySet<string>, country: string): boolean {
  return allowed.size === 0 || allowed.has(country.trim().toUpperCase());
}

/** From inclusive, to exclusive. */
function windowQuestion(
  from: string | null,
  to: string | null,
): (at: number | null) => FilterAnswer {
  if (from === null && to === null) return () => 'in';
  const least = from === null ? -Infinity : Date.parse(from);
  const end = to === null ? Infinity : Date.parse(to);
  return (at) => {
    if (at === null) return 'undated';
    return at >= least && at < end ? 'in' : 'out';
  };
}
