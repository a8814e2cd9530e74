// A reviewer's standing decisions, as questions the grouping asks.
import type { PersonRole } from '../../contract/scope.ts';
import type { BlindKey } from './staged-row.ts';

/** One row as it names one person: the row of an order may name its buyer and whom it ships to. */
export type DecidedRow = {
  readonly source: string;
  readonly row: number | string;
  readonly role: PersonRole;
};

/** One text for one of these. */
export function rowKey({ source, row, role }: DecidedRow): string {
  return `${role}\n${source}\n${row}`;
}

/** As they stand for the next freeze; people by their blind keys. */
export type EffectiveDecisions = {
  readonly merges: readonly (readonly [BlindKey, BlindKey])[];
  readonly apart: readonly (readonly [BlindKey, BlindKey])[];
  readonly splits: readonly {
    readonly id: string;
    readonly person: BlindKey;
    readonly rows: readonly DecidedRow[];
  }[];
};

export const NO_DECISIONS: EffectiveDecisions = { merges: [], apart: [], splits: [] };

export type IdentityRules = {
  /** People named by some decision: their owners are remembered while rows are staged. */
  readonly named: ReadonlySet<BlindKey>;
  readonly merges: EffectiveDecisions['merges'];
  readonly apart: EffectiveDecisions['apart'];
  /** Id of the decision that took this row away from its person; null for none. */
  splitOf(row: DecidedRow): string | null;
  /** Whether a reviewer keeps these two people apart, in either order. */
  keptApart(one: BlindKey, other: BlindKey): boolean;
};

export function makeIdentityRules(decisions: EffectiveDecisions): IdentityRules {
  const splits = new Map<string, string>();
  for (const { id, rows } of decisions.splits) {
    for (const row of rows) splits.set(rowKey(row), id);
  }
  const pair = (one: BlindKey, other: BlindKey): string =>
    one < other ? `${one} ${other}` : `${other} ${one}`;
  const apart = new Set(decisions.apart.map(([one, other]) => pair(one, other)));
  return {
    named: new Set([...decisions.merges, ...decisions.apart].flat()),
    merges: decisions.merges,
    apart: decisions.apart,
    splitOf: (row) => (splits.size === 0 ? null : (splits.get(rowKey(row)) ?? null)),
    keptApart: (one, other) => apart.size > 0 && apart.has(pair(one, other)),
  };
}
