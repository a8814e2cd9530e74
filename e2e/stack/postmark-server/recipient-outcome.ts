// Decides what becomes of a mail to an address: delivered, bounced or complained about. Depends on the address
// and the seed only, so that a run can be repeated and a test can choose addresses by name.

import type { BounceType } from './bounce-store.ts';
import { seededShare } from './seeded-random.ts';

/** Addresses that meet one outcome. Everything is compared without case; `share` is 0 to 1 of all addresses. */
export interface OutcomeRule {
  readonly localPartPrefixes?: readonly string[];
  readonly addresses?: readonly string[];
  readonly share?: number;
}

/** Rules are tried in this order; an address that meets none is delivered. */
export interface OutcomeRules {
  /** Default: local part starts with `bounce-`. */
  readonly hardBounce?: OutcomeRule;
  /** Default: local part starts with `soft-`. */
  readonly softBounce?: OutcomeRule;
  /** Delivered first, then complained about. Default: local part starts with `complain-`. */
  readonly spamComplaint?: OutcomeRule;
}

/** Tells the outcome of an address; undefined is "delivered". */
export type DecideOutcome = (email: string) => BounceType | undefined;

/** Postmark's own test addresses at bounce-testing.postmarkapp.com work too. */
export function makeOutcomeDecision(rules: OutcomeRules, seed: number): DecideOutcome {
  const tests: readonly (readonly [BounceType, (email: string) => boolean])[] = [
    [
      'HardBounce',
      compile(rules.hardBounce ?? { localPartPrefixes: ['bounce-'] }, seed, 'hardbounce'),
    ],
    [
      'SoftBounce',
      compile(rules.softBounce ?? { localPartPrefixes: ['soft-'] }, seed, 'softbounce'),
    ],
    [
      'SpamComplaint',
      compile(rules.spamComplaint ?? { localPartPrefixes: ['complain-'] }, seed, 'spamcomplaint'),
    ],
  ];
  return (email) => {
    const lower = email.toLowerCase();
    return tests.find(([, meets]) => meets(lower))?.[0];
  };
}

function compile(rule: OutcomeRule, seed: number, testName: string): (email: string) => boolean {
  const addresses = new Set(rule.addresses?.map((address) => address.toLowerCase()));
  addresses.add(`${testName}@bounce-testing.postmarkapp.com`);
  const prefixes = (rule.localPartPrefixes ?? []).map((prefix) => prefix.toLowerCase());
  const share = rule.share ?? 0;
  return (email) =>
    addresses.has(email) ||
    prefixes.some((prefix) => email.startsWith(prefix)) ||
    (share > 0 && seededShare(seed, `${testName}:${email}`) < share);
}
