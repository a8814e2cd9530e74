// The accounts of the shop while it is read: which there are, and by which address each is known. In memory, 16 bytes for
// each account, because every order asks.
import type { BlindKey } from '../../domain/audience/staged-row.ts';

export interface KnownAccounts {
  /** By rising user id. `key`: of its own e-mail; null when that is not valid. */
  add(userId: number, key: BlindKey | null): void;
  has(userId: number): boolean;
  /** Whether this is the key the account is known by. */
  isKnownBy(userId: number, key: BlindKey): boolean;
}

const PAGE = 65_536;
const NO_KEY = -1;

/** The first 52 bits: of all keys that are compared with one account's, another one that agrees on them is not met. */
const short = (key: BlindKey): number => Number.parseInt(key.slice(0, 13), 16);

export function makeKnownAccounts(): KnownAccounts {
  const pages: { ids: Float64Array; keys: Float64Array }[] = [];
  let count = 0;
  let last = -Infinity;

  const idAt = (place: number): number =>
    pages[Math.floor(place / PAGE)]?.ids[place % PAGE] ?? Infinity;

  /** -1 when it is not there. Ids mostly follow one another, so the place is looked for where it would then be. */
  function placeOf(userId: number): number {
    let low = 0;
    let high = count - 1;
    const guess = userId - idAt(0);
    if (guess >= 0 && guess <= high) {
      const there = idAt(guess);
      if (there === userId) return guess;
      if (there < userId) low = guess + 1;
      else high = guess - 1;
    }
    while (low <= high) {
      const middle = (low + high) >> 1;
      const there = idAt(middle);
      if (there === userId) return middle;
      if (there < userId) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  return {
    add: (userId, key) => {
      if (userId <= last)
        throw new RangeError("couldn't stage accounts: they must come by rising id");
      last = userId;
      const page = (pages[Math.floor(count / PAGE)] ??= {
        ids: new Float64Array(PAGE),
        keys: new Float64Array(PAGE),
      });
      page.ids[count % PAGE] = userId;
      page.keys[count % PAGE] = key === null ? NO_KEY : short(key);
      count += 1;
    },
    has: (userId) => placeOf(userId) >= 0,
    isKnownBy: (userId, key) => {
      const place = placeOf(userId);
      return place >= 0 && pages[Math.floor(place / PAGE)]?.keys[place % PAGE] === short(key);
    },
  };
}
