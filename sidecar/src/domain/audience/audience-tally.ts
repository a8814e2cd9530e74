// Counts of an audience, person by person: memory grows with countries and classes, not with people.
import type { AudienceCounts } from '../../contract/scope.ts';
import type { Tally } from '../../contract/values.ts';
import type { PersonPlan } from './compose-person.ts';
import { classesOf } from './held-classes.ts';
import { rolesOf } from './person-roles.ts';

/** What the reading itself found, besides people. */
export type ReadingFacts = Pick<
  AudienceCounts,
  | 'order_stores'
  | 'anonymised_orders'
  | 'anonymised_remains'
  | 'unlinked_rows'
  | 'unresolved_values'
  | 'unread'
>;

export interface AudienceTally {
  add(plan: PersonPlan): void;
  /** `hints`: null when they were not looked for. */
  counts(facts: ReadingFacts, hints: number | null): AudienceCounts;
}

export function makeAudienceTally(): AudienceTally {
  let people = 0;
  let reachable = 0;
  let registered = 0;
  let staff = 0;
  const byCountry = new Map<string, number>();
  const bySource = new Map<string, number>();
  const byClass = new Map<string, number>();
  const byRole = new Map<string, number>();
  const byChannel = new Map<string, number>();
  const byMerge = new Map<string, number>();
  const byReason = new Map<string, number>();
  const classCounts = new Map<number, number>();
  return {
    add(plan) {
      if (plan.staff) {
        staff += 1;
        return;
      }
      people += 1;
      if (plan.userId !== 0) registered += 1;
      if (plan.chosen !== null) reachable += 1;
      else raise(byReason, plan.contactability);
      raise(byCountry, plan.country);
      raise(byChannel, plan.channel);
      const seen: string[] = [];
      for (const { source, strength, via } of plan.reasons) {
        if (!seen.includes(source)) {
          seen.push(source);
          raise(bySource, source);
        }
        if (via !== 'listed') raise(byMerge, strength);
      }
      for (const role of rolesOf(plan.roles)) raise(byRole, role);
      classCounts.set(plan.classes, (classCounts.get(plan.classes) ?? 0) + 1);
    },
    counts: (facts, hints) => {
      byClass.clear();
      for (const [bits, count] of classCounts) {
        for (const name of classesOf(bits)) byClass.set(name, (byClass.get(name) ?? 0) + count);
      }
      return {
        people,
        reachable,
        unreachable: people - reachable,
        guests: people - registered,
        registered,
        by_country: tallies(byCountry),
        by_source: tallies(bySource),
        by_role: tallies(byRole),
        by_channel: tallies(byChannel),
        staff,
        by_merge: tallies(byMerge),
        hints,
        by_data_class: tallies(byClass),
        by_unreachable_reason: tallies(byReason),
        ...facts,
      };
    },
  };
}

export function raise(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** Most first, then by key, so that the same audience always reads the same. */
export function tallies(map: ReadonlyMap<string, number>): Tally[] {
  return [...map]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}
