/** Proofs from the tiles alone: reads a few files per proof, whatever the size of the log. */
import { encodeBytes } from '../../domain/evidence/encoding.ts';
import { EvidenceError } from '../../domain/evidence/errors.ts';
import {
  foldRight,
  planConsistencyProof,
  planInclusionProof,
  subtreeHash,
} from '../../domain/evidence/merkle.ts';
import type { Subtree } from '../../domain/evidence/merkle.ts';
import { TILE_WIDTH, tilePath, tileWidthAt } from '../../domain/evidence/tiles.ts';
import { formatTlogProof } from '../../domain/evidence/tlog-proof.ts';
import { splitTile } from '../../domain/evidence/tree-edge.ts';
import { onHead, readTile } from './log-source.ts';
import type { LogSource } from './log-source.ts';

/** Tree levels inside one tile: 2^8 = 256. */
const LEVELS_PER_TILE = 8;

export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Leaf's sibling first. */
  readonly proof: readonly Uint8Array[];
  /** The checkpoint the proof leads to, verbatim. */
  readonly checkpoint: string;
}

/** Reads hashes of complete subtrees of a tree of `size`; keeps the tiles of one proof. */
function makeSubtreeReader(
  source: LogSource,
  size: number,
): (subtree: Subtree) => Promise<Uint8Array> {
  const tiles = new Map<string, readonly Uint8Array[]>();
  return async ({ level, index }) => {
    const tileLevel = Math.floor(level / LEVELS_PER_TILE);
    const within = level % LEVELS_PER_TILE;
    const first = index * 2 ** within;
    const tileIndex = Math.floor(first / TILE_WIDTH);
    const width = tileWidthAt(tileLevel, tileIndex, size);
    const id = { level: tileLevel, index: tileIndex, width };
    const path = tilePath(id);
    const hashes = tiles.get(path) ?? splitTile(await readTile(source, id), width);
    if (hashes === undefined) {
      throw new EvidenceError(
        'evidence.mismatch',
        `couldn't read ${path}: it is not a tile of ${width} hashes`,
      );
    }
    tiles.set(path, hashes);
    return subtreeHash(hashes, { level: within, index: (first % TILE_WIDTH) / 2 ** within });
  };
}

async function readPlan(source: LogSource, size: number, plan: Subtree[][]): Promise<Uint8Array[]> {
  const read = makeSubtreeReader(source, size);
  const proof: Uint8Array[] = [];
  for (const cover of plan) {
    const hashes: Uint8Array[] = [];
    for (const subtree of cover) hashes.push(await read(subtree));
    proof.push(foldRight(hashes));
  }
  return proof;
}

/** Proof that entry `seq` is under the newest checkpoint; `evidence.missing` when it is not there. */
export function inclusionProof(folder: string, seq: number): Promise<InclusionProof> {
  return onHead(folder, async (source, { size, root, text }) => {
    if (!Number.isSafeInteger(seq) || seq < 0 || seq >= size) {
      throw new EvidenceError(
        'evidence.missing',
        `couldn't prove entry ${seq}: the log has ${size} entries (allowed: 0 to ${size - 1})`,
      );
    }
    const proof = await readPlan(source, size, planInclusionProof(seq, size));
    return { index: seq, size, root, proof, checkpoint: text };
  });
}

/** Text of a `.tlog-proof` file for entry `seq`. */
export async function tlogProof(folder: string, seq: number): Promise<string> {
  return formatTlogProof(await inclusionProof(folder, seq));
}

/** Hashes (base64) that prove the newest checkpoint continues a tree of `older` entries; for witnesses. */
export function consistencyProof(
  folder: string,
  older: number,
): Promise<{
  readonly size: number;
  readonly proof: readonly string[];
  readonly checkpoint: string;
}> {
  return onHead(folder, async (source, { size, text }) => {
    if (!Number.isSafeInteger(older) || older < 0 || older > size) {
      throw new EvidenceError(
        'evidence.missing',
        `couldn't prove consistency from ${older} entries: the log has ${size}`,
      );
    }
    const proof = await readPlan(source, size, planConsistencyProof(older, size));
    return { size, proof: proof.map((hash) => encodeBytes(hash, 'base64')), checkpoint: text };
  });
}
