/**
 * The Merkle tree of RFC 6962 section 2.1: hashes, proofs and their verification. All loops are
 * iterative and use division, not bit operators, so sizes up to 2^53 - 1 work.
 *
 * A *subtree* is a complete one: `{ level, index }` covers leaves index·2^level up to
 * (index + 1)·2^level. Proofs are first planned as lists of subtrees, so that a store on disk can
 * read only those; each inner list folds to one hash of the proof.
 */
import { equalBytes } from './encoding.ts';
import { sha256 } from './sha256.ts';

export interface Subtree {
  readonly level: number;
  readonly index: number;
}

export const HASH_SIZE = 32;

const LEAF_PREFIX = 0;
const NODE_PREFIX = 1;

/** SHA-256(0x00 ‖ data). */
export function leafHash(data: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(1 + data.length);
  bytes[0] = LEAF_PREFIX;
  bytes.set(data, 1);
  return sha256(bytes);
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(1 + left.length + right.length);
  bytes[0] = NODE_PREFIX;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** SHA-256 of nothing: the root of a tree without leaves. */
export function emptyRoot(): Uint8Array {
  return sha256('');
}

/** Largest power of two below `n` (n ≥ 2). */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The complete subtrees that cover leaves `from` up to `to`, left to right. `from` is aligned. */
export function coverRange(from: number, to: number): Subtree[] {
  const cover: Subtree[] = [];
  let position = from;
  while (position < to) {
    let level = 0;
    let width = 1;
    while (width * 2 <= to - position && position % (width * 2) === 0) {
      width *= 2;
      level += 1;
    }
    cover.push({ level, index: position / width });
    position += width;
  }
  return cover;
}

/** One hash from the hashes of neighbouring subtrees, left to right; right ones are joined first. */
export function foldRight(hashes: readonly Uint8Array[]): Uint8Array {
  let folded: Uint8Array | undefined;
  for (let i = hashes.length - 1; i >= 0; i -= 1) {
    const hash = hashes[i] as Uint8Array;
    folded = folded === undefined ? hash : nodeHash(hash, folded);
  }
  return folded ?? emptyRoot();
}

/** What an inclusion proof of leaf `index` in a tree of `size` is made of, leaf's sibling first. */
export function planInclusionProof(index: number, size: number): Subtree[][] {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`couldn't plan an inclusion proof: no leaf ${index} in a tree of ${size}`);
  }
  const plan: Subtree[][] = [];
  let low = 0;
  let high = size;
  while (high - low > 1) {
    const middle = low + splitPoint(high - low);
    if (index < middle) {
      plan.push(coverRange(middle, high));
      high = middle;
    } else {
      plan.push(coverRange(low, middle));
      low = middle;
    }
  }
  return plan.reverse();
}

/** What a consistency proof from tree size `older` to `newer` is made of (RFC 6962 section 2.1.2). */
export function planConsistencyProof(older: number, newer: number): Subtree[][] {
  if (!Number.isSafeInteger(newer) || !Number.isSafeInteger(older) || older < 0 || older > newer) {
    throw new RangeError(`couldn't plan a consistency proof: ${older} is not at most ${newer}`);
  }
  if (older === 0 || older === newer) return [];
  const plan: Subtree[][] = [];
  let low = 0;
  let high = newer;
  while (older < high) {
    const middle = low + splitPoint(high - low);
    if (older <= middle) {
      plan.push(coverRange(middle, high));
      high = middle;
    } else {
      plan.push(coverRange(low, middle));
      low = middle;
    }
  }
  // When `older` is itself a complete left subtree the verifier already holds its root.
  if (low > 0) plan.push(coverRange(low, high));
  return plan.reverse();
}

/** Hash of one complete subtree of a list of leaf hashes. */
export function subtreeHash(leaves: readonly Uint8Array[], subtree: Subtree): Uint8Array {
  const width = 2 ** subtree.level;
  let row = leaves.slice(subtree.index * width, (subtree.index + 1) * width);
  if (row.length !== width) throw new RangeError("couldn't hash a subtree: it is not complete");
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) {
      above.push(nodeHash(row[i] as Uint8Array, row[i + 1] as Uint8Array));
    }
    row = above;
  }
  return row[0] as Uint8Array;
}

/** Root of a tree with these leaf hashes. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  return foldRight(coverRange(0, leaves.length).map((subtree) => subtreeHash(leaves, subtree)));
}

/** The hashes a plan asks for, from a list of leaf hashes held in memory. */
export function proofFromLeaves(leaves: readonly Uint8Array[], plan: Subtree[][]): Uint8Array[] {
  return plan.map((cover) => foldRight(cover.map((subtree) => subtreeHash(leaves, subtree))));
}

export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162 section 2.1.3.2. `leaf` is the leaf hash, not the entry. */
export function verifyInclusion({ leaf, index, size, root, proof }: InclusionClaim): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size)) return false;
  if (index < 0 || index >= size) return false;
  let position = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== HASH_SIZE) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}

export interface ConsistencyClaim {
  readonly olderSize: number;
  readonly olderRoot: Uint8Array;
  readonly newerSize: number;
  readonly newerRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162 section 2.1.4.2; from size 0 only the empty proof of the empty root is accepted. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { olderSize, olderRoot, newerSize, newerRoot, proof } = claim;
  if (!Number.isSafeInteger(olderSize) || !Number.isSafeInteger(newerSize)) return false;
  if (olderSize < 0 || olderSize > newerSize) return false;
  if (proof.some((hash) => hash.length !== HASH_SIZE)) return false;
  if (olderSize === 0) return proof.length === 0 && equalBytes(olderRoot, emptyRoot());
  if (olderSize === newerSize) return proof.length === 0 && equalBytes(olderRoot, newerRoot);
  let position = olderSize - 1;
  let last = newerSize - 1;
  while (position % 2 === 1) {
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  // Position 0 here means that `olderSize` is a power of two: its root starts the path itself.
  const path = position === 0 ? [olderRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  let older = first;
  let newer = first;
  for (const hash of path) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      older = nodeHash(hash, older);
      newer = nodeHash(hash, newer);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newer = nodeHash(newer, hash);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(older, olderRoot) && equalBytes(newer, newerRoot);
}
