// What reviewers decided about who is one human: which decisions contradict each other, and what stands for the next freeze.
//
// Merging is transitive: whoever is merged with somebody is merged with all of theirs. Being kept apart holds between whole
// groups: when B is merged with A and kept apart from C, so is A.
import type { BlindKey } from './staged-row.ts';
import { rowKey, type DecidedRow, type EffectiveDecisions } from './identity-rules.ts';

/** A decision nobody took back. */
export type StandingDecision = {
  readonly id: string;
  readonly kind: 'merge' | 'keep_apart' | 'split';
  /** At least two; one for a split. */
  readonly people: readonly BlindKey[];
  /** Of a split: the rows that are somebody else's. */
  readonly rows: readonly DecidedRow[];
};

/** A standing decision that a new one cannot stand beside, and how they clash. */
export type Contradiction = {
  readonly how: 'kept_apart' | 'merged' | 'row_taken' | 'same';
  readonly decision: string;
};

/** Who the rows of a split belong to, before it is made blind. */
export const splitTerm = (decisionId: string): string => `split:${decisionId}`;

/** Decisions in the order they were made: of two splits of one row the later counts. */
export function effectiveDecisions(decisions: readonly StandingDecision[]): EffectiveDecisions {
  const groups = groupsOf(decisions);
  return {
    merges: decisions.flatMap(({ kind, people: [first = '', ...others] }) =>
      kind === 'merge' ? others.map((other): [BlindKey, BlindKey] => [first, other]) : [],
    ),
    apart: closedPairs(apartPairs(decisions), groups),
    splits: decisions.flatMap(({ id, kind, people: [person = ''], rows }) =>
      kind === 'split' ? [{ id, person, rows }] : [],
    ),
  };
}

/**
 * Null when the draft can stand. `personOfSplit` gives the person a standing split made: merging him back would undo it
 * behind its back.
 */
export function findContradiction(
  standing: readonly StandingDecision[],
  draft: Omit<StandingDecision, 'id'>,
  personOfSplit: (decisionId: string) => BlindKey,
): Contradiction | null {
  if (draft.kind === 'split') return findTakenRow(standing, draft);
  const groups = groupsOf(standing);
  const isSame = (one: BlindKey, other: BlindKey): boolean => groups.of(one) === groups.of(other);
  if (draft.kind === 'keep_apart') {
    const merged = pairsOf(draft.people).find(([one, other]) => isSame(one, other));
    if (merged !== undefined) return { how: 'merged', decision: groups.madeBy(merged[0]) };
    const known = knownPairs(standing, groups);
    const decided = pairsOf(draft.people).map((pair) => known.get(pairKey(pair)));
    return decided.every((decision) => decision !== undefined)
      ? { how: 'same', decision: decided[0] ?? '' }
      : null;
  }
  const [first = '', ...others] = draft.people;
  if (others.every((other) => isSame(first, other)))
    return { how: 'same', decision: groups.madeBy(first) };
  const after = groupsOf([...standing, { ...draft, id: '' }]);
  const split = standing.filter(({ kind }) => kind === 'split');
  const apart = [
    ...apartPairs(standing),
    ...split.map(({ id, people: [person = ''] }) => ({
      id,
      pair: [person, personOfSplit(id)] as const,
    })),
  ];
  const broken = apart.find(({ pair: [one, other] }) => after.of(one) === after.of(other));
  return broken === undefined ? null : { how: 'kept_apart', decision: broken.id };
}

export type IdentityState = 'open' | 'merged' | 'kept_apart';

/** What the decisions make of people who look like one: `kept_apart` once that is said of each pair not merged. */
export function makeStanding(
  decisions: readonly StandingDecision[],
): (people: readonly BlindKey[]) => IdentityState {
  const groups = groupsOf(decisions);
  const known = knownPairs(decisions, groups);
  return (people) => {
    const apart = pairsOf(people).filter(([one, other]) => groups.of(one) !== groups.of(other));
    if (apart.length === 0) return 'merged';
    return apart.every((pair) => known.has(pairKey(pair))) ? 'kept_apart' : 'open';
  };
}

type Pair = readonly [BlindKey, BlindKey];
type Groups = {
  /** The same for everybody of one group; the key itself for who was never merged. */
  of(key: BlindKey): BlindKey;
  members(key: BlindKey): readonly BlindKey[];
  /** The latest merge of the group. */
  madeBy(key: BlindKey): string;
};

function groupsOf(decisions: readonly StandingDecision[]): Groups {
  const groupOf = new Map<BlindKey, { members: BlindKey[]; madeBy: string }>();
  for (const { id, kind, people } of decisions) {
    if (kind !== 'merge') continue;
    const members = new Set(people.flatMap((key) => groupOf.get(key)?.members ?? [key]));
    const group = { members: [...members], madeBy: id };
    for (const key of members) groupOf.set(key, group);
  }
  return {
    of: (key) => groupOf.get(key)?.members[0] ?? key,
    members: (key) => groupOf.get(key)?.members ?? [key],
    madeBy: (key) => groupOf.get(key)?.madeBy ?? '',
  };
}

function apartPairs(decisions: readonly StandingDecision[]): { id: string; pair: Pair }[] {
  return decisions.flatMap(({ id, kind, people }) =>
    kind === 'keep_apart' ? pairsOf(people).map((pair) => ({ id, pair })) : [],
  );
}

/** Pairs kept apart, by key, each with the decision that says so. */
function knownPairs(
  decisions: readonly StandingDecision[],
  groups: Groups,
): ReadonlyMap<string, string> {
  return new Map(
    apartPairs(decisions).flatMap(({ id, pair }) =>
      closedPairs([{ pair }], groups).map((closed) => [pairKey(closed), id] as const),
    ),
  );
}

/** Each pair for everybody merged with either of the two. */
function closedPairs(apart: readonly { pair: Pair }[], groups: Groups): Pair[] {
  const found = new Map<string, Pair>();
  for (const { pair } of apart) {
    for (const one of groups.members(pair[0])) {
      for (const other of groups.members(pair[1])) found.set(pairKey([one, other]), [one, other]);
    }
  }
  return [...found.values()];
}

function pairsOf(people: readonly BlindKey[]): Pair[] {
  return people.flatMap((one, place) => people.slice(place + 1).map((other): Pair => [one, other]));
}

function pairKey([one, other]: Pair): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** A row that a standing split takes from the same person leaves him at the next freeze, or has left him already. */
function findTakenRow(
  standing: readonly StandingDecision[],
  draft: Omit<StandingDecision, 'id'>,
): Contradiction | null {
  const wanted = new Set(draft.rows.map(rowKey));
  const taken = standing.find(
    ({ kind, people, rows }) =>
      kind === 'split' &&
      people[0] === draft.people[0] &&
      rows.some((row) => wanted.has(rowKey(row))),
  );
  return taken === undefined ? null : { how: 'row_taken', decision: taken.id };
}
