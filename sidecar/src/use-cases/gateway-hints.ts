// Gateway ids that stand beside people whose data conflicts, as hints by the numbers of those people. Memory grows with the
// conflicts alone.
import type { HintKind } from '../domain/audience/hint-keys.ts';
import type { Owner } from '../domain/audience/staged-row.ts';
import type { GatewayConflict } from './resolve-people.ts';

const MOST_NAMED = 20;

export type HintGroup = {
  readonly kind: HintKind;
  readonly numbers: readonly number[];
  readonly size: number;
};

export function makeConflictHints() {
  const groups: { numbers: number[] }[] = [];
  const of = new Map<Owner, { numbers: number[] }[]>();
  return {
    expect: ({ owners }: GatewayConflict): void => {
      const group = { numbers: [] };
      groups.push(group);
      for (const owner of owners) of.set(owner, [...(of.get(owner) ?? []), group]);
    },
    /** Everybody in some conflict. */
    owners: (): Owner[] => [...of.keys()],
    /** People come by rising number, so every group is sorted. */
    met: (owner: Owner, number: number): void => {
      for (const group of of.get(owner) ?? []) group.numbers.push(number);
    },
    hints: function* (): Iterable<HintGroup> {
      for (const { numbers } of groups) {
        if (numbers.length < 2) continue;
        yield { kind: 'gateway_id', numbers: numbers.slice(0, MOST_NAMED), size: numbers.length };
      }
    },
  };
}
