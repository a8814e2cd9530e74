// Compares resolved people with the truth, person by person: nobody missing, nobody extra, nobody merged or told wrongly.
import { EVERYONE_MAPPED, isFound, isInScope, type TrueScope } from '../stack/seed/true-scope.ts';
import type { TrapFigures, TrueReason } from '../stack/seed/traps/trap-truth.ts';
import type { Truth, TruePerson } from '../stack/seed/truth.ts';
import type { Resolved } from './resolve-directly.ts';
import { reasonsOf, tellFound, tellTrue, type Detail } from './tell-people.ts';

export type PeopleDifferences = {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** Found, but not as the truth tells them. */
  readonly different: readonly { who: string; expected: string; found: string }[];
};

export const NO_DIFFERENCES: PeopleDifferences = { missing: [], extra: [], different: [] };

export type Expectation = {
  readonly scope: TrueScope;
  /** Narrows the rows that put somebody in scope. */
  readonly takes?: (reason: TrueReason, person: TruePerson) => boolean;
  /** How exactly people of the traps are compared. Default `full`. */
  readonly detail?: Detail;
};

export async function comparePeople(
  resolved: Resolved,
  truth: Truth,
  expectation: Expectation,
): Promise<PeopleDifferences> {
  const expected = new Map<string, { person: TruePerson; text: string }>();
  for await (const person of truth.people()) {
    if (!isExpected(person, expectation)) continue;
    const { who, text } = tellTrue(person, {
      scope: expectation.scope,
      ...tellingOf(person, expectation),
    });
    if (expected.has(who)) throw new Error(`the truth names one person twice: ${person.id}`);
    expected.set(who, { person, text });
  }
  const missing = new Map(expected);
  const extra: string[] = [];
  const different: { who: string; expected: string; found: string }[] = [];
  for (const found of resolved.people) {
    const { who } = tellFound(found, 'full');
    const known = expected.get(who);
    if (known === undefined || !missing.delete(who)) {
      extra.push(`${who}: ${tellFound(found, 'full').text}`);
      continue;
    }
    const { text } = tellFound(found, tellingOf(known.person, expectation).detail);
    if (text !== known.text)
      different.push({ who: known.person.id, expected: known.text, found: text });
  }
  return {
    missing: [...missing.values()].map(({ person, text }) => `${person.id}: ${text}`),
    extra,
    different,
  };
}

/** How many the truth says a scope comes to. */
export async function countExpected(truth: Truth, expectation: Expectation): Promise<number> {
  let count = 0;
  for await (const person of truth.people()) if (isExpected(person, expectation)) count += 1;
  return count;
}

function isExpected(person: TruePerson, { scope, takes }: Expectation): boolean {
  if (!isFound(person, scope)) return false;
  if (takes === undefined) return true;
  return reasonsOf(person).some(
    (reason) => isInScope(reason.source, scope) && takes(reason, person),
  );
}

function tellingOf(
  person: TruePerson,
  { takes, detail = 'full' }: Expectation,
): { detail: Detail; takes?: (reason: TrueReason) => boolean } {
  return {
    detail: person.trap === undefined ? 'shop' : detail,
    ...(takes === undefined ? {} : { takes: (reason) => takes(reason, person) }),
  };
}

/** Groups with somebody of the traps among them, by the truth's ids; chance may make two of the bulk look alike. */
export async function hintsOfTraps(
  { hints, people }: Resolved,
  truth: Truth,
  scope: TrueScope,
): Promise<string[]> {
  const ids = new Map<string, string>();
  for await (const person of truth.people()) {
    if (isFound(person, scope)) ids.set(tellTrue(person, { scope, detail: 'full' }).who, person.id);
  }
  return hints
    .map(({ kind, numbers }) => ({
      kind,
      names: numbers
        .flatMap((number) => people[number] ?? [])
        .map((person) => ids.get(tellFound(person, 'full').who) ?? 'nobody of the truth')
        .sort(),
    }))
    .filter(({ names }) => names.some((name) => name.startsWith('t-')))
    .map(({ kind, names }) => `${kind}: ${names.join(' ')}`)
    .sort();
}

/** The hints of the truth in that scope, in the same words. */
export function trueHints(figures: TrapFigures, scope: TrueScope = EVERYONE_MAPPED): string[] {
  return figures.hints
    .filter(({ source }) => source === null || scope.source(source))
    .map(({ kind, people }) => `${kind}: ${people.join(' ')}`)
    .sort();
}
