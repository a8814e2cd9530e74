// Which lane an owner's rows lie in. Lanes follow one another as people do: accounts by user id, then the others by key.
import type { BlindKey } from '../../domain/audience/staged-row.ts';

/** Lanes of keys: by the first two of their hex digits. */
export const KEY_LANES = 256;

/** Accounts of one lane: few enough that the rows of all of them fit into memory many times. */
const ACCOUNTS = 4_096;

export function keyLane(key: BlindKey): number {
  return 16 * digit(key.charCodeAt(0)) + digit(key.charCodeAt(1));
}

/** Value of a lower-case hex digit. */
function digit(code: number): number {
  return (code < 58 ? code - 48 : code - 87) & 15;
}

/** The first key of a lane, and for the lane behind the last one a text above all keys. */
export function firstKey(lane: number): string {
  return lane >= KEY_LANES ? 'g' : lane.toString(16).padStart(2, '0');
}

export interface AccountLanes {
  /** To be told of every account, by rising user id. */
  add(userId: number): void;
  lane(userId: number): number;
  count(): number;
}

export function makeAccountLanes(): AccountLanes {
  const firsts = [-Infinity];
  let inLast = 0;
  return {
    add: (userId) => {
      inLast += 1;
      if (inLast <= ACCOUNTS) return;
      firsts.push(userId);
      inLast = 1;
    },
    lane: (userId) => {
      let low = 0;
      let high = firsts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((firsts[middle] ?? 0) <= userId) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    count: () => firsts.length,
  };
}
