// Entries of equal length that come in any order and go out sorted, as bytes sort, each once: in lanes, one of which is
// sorted in memory at a time.
import { HINTED, KEYED } from '../../domain/audience/note-lists.ts';
import type { SpillFile } from './spill-file.ts';
import { makeSpillLanes } from './spill-lanes.ts';

export interface SortedNotes {
  /** Any number of entries. */
  add(entries: Uint8Array): void;
  /** In memory of their own, one lane after another. */
  lanes(): Iterable<Buffer>;
}

type Layout = {
  readonly entry: number;
  /** Rising with the entry. */
  readonly laneOf: (bytes: Buffer, at: number) => number;
  readonly lanes: number;
  /** Four bytes that tell most entries of one lane apart. */
  readonly tells: number;
};

export const KEYED_LAYOUT: Layout = {
  entry: KEYED,
  laneOf: (bytes, at) => bytes[at] ?? 0,
  lanes: 256,
  tells: 1,
};

/** 64 lanes for each kind, by the first bits of the hash. */
export const HINTED_LAYOUT: Layout = {
  entry: HINTED,
  laneOf: (bytes, at) => 64 * (bytes[at + 3] ?? 0) + ((bytes[at + 4] ?? 0) >>> 2),
  lanes: 256,
  tells: 4,
};

const PIECE = 8 * 1_024;
/** A place in a lane and four bytes make one exact double, which sorts without a comparison of ours. */
const MOST = 2 ** 21;

export function makeSortedNotes(file: SpillFile, layout: Layout): SortedNotes {
  const spilled = makeSpillLanes(file, PIECE);
  return {
    add: (entries) => {
      const bytes = Buffer.from(entries.buffer, entries.byteOffset, entries.byteLength);
      for (let at = 0; at < bytes.length; at += layout.entry) {
        const lane = layout.laneOf(bytes, at);
        const { bytes: into, at: place } = spilled.room(lane, layout.entry);
        bytes.copy(into, place, at, at + layout.entry);
        spilled.used(lane, layout.entry);
      }
    },
    lanes: function* () {
      for (let lane = 0; lane < layout.lanes; lane += 1) {
        const bytes = spilled.read(lane);
        if (bytes.length > 0) yield sortEntries(bytes, layout);
      }
    },
  };
}

function sortEntries(bytes: Buffer, { entry, tells }: Layout): Buffer {
  const count = bytes.length / entry;
  if (count > MOST) throw new RangeError(`couldn't sort ${count} notes at once (at most ${MOST})`);
  const order = new Float64Array(count);
  for (let place = 0; place < count; place += 1) {
    order[place] = bytes.readUInt32BE(place * entry + tells) * MOST + place;
  }
  order.sort();
  const sorted = Buffer.allocUnsafeSlow(bytes.length);
  let end = 0;
  const add = (at: number): void => {
    const again = end > 0 && sorted.compare(bytes, at, at + entry, end - entry, end) === 0;
    if (!again) end += bytes.copy(sorted, end, at, at + entry);
  };
  for (let from = 0; from < count;) {
    const tell = Math.floor((order[from] ?? 0) / MOST);
    let to = from + 1;
    while (to < count && Math.floor((order[to] ?? 0) / MOST) === tell) to += 1;
    if (to === from + 1) add(((order[from] ?? 0) % MOST) * entry);
    else {
      const alike = [...order.subarray(from, to)].map((value) => (value % MOST) * entry);
      alike.sort((one, other) => bytes.compare(bytes, other, other + entry, one, one + entry));
      alike.forEach(add);
    }
    from = to;
  }
  return sorted.subarray(0, end);
}
