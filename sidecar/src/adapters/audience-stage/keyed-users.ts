// Which users stand beside which keys, in lanes by key: the accounts by their own addresses, or the addresses they use.
import type { BlindKey } from '../../domain/audience/staged-row.ts';
import { keyLane } from './lane-of-owner.ts';
import type { SpillFile } from './spill-file.ts';
import { makeSpillLanes } from './spill-lanes.ts';

const PIECE = 4 * 1_024;

export interface KeyedUsers {
  add(key: BlindKey, userId: number): void;
  /** Pairs of one lane, in the order they were added. */
  lane(lane: number): Iterable<readonly [key: BlindKey, userId: number]>;
}

export function makeKeyedUsers(file: SpillFile): KeyedUsers {
  const lanes = makeSpillLanes(file, PIECE);
  return {
    add: (key, userId) => {
      const lane = keyLane(key);
      const size = 9 + key.length;
      const { bytes, at } = lanes.room(lane, size);
      bytes.writeDoubleLE(userId, at);
      bytes[at + 8] = key.length;
      bytes.write(key, at + 9, key.length, 'latin1');
      lanes.used(lane, size);
    },
    lane: function* (lane) {
      const bytes = lanes.read(lane);
      for (let at = 0; at < bytes.length;) {
        const end = at + 9 + (bytes[at + 8] ?? 0);
        yield [bytes.toString('latin1', at + 9, end), bytes.readDoubleLE(at)];
        at = end;
      }
    },
  };
}
