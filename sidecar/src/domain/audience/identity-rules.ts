// A reviewer's standing decisions, as questions the grouping asks.
import type { BlindKey } from './staged-row.ts';

/** As they stand for the next freeze; people by their blind keys. */
export type EffectiveDecisions = {
  readonly merges: readonly (readonly [BlindKey, BlindKey])[];
  readonly apart: readonly (readonly [BlindKey, BlindKey])[];
  readonly splits: readonly {
    readonly id: string;
    readonly person: BlindKey;
    readonly rows: readonly { readonly source: string; readonly row: number | string }[];
  }[];
};

export const NO_DECISIONS: EffectiveDecisions = { merges: [], apart: [], splits: [] };

export type IdentityRules = {
  /** People named by some decision: their owners are remembered while rows are staged. */
  readonly named: ReadonlySet<BlindKey>;
  readonly merges: EffectiveDecisions['merges'];
  /** Id of the decision that took this row away from its person; null for none. */
  splitOf(source: string, row: number | string): string | null;
  /** Whether a reviewer keeps these two people apart, in either order. */
  keptApart(one: BlindKey, other: BlindKey): boolean;
};

export function makeIdentityRules(decisions: EffectiveDecisions): IdentityRules {
  const splits = new Map<string, string>();
  for (const { id, rows } of decisions.splits) {
    for (const { source, row } of rows) splits.set(`${source}\n${row}`, id);
  }
  const pair = (one: BlindKey, other: BlindKey): string =>
    one < other ? `${one} ${other}` : `${other} ${one}`;
  const apart = new Set(decisions.apart.map(([one, other]) => pair(one, other)));
  return {
    named: new Set([...decisions.merges, ...decisions.apart].flat()),
    merges: decisions.merges,
    splitOf: (source, row) =>
      splits.size === 0 ? null : (splits.get(`${source}\n${row}`) ?? null),
    keptApart: (one, other) => apart.size > 0 && apart.has(pair(one, other)),
  };
}
