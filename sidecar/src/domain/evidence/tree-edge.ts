/**
 * The right edge of a tiled log: all a writer must remember to add entries, and all a verifier must
 * remember to derive every tile again. At most 255 hashes per level and 255 entries.
 */
import { equalBytes } from './encoding.ts';
import { joinBundle, splitBundle } from './entry-bundle.ts';
import { EvidenceError } from './errors.ts';
import { coverRange, foldRight, leafHash, rootOf, subtreeHash } from './merkle.ts';
import { hashesOn, levelCount, TILE_WIDTH, tileWidthAt } from './tiles.ts';
import type { TileId } from './tiles.ts';

export interface TreeEdge {
  readonly size: number;
  /** Entries of the partial bundle. */
  readonly entries: readonly Uint8Array[];
  /** Per level, the hashes of its partial tile; may be empty. */
  readonly levels: readonly (readonly Uint8Array[])[];
}

export interface TileFile {
  readonly id: TileId;
  readonly bytes: Uint8Array;
}

/** The edge of a log without entries. */
export const EMPTY_EDGE: TreeEdge = { size: 0, entries: [], levels: [] };

/** Root of the tree that ends in this edge. */
export function edgeRoot(edge: TreeEdge): Uint8Array {
  const peaks = edge.levels
    .toReversed()
    .flatMap((hashes) =>
      coverRange(0, hashes.length).map((subtree) => subtreeHash(hashes, subtree)),
    );
  return foldRight(peaks);
}

/**
 * The edge after more entries, and every file that differs: full tiles and bundles once, the new
 * partial ones, nothing that stays the same. The given edge is left as it is.
 */
export function growEdge(
  edge: TreeEdge,
  added: readonly Uint8Array[],
): { edge: TreeEdge; files: TileFile[] } {
  const levels = edge.levels.map((hashes) => [...hashes]);
  const files: TileFile[] = [];
  const touched = new Set<number>();
  let entries = [...edge.entries];
  let size = edge.size;

  function place(level: number, hash: Uint8Array): void {
    const hashes = (levels[level] ??= []);
    hashes.push(hash);
    touched.add(level);
    if (hashes.length < TILE_WIDTH) return;
    const index = hashesOn(level, size) / TILE_WIDTH - 1;
    files.push({ id: { level, index, width: TILE_WIDTH }, bytes: Buffer.concat(hashes) });
    const root = rootOf(hashes);
    levels[level] = [];
    place(level + 1, root);
  }

  for (const entry of added) {
    entries.push(entry);
    size += 1;
    if (entries.length === TILE_WIDTH) {
      const id = { level: 'entries', index: size / TILE_WIDTH - 1, width: TILE_WIDTH } as const;
      files.push({ id, bytes: joinBundle(entries) });
      entries = [];
    }
    place(0, leafHash(entry));
  }
  if (added.length > 0 && entries.length > 0) {
    const id = {
      level: 'entries',
      index: Math.floor(size / TILE_WIDTH),
      width: entries.length,
    } as const;
    files.push({ id, bytes: joinBundle(entries) });
  }
  for (const level of touched) {
    const hashes = levels[level] as Uint8Array[];
    if (hashes.length === 0) continue;
    const index = Math.floor(hashesOn(level, size) / TILE_WIDTH);
    files.push({ id: { level, index, width: hashes.length }, bytes: Buffer.concat(hashes) });
  }
  return { edge: { size, entries, levels }, files };
}

/** The hashes in a tile's bytes, or `undefined` when it has another width. */
export function splitTile(bytes: Uint8Array, width: number): Uint8Array[] | undefined {
  if (bytes.length !== width * 32) return undefined;
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * 32, (i + 1) * 32));
}

/** The partial tiles and bundle a writer reads to open a log of `size` entries. */
export function edgeTiles(size: number): TileId[] {
  const ids: TileId[] = [];
  const levels = [
    'entries',
    ...Array.from({ length: levelCount(size) }, (_, level) => level),
  ] as const;
  for (const level of levels) {
    const index = Math.floor(hashesOn(level, size) / TILE_WIDTH);
    const width = tileWidthAt(level, index, size);
    if (width > 0) ids.push({ level, index, width });
  }
  return ids;
}

/**
 * The edge of a log of `size` entries from the files `edgeTiles` names, checked against the root of
 * its checkpoint: throws `evidence.mismatch` when they are not the edge of that tree.
 */
export function restoreEdge(size: number, root: Uint8Array, files: readonly TileFile[]): TreeEdge {
  const levels: Uint8Array[][] = Array.from({ length: levelCount(size) }, () => []);
  let entries: Uint8Array[] = [];
  for (const { id, bytes } of files) {
    const parts =
      id.level === 'entries' ? splitBundle(bytes, id.width) : splitTile(bytes, id.width);
    if (parts === undefined)
      throw mismatch(size, `tile ${id.level}/${id.index} is cut short or too long`);
    if (id.level === 'entries') entries = parts;
    else levels[id.level] = parts;
  }
  const leaves = levels[0] ?? [];
  const same = entries.length === leaves.length;
  if (!same || entries.some((entry, i) => !equalBytes(leafHash(entry), leaves[i] as Uint8Array))) {
    throw mismatch(size, 'the newest entries do not have the hashes in their tile');
  }
  const edge = { size, entries, levels };
  if (!equalBytes(edgeRoot(edge), root)) throw mismatch(size, 'the tiles have another root');
  return edge;
}

function mismatch(size: number, why: string): EvidenceError {
  return new EvidenceError(
    'evidence.mismatch',
    `couldn't open the log at its checkpoint of ${size} entries: ${why} (restore the folder from a copy; do not delete it)`,
  );
}
