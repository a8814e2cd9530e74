/**
 * Where each delivery of one dispatch stands, one byte each, as the log's entries say. Moves are
 * checked before they are made: the first delivery that may not move is named, and nothing moves.
 */
import { countOrdinals, eachOrdinal } from './ordinal-ranges.ts';
import type { OrdinalRange } from './ordinal-ranges.ts';

/** `open` is inside a call to the provider whose answer is not in the log yet. */
export const DELIVERY_STATES = [
  'pending',
  'open',
  'unknown',
  'accepted',
  'failed',
  'suppressed',
] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface RefusedMove {
  readonly ordinal: number;
  readonly state: DeliveryState | 'not planned';
}

export interface DeliveryTally {
  /** Moves all ordinals to `to`, or none and says which one stood in the way. */
  move(
    ranges: readonly OrdinalRange[],
    from: readonly DeliveryState[],
    to: DeliveryState,
  ): RefusedMove | undefined;
  count(state: DeliveryState): number;
}

/** A tally of `planned` pending deliveries. Memory follows the highest ordinal used. */
export function makeDeliveryTally(planned: number): DeliveryTally {
  let states = new Uint8Array(Math.min(planned, 1024));
  const counts = DELIVERY_STATES.map((state) => (state === 'pending' ? planned : 0));

  function reserve(length: number): void {
    if (length <= states.length) return;
    const larger = new Uint8Array(Math.min(planned, Math.max(length, states.length * 2)));
    larger.set(states);
    states = larger;
  }

  function findRefused(
    ranges: readonly OrdinalRange[],
    from: readonly DeliveryState[],
  ): RefusedMove | undefined {
    const allowed = DELIVERY_STATES.map((state) => from.includes(state));
    for (const ordinal of eachOrdinal(ranges)) {
      const state = states[ordinal] ?? 0;
      if (allowed[state] !== true)
        return { ordinal, state: DELIVERY_STATES[state] as DeliveryState };
    }
    return undefined;
  }

  return {
    move(ranges, from, to) {
      const highest = ranges.at(-1)?.last ?? -1;
      if (highest >= planned) return { ordinal: highest, state: 'not planned' };
      reserve(highest + 1);
      const refused = findRefused(ranges, from);
      if (refused !== undefined) return refused;
      const target = DELIVERY_STATES.indexOf(to);
      for (const ordinal of eachOrdinal(ranges)) {
        const before = states[ordinal] as number;
        counts[before] = (counts[before] as number) - 1;
        states[ordinal] = target;
      }
      counts[target] = (counts[target] as number) + countOrdinals(ranges);
      return undefined;
    },
    count: (state) => counts[DELIVERY_STATES.indexOf(state)] as number,
  };
}
