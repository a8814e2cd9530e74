// Counts of an audience, person by person: memory grows with countries and classes, not with people.
import type { AudienceCounts } from '../../contract/scope.ts';
import type { Tally } from '../../contract/values.ts';
import type { PersonPlan } from './compose-person.ts';
import { classesOf } from './held-classes.ts';

/** What the reading itself found, besides people. */
export type ReadingFacts = Pick<AudienceCounts, 'order_stores' | 'anonymised_orders' | 'unread'>;

export interface AudienceTally {
  add(plan: PersonPlan): void;
  counts(facts: ReadingFacts): AudienceCounts;
}

export function makeAudienceTally(): AudienceTally {
  let people = 0;
  let reachable = 0;
  let registered = 0;
  const byCountry = new Map<string, number>();
  const bySource = new Map<string, number>();
  const byClass = new Map<string, number>();
  const byReason = new Map<string, number>();
  return {
    add(plan) {
      people += 1;
      if (plan.userId !== 0) registered += 1;
      if (plan.chosen !== null) reachable += 1;
      else raise(byReason, plan.contactability);
      raise(byCountry, plan.country);
      for (const source of new Set(plan.reasons.map((reason) => reason.source))) {
        raise(bySource, source);
      }
      for (const name of classesOf(plan.classes)) raise(byClass, name);
    },
    counts: (facts) => ({
      people,
      reachable,
      unreachable: people - reachable,
      guests: people - registered,
      registered,
      by_country: tallies(byCountry),
      by_source: tallies(bySource),
      by_data_class: tallies(byClass),
      by_unreachable_reason: tallies(byReason),
      ...facts,
    }),
  };
}

function raise(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** Most first, then by key, so that the same audience always reads the same. */
function tallies(map: ReadonlyMap<string, number>): Tally[] {
  return [...map]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}
