// One spelling for each scope: what its hash, and "is it the same scope", are about.
import type { Scope } from '../../contract/scope.ts';
import { foldAddress } from './fold-address.ts';
import { bareStatus } from './store-rows.ts';

/** Lists sorted, each member once, addresses folded, statuses bare, times in UTC; the preset is only where the form began and is kept. */
export function canonicalScope(scope: Scope): Scope {
  return {
    ...scope,
    accounts:
      scope.accounts === null
        ? null
        : {
            ...scope.accounts,
            registered_from: utc(scope.accounts.registered_from),
            registered_to: utc(scope.accounts.registered_to),
            countries: texts(scope.accounts.countries),
            states: texts(scope.accounts.states),
          },
    orders:
      scope.orders === null
        ? null
        : {
            ...scope.orders,
            created_from: utc(scope.orders.created_from),
            created_to: utc(scope.orders.created_to),
            payment_methods: texts(scope.orders.payment_methods),
            statuses: texts(scope.orders.statuses.map(bareStatus)),
            countries: texts(scope.orders.countries),
            states: texts(scope.orders.states),
            products: numbers(scope.orders.products),
          },
    sources:
      scope.sources === null
        ? null
        : {
            ids: texts(scope.sources.ids),
            from: utc(scope.sources.from),
            to: utc(scope.sources.to),
            undated: scope.sources.undated,
          },
    as_of: utc(scope.as_of),
    ip_addresses: texts(scope.ip_addresses.map((ip) => ip.toLowerCase())),
    roles: texts(scope.roles),
    include: lists(scope.include),
    exclude: lists(scope.exclude),
    data_classes: texts(scope.data_classes),
  };
}

function lists({ emails, order_ids, user_ids }: Scope['include']): Scope['include'] {
  return {
    emails: texts(emails.map(foldAddress)),
    order_ids: numbers(order_ids),
    user_ids: numbers(user_ids),
  };
}

/** By UTF-16 code units, as canonical JSON sorts. */
function texts<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function numbers(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function utc(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
