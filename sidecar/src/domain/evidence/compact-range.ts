/**
 * The right edge of a Merkle tree: at most one hash per level, whatever the number of leaves, and
 * still enough to tell the root after every leaf.
 */
import { foldRight, nodeHash } from './merkle.ts';

export interface CompactRange {
  /** Adds one leaf hash at the right. */
  append(leaf: Uint8Array): void;
  /** Number of leaves so far. */
  size(): number;
  /** Root of all leaves so far. */
  root(): Uint8Array;
}

/** A compact range over no leaves. */
export function makeCompactRange(): CompactRange {
  const edge: (Uint8Array | undefined)[] = [];
  let count = 0;
  return {
    append(leaf) {
      let carried = leaf;
      let level = 0;
      for (let left = edge[level]; left !== undefined; left = edge[level]) {
        carried = nodeHash(left, carried);
        edge[level] = undefined;
        level += 1;
      }
      edge[level] = carried;
      count += 1;
    },
    size: () => count,
    root: () => foldRight(edge.filter((hash) => hash !== undefined).reverse()),
  };
}
