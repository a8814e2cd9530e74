// Whose each order is, for the rows of other sources that name it. Records of equal length in the order of ids, read a piece
// at a time: rows of one source name orders in about that order.
//
// | bytes | what                                                        |
// | ----- | ----------------------------------------------------------- |
// | 0–7   | order id                                                    |
// | 8–15  | date in milliseconds since 1970; not a number for none      |
// | 16–23 | key of the buyer's name; 0 for none                         |
// | 24    | 1: all copies were anonymised                               |
// | 25    | length of the owner's key; 0 for an account                 |
// | 26–   | user id, or the key in ASCII                                |
import type { StagedOrder } from '../../use-cases/ports/audience-stage.ts';
import type { SpilledPart, SpillFile } from './spill-file.ts';

const RECORD = 64;
/** Records of one piece. */
const PIECE = 512;
const MOST_KEY = RECORD - 26;
/** Pieces held in memory once they were read. */
const HELD = 4;

export interface StagedOrders {
  /** By rising order id. */
  add(order: StagedOrder): void;
  find(orderId: number): StagedOrder | null;
}

export function makeStagedOrders(file: SpillFile): StagedOrders {
  const firsts: number[] = [];
  const parts: SpilledPart[] = [];
  const tail = Buffer.alloc(RECORD * PIECE);
  const held = new Map<number, Buffer>();
  let inTail = 0;
  let last = -Infinity;

  function pieceOf(orderId: number): Buffer {
    let low = 0;
    let high = firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((firsts[middle] ?? 0) <= orderId) low = middle;
      else high = middle - 1;
    }
    const part = parts[low];
    if (part === undefined) return tail.subarray(0, RECORD * inTail);
    const known = held.get(low);
    if (known !== undefined) return known;
    const piece = Buffer.allocUnsafeSlow(part.length);
    file.take(part, piece, 0);
    if (held.size >= HELD) held.delete(held.keys().next().value ?? 0);
    held.set(low, piece);
    return piece;
  }

  return {
    add: (order) => {
      if (order.orderId <= last) {
        throw new RangeError("couldn't stage orders: they must come by rising id");
      }
      last = order.orderId;
      if (inTail === PIECE) {
        parts.push(file.put(tail));
        inTail = 0;
      }
      if (inTail === 0) firsts.push(order.orderId);
      write(tail, RECORD * inTail, order);
      inTail += 1;
    },
    find: (orderId) => {
      const piece = pieceOf(orderId);
      let low = 0;
      let high = piece.length / RECORD - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const there = piece.readDoubleLE(RECORD * middle);
        if (there === orderId) return read(piece, RECORD * middle);
        if (there < orderId) low = middle + 1;
        else high = middle - 1;
      }
      return null;
    },
  };
}

function write(bytes: Buffer, at: number, order: StagedOrder): void {
  const { owner } = order;
  bytes.writeDoubleLE(order.orderId, at);
  bytes.writeDoubleLE(order.at ?? Number.NaN, at + 8);
  bytes.writeDoubleLE(order.name, at + 16);
  bytes[at + 24] = order.anonymised ? 1 : 0;
  bytes[at + 25] = typeof owner === 'number' ? 0 : owner.length;
  if (typeof owner === 'number') bytes.writeDoubleLE(owner, at + 26);
  else if (bytes.write(owner, at + 26, MOST_KEY, 'latin1') !== owner.length) {
    throw new RangeError(`couldn't stage an order: its owner's key is longer than ${MOST_KEY}`);
  }
}

function read(bytes: Buffer, at: number): StagedOrder {
  const date = bytes.readDoubleLE(at + 8);
  const keyLength = bytes[at + 25] ?? 0;
  return {
    orderId: bytes.readDoubleLE(at),
    owner:
      keyLength === 0
        ? bytes.readDoubleLE(at + 26)
        : bytes.toString('latin1', at + 26, at + 26 + keyLength),
    at: Number.isNaN(date) ? null : date,
    name: bytes.readDoubleLE(at + 16),
    anonymised: bytes[at + 24] === 1,
  };
}
