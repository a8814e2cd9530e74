// Whom a scope is to find, by the truth: the same question the product answers, asked of what was written down by hand.
import type { TruePerson } from './truth.ts';

/** What is in scope, without further filters. */
export type TrueScope = {
  readonly accounts: boolean;
  readonly orders: boolean;
  readonly source: (id: string) => boolean;
};

/** Accounts and orders alone. */
export const SHOP_ALONE: TrueScope = { accounts: true, orders: true, source: () => false };

/** All a freshly installed sidecar knows; places mapped by hand are not among them. */
export const EVERYONE: TrueScope = {
  accounts: true,
  orders: true,
  source: (id) => !id.startsWith('own.'),
};

/** Rows of these hold tokens and nothing else. */
const TOKENS_ALONE = ['stripe.order-meta', 'stripe.usermeta'];

/**
 * "Everyone this shop knows" as wp-admin asks: of names, addresses, phones and orders, not of payment tokens. Rows that hold
 * nothing else are out of such a scope, and join nobody.
 */
export const EVERYONE_ON_SCREEN: TrueScope = {
  ...EVERYONE,
  source: (id) => EVERYONE.source(id) && !TOKENS_ALONE.includes(id),
};

/** With the places that the operator of this store maps by hand. */
export const EVERYONE_MAPPED: TrueScope = { ...EVERYONE, source: () => true };

/** Whether this line of the truth is a person in that scope. Staff who never bought are counted apart, and are none. */
export function isFound(person: TruePerson, scope: TrueScope): boolean {
  if (person.kind === 'staff') return false;
  const { trap } = person;
  if (trap === undefined) {
    return (scope.accounts && person.userId !== null) || (scope.orders && person.orders.length > 0);
  }
  const { dependsOn } = trap;
  if (
    dependsOn !== null &&
    !('with' in dependsOn ? scope.source(dependsOn.with) : !scope.source(dependsOn.without))
  ) {
    return false;
  }
  return trap.reasons.some(({ source }) => isInScope(source, scope));
}

export function isInScope(source: string, scope: TrueScope): boolean {
  if (source === 'accounts') return scope.accounts;
  if (source === 'orders_hpos' || source === 'orders_legacy') return scope.orders;
  return scope.source(source);
}
