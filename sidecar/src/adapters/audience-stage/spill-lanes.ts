// Records sorted into lanes while they come, each lane to be read by itself later: sorting a store of any size is then
// sorting one lane after another, in memory, and the disk is written and read in whole pieces.
import type { SpilledPart, SpillFile } from './spill-file.ts';

/** Where a record is written: `bytes` from `at` on; at least the room asked for. */
export type Room = { bytes: Buffer; at: number };

export interface SpillLanes {
  /** Room for one record of at most `size` bytes at the end of a lane; `used` says how many it took. */
  room(lane: number, size: number): Room;
  used(lane: number, size: number): void;
  /** Whole records, as they lie in another lane. */
  append(lane: number, records: Uint8Array): void;
  /** Everything of one lane, in the order it was added; a copy. */
  read(lane: number): Buffer;
  clear(lane: number): void;
}

type Lane = { parts: SpilledPart[]; tail: Buffer; filled: number };

const NOTHING = Buffer.alloc(0);

/** `piece`: bytes of a lane held in memory until they are put aside. Lanes are made when they are first written to. */
export function makeSpillLanes(file: SpillFile, piece: number): SpillLanes {
  const lanes: (Lane | undefined)[] = [];
  const room: Room = { bytes: NOTHING, at: 0 };

  function laneOf(number: number): Lane {
    return (lanes[number] ??= { parts: [], tail: NOTHING, filled: 0 });
  }

  function putAside(lane: Lane): void {
    if (lane.filled > 0) lane.parts.push(file.put(lane.tail.subarray(0, lane.filled)));
    lane.filled = 0;
  }

  return {
    room: (number, size) => {
      const lane = laneOf(number);
      if (lane.filled + size > lane.tail.length) {
        putAside(lane);
        if (lane.tail.length < size) lane.tail = Buffer.allocUnsafeSlow(Math.max(piece, size));
      }
      room.bytes = lane.tail;
      room.at = lane.filled;
      return room;
    },
    used: (number, size) => {
      const lane = laneOf(number);
      lane.filled += size;
      if (lane.tail.length <= piece) return;
      // A record larger than a piece is not kept in memory.
      putAside(lane);
      lane.tail = NOTHING;
    },
    append: (number, records) => {
      const lane = laneOf(number);
      if (lane.filled + records.length > lane.tail.length) putAside(lane);
      if (records.length > piece) {
        lane.parts.push(file.put(records));
        return;
      }
      if (lane.tail.length === 0) lane.tail = Buffer.allocUnsafeSlow(piece);
      lane.tail.set(records, lane.filled);
      lane.filled += records.length;
    },
    read: (number) => {
      const lane = lanes[number];
      if (lane === undefined) return NOTHING;
      const length = lane.parts.reduce((sum, part) => sum + part.length, lane.filled);
      const all = Buffer.allocUnsafeSlow(length);
      let at = 0;
      for (const part of lane.parts) {
        file.take(part, all, at);
        at += part.length;
      }
      all.set(lane.tail.subarray(0, lane.filled), at);
      return all;
    },
    clear: (number) => {
      lanes[number] = undefined;
    },
  };
}
