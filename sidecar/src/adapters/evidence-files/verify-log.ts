/**
 * Verifies a log offline, from its files alone: derives every tile and the root again from the
 * entries, checks the signature on the root, then reads the story the entries tell. Streams: one
 * bundle in memory at a time.
 */
import { openCheckpoint } from '../../domain/evidence/checkpoint.ts';
import { encodeBytes, encodeText, equalBytes } from '../../domain/evidence/encoding.ts';
import { joinBundle } from '../../domain/evidence/entry-bundle.ts';
import { decodeEntry } from '../../domain/evidence/entry.ts';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import { emptyRoot } from '../../domain/evidence/merkle.ts';
import { parseVkey } from '../../domain/evidence/note.ts';
import type { DispatchSummary } from '../../domain/evidence/story-dispatches.ts';
import { makeStory } from '../../domain/evidence/story.ts';
import type { Story } from '../../domain/evidence/story.ts';
import { TILE_WIDTH, tilePath, tileWidthAt } from '../../domain/evidence/tiles.ts';
import type { TileId } from '../../domain/evidence/tiles.ts';
import { EMPTY_EDGE, edgeRoot, growEdge } from '../../domain/evidence/tree-edge.ts';
import type { TileFile, TreeEdge } from '../../domain/evidence/tree-edge.ts';
import { describeFiles, judgeFiles } from './judge-files.ts';
import { openLogSource, readHead, readTile, readVkey } from './log-source.ts';
import type { LogSource, SignedHead } from './log-source.ts';
import { readBundle } from './read-entries.ts';

export interface VerifyCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly sentence: string;
  /** The entry at which a problem shows. */
  readonly seq?: number;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly origin?: string;
  readonly size: number;
  /** Root as 64 hex digits; empty when there is no valid checkpoint. */
  readonly root: string;
  /** `pinned`: a key you gave. `inside`: only the key that came with the files. */
  readonly key: 'pinned' | 'inside';
  readonly checks: readonly VerifyCheck[];
  readonly first_problem?: VerifyCheck;
  /** What the entries say about each dispatch; trust it only when `ok`. */
  readonly dispatches: readonly DispatchSummary[];
}

export interface VerifyOptions {
  /** Folder of the log, or an exported .zip. */
  readonly folder: string;
  /** The log's vkey, from somewhere else than the bundle. */
  readonly vkey?: string;
  /** Checkpoint files seen earlier: the log must be a continuation of each. */
  readonly earlierCheckpoints?: readonly string[];
}

/** The report; a log that is bad in any way is a report that is not ok, not an error. */
export async function verifyLog(options: VerifyOptions): Promise<VerifyReport> {
  let source: LogSource | undefined;
  try {
    source = await openLogSource(options.folder);
    return await verifyOnce(source, options);
  } catch (error) {
    const checks = [{ name: 'open', ok: false, sentence: messageOf(error) }];
    return makeReport({ checks, key: options.vkey === undefined ? 'inside' : 'pinned' });
  } finally {
    await source?.close();
  }
}

function makeReport(parts: {
  readonly checks: readonly VerifyCheck[];
  readonly key: VerifyReport['key'];
  readonly head?: SignedHead;
  readonly dispatches?: readonly DispatchSummary[];
}): VerifyReport {
  const problem = parts.checks.find((check) => !check.ok);
  return {
    ok: problem === undefined,
    ...(parts.head === undefined ? {} : { origin: parts.head.origin }),
    size: parts.head?.size ?? 0,
    root: parts.head === undefined ? '' : encodeBytes(parts.head.root, 'hex'),
    key: parts.key,
    checks: parts.checks,
    ...(problem === undefined ? {} : { first_problem: problem }),
    dispatches: parts.dispatches ?? [],
  };
}

async function attempt(name: string, act: () => Promise<string>): Promise<VerifyCheck> {
  try {
    return { name, ok: true, sentence: await act() };
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    return { name, ok: false, sentence: error.message };
  }
}

async function verifyOnce(source: LogSource, options: VerifyOptions): Promise<VerifyReport> {
  const key = options.vkey === undefined ? 'inside' : 'pinned';
  const keyCheck = await attempt('key', () => checkKey(source, options.vkey));
  let head: SignedHead | undefined;
  const headCheck = await attempt('checkpoint', async () => {
    head = await readHead(source, options.vkey);
    const skipped =
      head.unknownSignatures === 0
        ? ''
        : ` (${head.unknownSignatures} signatures of other keys were skipped)`;
    return `The checkpoint of ${head.size} entries is signed by ${head.origin}${skipped}.`;
  });
  if (head === undefined) return makeReport({ checks: [keyCheck, headCheck], key });
  const files = await judgeFiles(source, head.size);
  const filesCheck = await attempt('files', () =>
    Promise.resolve().then(() => describeFiles(files)),
  );
  const story = makeStory({ origin: head.origin });
  const earlier = readEarlier(head, options, options.vkey ?? (await readVkey(source)));
  const rest = await verifyTree({ source, head, story, earlier, older: files.older });
  const told = rest.entriesRead ? story.finish() : { findings: [], dispatches: [] };
  const findings = told.findings.map(({ check, ...finding }) => ({ name: check, ...finding }));
  const checks = [keyCheck, headCheck, filesCheck, ...rest.checks, ...findings];
  return makeReport({ checks, key, head, dispatches: told.dispatches });
}

async function checkKey(source: LogSource, pinned: string | undefined): Promise<string> {
  const inside = await readVkey(source);
  const { name } = parseVkey(inside);
  if (pinned === undefined) {
    return `Only the key inside the bundle was used (${inside}). That shows the bundle is whole and signed by one key, not whose key it is: compare it with one you got another way, or verify with it pinned.`;
  }
  if (pinned !== inside) {
    throw new EvidenceError(
      'evidence.mismatch',
      'log.vkey is not the key you gave: this is another log, or its key was replaced.',
    );
  }
  return `log.vkey is the key you gave, of ${name}.`;
}

interface EarlierHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Earlier checkpoints, opened; one that is not of this log comes back as the reason. */
function readEarlier(
  head: SignedHead,
  options: VerifyOptions,
  vkey: string,
): (EarlierHead | VerifyCheck)[] {
  const verifier = parseVkey(vkey);
  return (options.earlierCheckpoints ?? []).map((text) => {
    try {
      const { size, root } = openCheckpoint(encodeText(text), verifier);
      if (size <= head.size) return { size, root };
      return {
        name: 'earlier',
        ok: false,
        sentence: `An earlier checkpoint has ${size} entries, this log has only ${head.size}: entries were removed.`,
      };
    } catch (error) {
      return {
        name: 'earlier',
        ok: false,
        sentence: `An earlier checkpoint isn't of this log: ${messageOf(error)}.`,
      };
    }
  });
}

interface TreeWork {
  readonly source: LogSource;
  readonly head: SignedHead;
  readonly story: Story;
  readonly earlier: readonly (EarlierHead | VerifyCheck)[];
  readonly older: readonly TileId[];
}

interface TreeResult {
  readonly checks: readonly VerifyCheck[];
  /** Every entry was there and readable, so the story is whole. */
  readonly entriesRead: boolean;
}

async function verifyTree({ source, head, story, earlier, older }: TreeWork): Promise<TreeResult> {
  const earlierHeads = earlier.filter((item) => 'root' in item);
  const earlierChecks: VerifyCheck[] = earlier.filter((item) => 'name' in item);
  let edge = EMPTY_EDGE;
  let tiles = 0;
  let entryProblem: VerifyCheck | undefined;
  const tilesCheck = await attempt('tiles', async () => {
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
