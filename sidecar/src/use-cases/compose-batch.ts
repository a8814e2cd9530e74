// Makes people out of the rows of one batch after another: who is in the audience, his number, his record, and what he is
// found by. No people are kept; counts are.
import type { AudienceCounts } from '../contract/scope.ts';
import { makeAudienceTally, type ReadingFacts } from '../domain/audience/audience-tally.ts';
import { composePerson, isInScope, type PersonPlan } from '../domain/audience/compose-person.ts';
import { makeHintNotes } from '../domain/audience/hint-keys.ts';
import { makeNoteList } from '../domain/audience/note-lists.ts';
import { packPerson } from '../domain/audience/pack-person.ts';
import { makeRecordBytes } from '../domain/audience/record-bytes.ts';
import type { StagedPerson } from '../domain/audience/staged-row.ts';
import type { ComposedBatch, ComposerInput } from './ports/people-composer.ts';
import type { IncidentVault } from './ports/vault.ts';
import { personIdOf } from './resolve-people.ts';
import { noteTerms } from './seal-person.ts';

export interface BatchComposer {
  compose(people: Iterable<StagedPerson>): ComposedBatch;
  counts(facts: ReadingFacts): AudienceCounts;
}

export function makeBatchComposer(
  vault: IncidentVault,
  { basis, named }: Pick<ComposerInput, 'basis' | 'named'>,
): BatchComposer {
  const tally = makeAudienceTally();
  const expected = new Set(named);
  const noteHints = makeHintNotes(Number.parseInt(vault.blind('seed:hints').slice(0, 8), 16));
  const lists = {
    ids: makeNoteList(),
    terms: makeNoteList(),
    chosen: makeNoteList(),
    hints: makeNoteList(),
  };
  const records = makeRecordBytes();
  let next = 0;

  /** Notes the person and gives the end of his record. */
  function record(plan: PersonPlan, number: number): number {
    const personId = personIdOf(vault, plan.owner);
    lists.ids.addKey(personId, number);
    noteTerms(vault, lists.terms, plan, number);
    if (plan.chosen !== null) lists.chosen.addKey(plan.chosen.key, number);
    noteHints(lists.hints, plan, number);
    return records.add(packPerson({ number, personId, plan, bounced: basis.bounced }));
  }

  return {
    compose(people) {
      const first = next;
      const ends: number[] = [];
      const contactability: string[] = [];
      const country: string[] = [];
      const registered: number[] = [];
      const orders: number[] = [];
      const roles: number[] = [];
      const met: ComposedBatch['met'][number][] = [];
      for (const person of people) {
        const plan = isInScope(person) ? composePerson(person, basis) : null;
        if (plan === null || plan.excluded) continue;
        tally.add(plan);
        if (plan.staff) continue;
        ends.push(record(plan, next));
        contactability.push(plan.contactability);
        country.push(plan.country);
        registered.push(plan.userId === 0 ? 0 : 1);
        orders.push(plan.orders);
        roles.push(plan.roles);
        if (expected.has(plan.owner)) met.push([plan.owner, next]);
        next += 1;
      }
      return {
        first,
        records: records.take(),
        ends: Uint32Array.from(ends),
        contactability,
        country,
        registered: Uint8Array.from(registered),
        orders: Uint32Array.from(orders),
        roles: Uint32Array.from(roles),
        notes: {
          ids: lists.ids.take(),
          terms: lists.terms.take(),
          chosen: lists.chosen.take(),
          hints: lists.hints.take(),
        },
        met,
      };
    },
    counts: (facts) => tally.counts(facts, null),
  };
}
