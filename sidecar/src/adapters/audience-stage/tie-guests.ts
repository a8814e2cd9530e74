// Rules 1 and 2 of domain/audience/person-keys.ts, one lane of keys after another: which accounts are one, and which guest
// is an account's person.
import type { BlindKey, Owner } from '../../domain/audience/staged-row.ts';
import type { Merge } from '../../use-cases/ports/audience-stage.ts';
import type { KeyedUsers } from './keyed-users.ts';

/** `guests`: owners of the rows of this lane. Ascending by whom they take away. */
export function tieLane(input: {
  lane: number;
  guests: Iterable<Owner>;
  accounts: KeyedUsers;
  uses: KeyedUsers;
}): Merge[] {
  const { lane } = input;
  const merges: Merge[] = [];
  const accounts = new Map<BlindKey, number>();
  for (const [key, userId] of input.accounts.lane(lane)) {
    const least = accounts.get(key);
    // Accounts come by rising id: the first keeps the place.
    if (least === undefined) accounts.set(key, userId);
    else merges.push({ from: userId, into: least, via: 'same_address' });
  }
  const users = soleUsers(input.uses.lane(lane));
  for (const guest of input.guests) {
    if (typeof guest === 'number') continue;
    const into = accounts.get(guest) ?? users.get(guest) ?? null;
    if (into !== null) merges.push({ from: guest, into, via: 'account_address' });
  }
  return merges.sort(byFrom);
}

/** Null for a key that several use. */
function soleUsers(
  uses: Iterable<readonly [BlindKey, number]>,
): ReadonlyMap<BlindKey, number | null> {
  const users = new Map<BlindKey, number | null>();
  for (const [key, userId] of uses) {
    const known = users.get(key);
    users.set(key, known === undefined || known === userId ? userId : null);
  }
  return users;
}

function byFrom({ from: one }: Merge, { from: other }: Merge): number {
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one < other ? -1 : 1;
}
