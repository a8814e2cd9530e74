// Rule 5 of the person rule: people beside whom one customer id of a gateway stands.
import type { Owner } from './staged-row.ts';

export type GatewayGroup = {
  readonly owners: readonly Owner[];
  /** Names that are known of them, blind. */
  readonly names: readonly (number | string)[];
};

export type GatewayJoins = {
  readonly joins: readonly { readonly from: Owner; readonly into: Owner }[];
  /** Groups whose data conflicts: a reviewer's to decide. */
  readonly conflicts: readonly GatewayGroup[];
};

/** More people than this beside one id is a shop's own or a test id, not one human. */
const MOST = 10;

/** Chains are followed: a person is joined to the one who keeps the place in the end. Two accounts never end in one. */
export function joinByGateway(
  groups: Iterable<GatewayGroup>,
  keptApart: (one: Owner, other: Owner) => boolean,
): GatewayJoins {
  const parent = new Map<Owner, Owner>();
  const members = new Map<Owner, readonly Owner[]>();
  const names = new Map<Owner, ReadonlySet<number | string>>();
  const conflicts: GatewayGroup[] = [];
  const membersOf = (owner: Owner): readonly Owner[] => members.get(owner) ?? [owner];
  // Whoever was joined to somebody before is kept apart still.
  const anyApart = (one: Owner, other: Owner): boolean =>
    membersOf(one).some((a) => membersOf(other).some((b) => keptApart(a, b)));
  const root = (owner: Owner): Owner => {
    let at = owner;
    for (let next = parent.get(at); next !== undefined; next = parent.get(at)) at = next;
    return at;
  };
  for (const group of groups) {
    const roots = [...new Set(group.owners.map(root))].sort(accountsFirst);
    const [into, ...others] = roots;
    if (into === undefined || others.length === 0) continue;
    const accounts = roots.filter((owner) => typeof owner === 'number').length;
    const apart = roots.some((one, place) =>
      roots.slice(place + 1).some((other) => anyApart(one, other)),
    );
    // Names stay with whoever was joined: a chain must not tie two names that one id would not.
    const known = new Set([...group.names, ...roots.flatMap((one) => [...(names.get(one) ?? [])])]);
    if (accounts > 1 || known.size > 1 || roots.length > MOST || apart) {
      conflicts.push(group);
      continue;
    }
    members.set(into, roots.flatMap(membersOf));
    names.set(into, known);
    for (const other of others) parent.set(other, into);
  }
  return {
    joins: [...parent.keys()].map((from) => ({ from, into: root(from) })),
    conflicts,
  };
}

function accountsFirst(one: Owner, other: Owner): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'number') return -1;
  if (typeof other === 'number') return 1;
  return one < other ? -1 : 1;
}
