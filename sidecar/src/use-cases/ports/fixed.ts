// Test doubles for time, identifiers and randomness: still, countable, repeatable. Imported by tests only.
import { createHash } from 'node:crypto';
import type { Clock, Ids, Randomness } from './clock.ts';

export type FixedClock = Clock & { advance(ms: number): void; set(iso: string): void };

export function fixedClock(iso = '2026-11-23T12:00:00.000Z'): FixedClock {
  let at = Date.parse(iso);
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
    set: (to) => {
      at = Date.parse(to);
    },
  };
}

export function countingIds(): Ids {
  let made = 0;
  return {
    make: (prefix) => {
      made += 1;
      return `${prefix}_${String(made).padStart(26, '0')}`;
    },
  };
}

/** Bytes that look random, differ on each call, and are the same in each run. */
export function seededRandomness(seed = 1): Randomness {
  let calls = 0;
  return {
    bytes: (count) => {
      calls += 1;
      const chunks: Uint8Array[] = [];
      for (let i = 0; i * 32 < count; i += 1) {
        chunks.push(createHash('sha256').update(`${seed}/${calls}/${i}`).digest());
      }
      return new Uint8Array(Buffer.concat(chunks).subarray(0, count));
    },
  };
}
