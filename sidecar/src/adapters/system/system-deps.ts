// The real clock, identifiers and randomness.
import { randomBytes } from 'node:crypto';
import type { Clock, Ids, Randomness } from '../../use-cases/ports/clock.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export const systemClock: Clock = { now: () => new Date() };

export const systemRandomness: Randomness = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
};

/** ULID form in lower case: 48 bits of time, 80 random bits, so that ids sort by age and cannot be guessed. */
export const systemIds: Ids = {
  make: (prefix) => {
    let time = Date.now();
    let text = '';
    for (let i = 0; i < 10; i += 1) {
      text = ALPHABET.charAt(time % 32) + text;
      time = Math.floor(time / 32);
    }
    for (const byte of randomBytes(16)) text += ALPHABET.charAt(byte % 32);
    return `${prefix}_${text}`;
  },
};
