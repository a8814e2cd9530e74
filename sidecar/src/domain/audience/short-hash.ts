// A quick hash for keys that are compared with each other within one resolution and then forgotten: two equal ones by chance
// are a hint too many among millions. Not for anything that is kept, shown or must not be guessed.

export type ShortHash = {
  /** 32 bits each. */
  high: number;
  low: number;
};

/** Reuses one answer: to be read before the next call. */
export function makeShortHash(seed: number): (text: string) => Readonly<ShortHash> {
  const answer: ShortHash = { high: 0, low: 0 };
  return (text) => {
    let one = 0xdeadbeef ^ seed;
    let other = 0x41c6ce57 ^ seed;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 2654435761);
      other = Math.imul(other ^ code, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
    other =
      Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    answer.high = other >>> 0;
    answer.low = one >>> 0;
    return answer;
  };
}

/** 53 bits of it as one number; never 0. */
export function numberOf({ high, low }: Readonly<ShortHash>): number {
  return (high >>> 11) * 2 ** 32 + low || 1;
}
