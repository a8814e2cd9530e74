// What is noted beside people while they are written, as bytes: lists of millions are handed from thread to thread and sorted
// so, which objects would not bear.
//
// | list                 | one entry                                                       |
// | -------------------- | --------------------------------------------------------------- |
// | keys (`KEYED`)       | 16 bytes of a blind key, 4 bytes number of the person            |
// | hints (`HINTED`)     | 4 bytes kind (its place in HINT_KINDS), 8 bytes hash, 4 bytes number |
//
// All numbers big-endian, so that entries sort as bytes do.
import type { HintKind } from './hint-keys.ts';
import type { ShortHash } from './short-hash.ts';
import type { BlindKey } from './staged-row.ts';

export const KEYED = 20;
export const HINTED = 16;

/** By whose place a hint's kind is noted. */
export const HINT_KINDS: readonly HintKind[] = [
  'phone',
  'loose_address',
  'name_postcode',
  'gateway_id',
];

export interface NoteList {
  addKey(key: BlindKey, number: number): void;
  addHint(kind: HintKind, hash: Readonly<ShortHash>, number: number): void;
  /** All of them in memory of their own; the list is empty then. */
  take(): Uint8Array<ArrayBuffer>;
}

const FIRST = 64 * KEYED;

export function makeNoteList(): NoteList {
  let bytes = Buffer.allocUnsafeSlow(FIRST);
  let end = 0;

  function room(size: number): number {
    if (end + size > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * bytes.length);
      bytes.copy(larger, 0, 0, end);
      bytes = larger;
    }
    end += size;
    return end - size;
  }

  return {
    addKey: (key, number) => {
      const at = room(KEYED);
      if (bytes.write(key, at, 16, 'hex') !== 16)
        throw new RangeError('a blind key has 32 hex digits');
      bytes.writeUInt32BE(number, at + 16);
    },
    addHint: (kind, { high, low }, number) => {
      const at = room(HINTED);
      bytes.writeUInt32BE(HINT_KINDS.indexOf(kind), at);
      bytes.writeUInt32BE(high, at + 4);
      bytes.writeUInt32BE(low, at + 8);
      bytes.writeUInt32BE(number, at + 12);
    },
    take: () => {
      const all = new Uint8Array(bytes.buffer.slice(0, end));
      end = 0;
      return all;
    },
  };
}

/** The key of entry `place` of a list of keys; a view. */
export function keyAt(list: Uint8Array, place: number): Uint8Array {
  return list.subarray(place * KEYED, place * KEYED + 16);
}

/** The number at the end of an entry of `size` bytes. */
export function numberAt(list: Uint8Array, place: number, size: number): number {
  const at = (place + 1) * size - 4;
  return (
    (list[at] ?? 0) * 2 ** 24 +
    (((list[at + 1] ?? 0) << 16) | ((list[at + 2] ?? 0) << 8) | (list[at + 3] ?? 0))
  );
}
