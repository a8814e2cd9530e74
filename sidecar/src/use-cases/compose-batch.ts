// Makes people out of the rows of one batch after another: who is in the audience, his number, his record, and what he is
// found by. No people are kept; counts are.
import { makeAudienceTally } from '../domain/audience/audience-tally.ts';
import { composePerson, isInScope } from '../domain/audience/compose-person.ts';
import { makeHintNotes } from '../domain/audience/hint-keys.ts';
import { makeNoteList } from '../domain/audience/note-lists.ts';
import { packPerson } from '../domain/audience/pack-person.ts';
import { makeRecordBytes } from '../domain/audience/record-bytes.ts';
import type { StagedPerson } from '../domain/audience/staged-row.ts';
import type { AudienceCounts } from '../contract/scope.ts';
import type { ReadingFacts } from '../domain/audience/audience-tally.ts';
import type { ComposedBatch, ComposedPerson, ComposerInput } from './ports/people-composer.ts';
import type { IncidentVault } from './ports/vault.ts';
import { personIdOf } from './resolve-people.ts';
import { noteTerms } from './seal-person.ts';

export interface BatchComposer {
  compose(people: Iterable<StagedPerson>): ComposedBatch;
  counts(facts: ReadingFacts): AudienceCounts;
}

export function makeBatchComposer(
  vault: IncidentVault,
  { basis, named }: Omit<ComposerInput, 'wrappedKey'>,
): BatchComposer {
  const tally = makeAudienceTally();
  const expected = new Set(named);
  const lists = {
    ids: makeNoteList(),
    terms: makeNoteList(),
    chosen: makeNoteList(),
    hints: makeNoteList(),
  };
  const noteHints = makeHintNotes(Number.parseInt(vault.blind('seed:hints').slice(0, 8), 16));
  const records = makeRecordBytes();
  let next = 0;

  return {
    compose(staged) {
      const people: ComposedPerson[] = [];
      const met: ComposedBatch['met'][number][] = [];
      for (const person of staged) {
        if (!isInScope(person)) continue;
        const plan = composePerson(person, basis);
        if (plan === null || plan.excluded) continue;
        tally.add(plan);
        if (plan.staff) continue;
        const number = next;
        next += 1;
        const personId = personIdOf(vault, plan.owner);
        const chosen = plan.chosen?.key ?? null;
        lists.ids.addKey(personId, number);
        noteTerms(vault, lists.terms, plan, number);
        if (chosen !== null) lists.chosen.addKey(chosen, number);
        noteHints(lists.hints, plan, number);
        if (expected.has(plan.owner)) met.push([plan.owner, number]);
        people.push({
          number,
          personId,
          end: records.add(packPerson({ number, personId, plan, bounced: basis.bounced })),
          chosen,
          contactability: plan.contactability,
          country: plan.country,
          registered: plan.userId === 0 ? 0 : 1,
          orders: plan.orders,
          roles: plan.roles,
        });
      }
      return {
        people,
        records: records.take(),
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
