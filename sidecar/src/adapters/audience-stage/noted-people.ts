// What was noted beside people, sorted and grouped while it is read: their ids, the terms they are found by, hints, and the
// addresses they are reached by.
import type { HintKind } from '../../domain/audience/hint-keys.ts';
import { HINT_KINDS, HINTED, KEYED, numberAt } from '../../domain/audience/note-lists.ts';
import type { AudienceStage } from '../../use-cases/ports/audience-stage.ts';
import { HINTED_LAYOUT, KEYED_LAYOUT, makeSortedNotes, type SortedNotes } from './sorted-notes.ts';
import type { SpillFile } from './spill-file.ts';

/** Entries of one page. */
const PAGE = 5_000;
/** People named of one hint; a group larger than that is no pair to compare. */
const MOST_NAMED = 20;

type HintGroup = { kind: HintKind; numbers: number[]; size: number };

export type NotedPeople = Pick<
  AudienceStage,
  'note' | 'personIds' | 'terms' | 'hints' | 'countSharedChoices'
>;

export function makeNotedPeople(file: SpillFile): NotedPeople {
  const ids = makeSortedNotes(file, KEYED_LAYOUT);
  const terms = makeSortedNotes(file, KEYED_LAYOUT);
  const chosen = makeSortedNotes(file, KEYED_LAYOUT);
  const hints = makeSortedNotes(file, HINTED_LAYOUT);
  return {
    note: (notes) => {
      ids.add(notes.ids);
      terms.add(notes.terms);
      chosen.add(notes.chosen);
      hints.add(notes.hints);
    },
    personIds: () => pages(ids),
    terms: () => pages(terms),
    hints: () => hintGroups(hints),
    countSharedChoices: () => {
      let shared = 0;
      for (const lane of chosen.lanes()) shared += repeatedKeys(lane);
      return shared;
    },
  };
}

function* pages(notes: SortedNotes): Iterable<Uint8Array> {
  for (const lane of notes.lanes()) {
    for (let from = 0; from < lane.length; from += PAGE * KEYED) {
      yield lane.subarray(from, from + PAGE * KEYED);
    }
  }
}

function repeatedKeys(lane: Buffer): number {
  let repeated = 0;
  for (let at = KEYED; at < lane.length; at += KEYED) {
    if (lane.compare(lane, at - KEYED, at - 4, at, at + KEYED - 4) === 0) repeated += 1;
  }
  return repeated;
}

function* hintGroups(notes: SortedNotes): Iterable<HintGroup> {
  for (const lane of notes.lanes()) {
    let from = 0;
    for (let at = HINTED; at <= lane.length; at += HINTED) {
      const same =
        at < lane.length && lane.compare(lane, from, from + HINTED - 4, at, at + HINTED - 4) === 0;
      if (same) continue;
      if (at - from > HINTED) yield groupOf(lane.subarray(from, at));
      from = at;
    }
  }
}

function groupOf(entries: Buffer): HintGroup {
  const size = entries.length / HINTED;
  const numbers: number[] = [];
  for (let place = 0; place < Math.min(size, MOST_NAMED); place += 1) {
    numbers.push(numberAt(entries, place, HINTED));
  }
  return { kind: HINT_KINDS[entries.readUInt32BE(0)] ?? 'phone', numbers, size };
}
