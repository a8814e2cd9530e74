/**
 * Derives the tree of a log again, bundle by bundle, and compares it with the files: what a writer
 * would have written for these entries must be what is there.
 */
import { equalBytes } from '../../domain/evidence/encoding.ts';
import { joinBundle } from '../../domain/evidence/entry-bundle.ts';
import { decodeEntry } from '../../domain/evidence/entry.ts';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import { emptyRoot } from '../../domain/evidence/merkle.ts';
import type { Story } from '../../domain/evidence/story.ts';
import { TILE_WIDTH, tilePath, tileWidthAt } from '../../domain/evidence/tiles.ts';
import type { TileId } from '../../domain/evidence/tiles.ts';
import { EMPTY_EDGE, edgeRoot, growEdge } from '../../domain/evidence/tree-edge.ts';
import type { TileFile, TreeEdge } from '../../domain/evidence/tree-edge.ts';
import { readTile } from './log-source.ts';
import type { LogSource, SignedHead } from './log-source.ts';
import { readBundle } from './read-entries.ts';
import { attemptCheck } from './verify-check.ts';
import type { VerifyCheck } from './verify-check.ts';

export interface EarlierHead {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface TreeWork {
  readonly source: LogSource;
  readonly head: SignedHead;
  readonly story: Story;
  readonly earlier: readonly (EarlierHead | VerifyCheck)[];
  readonly older: readonly TileId[];
}

export interface TreeResult {
  readonly checks: readonly VerifyCheck[];
  /** Every entry was there and readable, so the story is whole. */
  readonly entriesRead: boolean;
}

/** Derives every tile and the root from the entries, and tells the entries to the story. */
export async function verifyTree({
  source,
  head,
  story,
  earlier,
  older,
}: TreeWork): Promise<TreeResult> {
  const earlierHeads = earlier.filter((item) => 'root' in item);
  const earlierChecks: VerifyCheck[] = earlier.filter((item) => 'name' in item);
  let edge = EMPTY_EDGE;
  let tiles = 0;
  let entryProblem: VerifyCheck | undefined;
  const tilesCheck = await attemptCheck('tiles', async () => {
    for (let index = 0; index * TILE_WIDTH < head.size; index += 1) {
      const entries = await readBundle(source, index, head.size);
      earlierChecks.push(...compareEarlier(edge, entries, earlierHeads));
      const grown = growEdge(edge, entries);
      tiles += await compareTiles(source, grown.files, head.size);
      entryProblem ??= tellEntries(edge.size, entries, story);
      edge = grown.edge;
    }
    await compareOlder(source, older, edge);
    return `${edge.size} entries hash to what the ${tiles} tiles say.`;
  });
  if (!tilesCheck.ok) return { checks: [tilesCheck, ...earlierChecks], entriesRead: false };
  if (head.size === 0) earlierChecks.push(...compareEarlier(EMPTY_EDGE, [], earlierHeads));
  const rootOk = equalBytes(edgeRoot(edge), head.root);
  const root = {
    name: 'root',
    ok: rootOk,
    sentence: rootOk
      ? 'The tiles have the root that was signed.'
      : 'The tiles have another root than was signed.',
  };
  const form = {
    name: 'entries',
    ok: true,
    sentence: 'Every entry is canonical and obeys the rules of its kind.',
  };
  return {
    checks: [tilesCheck, root, ...earlierChecks, entryProblem ?? form],
    entriesRead: entryProblem === undefined,
  };
}

/** Compares the derived tiles with the files; answers how many. Names the first wrong entry it can. */
async function compareTiles(
  source: LogSource,
  files: readonly TileFile[],
  size: number,
): Promise<number> {
  let compared = 0;
  for (const { id, bytes } of files) {
    // Upper tiles are derived after each bundle; only those of the final size are files.
    if (id.level === 'entries' || tileWidthAt(id.level, id.index, size) !== id.width) continue;
    const path = tilePath(id);
    const onDisk = await readTile(source, id);
    compared += 1;
    if (equalBytes(onDisk, bytes)) continue;
    const wrong = bytes.findIndex((byte, i) => onDisk[i] !== byte);
    const place = wrong < 0 ? 0 : Math.floor(wrong / 32);
    const hint =
      id.level === 0 ? `; the first difference is at entry ${id.index * TILE_WIDTH + place}` : '';
    throw new EvidenceError('evidence.mismatch', `${path} is not what the entries hash to${hint}.`);
  }
  return compared;
}

/** Partial tiles of earlier checkpoints must be the beginning of what is there now. */
async function compareOlder(
  source: LogSource,
  older: readonly TileId[],
  edge: TreeEdge,
): Promise<void> {
  for (const id of older) {
    const expected =
      id.level === 'entries'
        ? joinBundle(edge.entries.slice(0, id.width))
        : Buffer.concat((edge.levels[id.level] ?? []).slice(0, id.width));
    if (equalBytes(await readTile(source, id), expected)) continue;
    throw new EvidenceError(
      'evidence.mismatch',
      `${tilePath(id)} is not the beginning of the tile it became.`,
    );
  }
}

function tellEntries(
  first: number,
  entries: readonly Uint8Array[],
  story: Story,
): VerifyCheck | undefined {
  for (const [i, bytes] of entries.entries()) {
    try {
      story.push(decodeEntry(bytes));
    } catch (error) {
      const seq = first + i;
      return {
        name: 'entries',
        ok: false,
        sentence: `Entry ${seq} can't be read: ${messageOf(error)}.`,
        seq,
      };
    }
  }
  return undefined;
}

/** Checks the earlier heads whose size falls into this bundle. */
function compareEarlier(
  edge: TreeEdge,
  entries: readonly Uint8Array[],
  heads: readonly EarlierHead[],
): VerifyCheck[] {
  const last = edge.size + entries.length;
  return heads
    .filter(({ size }) => (size === 0 && edge.size === 0) || (size > edge.size && size <= last))
    .map(({ size, root }) => {
      const then =
        size === 0
          ? emptyRoot()
          : edgeRoot(growEdge(edge, entries.slice(0, size - edge.size)).edge);
      const ok = equalBytes(then, root);
      const sentence = ok
        ? `The log is a continuation of the checkpoint of ${size} entries you gave.`
        : `The log is not a continuation of the checkpoint of ${size} entries you gave: history was rewritten.`;
      return { name: 'earlier', ok, sentence };
    });
}
