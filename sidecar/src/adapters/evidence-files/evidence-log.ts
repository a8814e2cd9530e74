/**
 * The writer of the evidence folder. What is true on disk, in order: the new tiles and bundles are
 * durable; then the checkpoint that needs them is; then the partial tiles of tiles that are full go. A crash at any point
 * leaves the old checkpoint or the new one, and all files either needs. Appending the same entries
 * again after a crash is the normal path: it writes the same bytes.
 */
import { openCheckpoint, signCheckpoint } from '../../domain/evidence/checkpoint.ts';
import { encodeBytes, encodeText, equalBytes } from '../../domain/evidence/encoding.ts';
import { decodeEntry } from '../../domain/evidence/entry.ts';
import { EvidenceError } from '../../domain/evidence/errors.ts';
import { formatVkey } from '../../domain/evidence/note.ts';
import type { NoteSigner } from '../../domain/evidence/note.ts';
import { judgeTile, parseTilePath, TILE_WIDTH, tilePath } from '../../domain/evidence/tiles.ts';
import {
  EMPTY_EDGE,
  edgeRoot,
  edgeTiles,
  growEdge,
  restoreEdge,
} from '../../domain/evidence/tree-edge.ts';
import type { TileFile, TreeEdge } from '../../domain/evidence/tree-edge.ts';
import { openFolderFiles, STAGED_SUFFIX } from './folder-files.ts';
import type { FolderFiles } from './folder-files.ts';
import { readSigningKey } from './signing-key-file.ts';

/** Files written at the same time; more does not help a disk that syncs each of them. */
const WRITES_AT_ONCE = 16;

export interface EvidenceLogOptions {
  readonly folder: string;
  /** Name of the log; the signing key must be for it. */
  readonly origin: string;
  readonly signingKeyFile: string;
  /** True makes a new log and refuses an existing one; false (default) refuses a missing one. */
  readonly create?: boolean;
  /** File operations; tests pass others. */
  readonly files?: FolderFiles;
}

export interface LogHead {
  /** Entries that are durable and under a signed checkpoint. The next entry has this seq. */
  readonly size: number;
  /** Root as 64 hex digits. */
  readonly root: string;
}

export interface EvidenceLog {
  readonly origin: string;
  readonly vkey: string;
  head(): LogHead;
  /** The newest checkpoint, as on disk. */
  checkpoint(): string;
  /**
   * Adds the entries with the seqs from `head().size` on and returns when they are durable. Calls
   * are served in turn. Codes: `evidence.out_of_order` (nothing was written), `evidence.conflict`
   * (the folder holds another history), `evidence.io`; after the last two the log must be opened
   * again (`evidence.reopen_needed`), because what is on disk is no longer certain.
   */
  append(entries: readonly Uint8Array[]): Promise<LogHead>;
}

interface OpenState {
  readonly files: FolderFiles;
  readonly signer: NoteSigner;
  edge: TreeEdge;
  checkpoint: string;
  broken: boolean;
}

/** Opens the log, or makes it with `create: true`. There must be one writer per folder. */
export async function openEvidenceLog(options: EvidenceLogOptions): Promise<EvidenceLog> {
  const files = options.files ?? openFolderFiles(options.folder);
  const signer = await readSigningKey(options.signingKeyFile);
  if (signer.name !== options.origin) {
    throw new EvidenceError(
      'evidence.mismatch',
      `couldn't open the log: the signing key is for ${signer.name} (you gave the origin ${options.origin}; use the key made for it)`,
    );
  }
  if (options.create === true) await createFolder(files, signer);
  const state = await loadState(files, signer);
  await sweep(files, state.edge.size);
  return makeLog(state);
}

async function createFolder(files: FolderFiles, signer: NoteSigner): Promise<void> {
  const vkeyLine = encodeText(`${formatVkey(signer)}\n`);
  for await (const path of files.list()) {
    const kept = path === 'log.vkey' ? await files.read(path) : undefined;
    // A creation that was cut short left only this, and may be finished.
    if (kept !== undefined && equalBytes(kept, vkeyLine)) continue;
    if (path.endsWith(STAGED_SUFFIX)) continue;
    throw new EvidenceError(
      'evidence.exists',
      "couldn't create the log: its folder is not empty (open it without create, or give an empty folder)",
    );
  }
  await files.makeFolder('');
  await replaceFile(files, 'log.vkey', vkeyLine);
  const head = { size: 0, root: edgeRoot(EMPTY_EDGE) };
  await replaceFile(files, 'checkpoint', encodeText(signCheckpoint(head, signer)));
}

async function replaceFile(files: FolderFiles, path: string, bytes: Uint8Array): Promise<void> {
  await files.stage(path, bytes);
  await files.publish(path);
  await files.syncFolder('');
}

async function readNeeded(files: FolderFiles, path: string): Promise<Uint8Array> {
  const bytes = await files.read(path);
  if (bytes !== undefined) return bytes;
  throw new EvidenceError(
    'evidence.missing',
    `couldn't open the log: ${path} is missing (correct the folder, restore it from a copy, or create a new log with create)`,
  );
}

async function loadState(files: FolderFiles, signer: NoteSigner): Promise<OpenState> {
  const vkeyLine = await readNeeded(files, 'log.vkey');
  if (!equalBytes(vkeyLine, encodeText(`${formatVkey(signer)}\n`))) {
    throw new EvidenceError(
      'evidence.mismatch',
      "couldn't open the log: log.vkey is of another key than the signing key (use the key this log was created with)",
    );
  }
  const bytes = await readNeeded(files, 'checkpoint');
  // A crash may have come between its rename and the sync; from here on it counts as durable.
  await files.syncFolder('');
  const { size, root } = openCheckpoint(bytes, signer);
  const edgeFiles: TileFile[] = [];
  for (const id of edgeTiles(size)) {
    edgeFiles.push({ id, bytes: await readNeeded(files, tilePath(id)) });
  }
  const edge = restoreEdge(size, root, edgeFiles);
  return { files, signer, edge, checkpoint: Buffer.from(bytes).toString('utf8'), broken: false };
}

/** Removes what an interrupted append or clean-up left: staged files and partial tiles of no use. */
async function sweep(files: FolderFiles, size: number): Promise<void> {
  const leftovers: string[] = [];
  for await (const path of files.list()) {
    const id = parseTilePath(path);
    const verdict = id === undefined ? 'needed' : judgeTile(id, size);
    // A full tile ahead of the checkpoint stays: it must match when it is written again.
    const stale =
      verdict === 'outgrown' || (verdict === 'ahead' && id !== undefined && id.width < TILE_WIDTH);
    if (stale || path.endsWith(STAGED_SUFFIX)) leftovers.push(path);
  }
  for (const path of leftovers) await files.remove(path);
}

function makeLog(state: OpenState): EvidenceLog {
  let turn: Promise<unknown> = Promise.resolve();
  const head = (): LogHead => ({
    size: state.edge.size,
    root: encodeBytes(edgeRoot(state.edge), 'hex'),
  });
  return {
    origin: state.signer.name,
    vkey: formatVkey(state.signer),
    head,
    checkpoint: () => state.checkpoint,
    append(entries) {
      const done = turn.then(async () => {
        await appendOnce(state, entries);
        return head();
      });
      turn = done.catch(() => undefined);
      return done;
    },
  };
}

async function appendOnce(state: OpenState, entries: readonly Uint8Array[]): Promise<void> {
  if (state.broken) {
    throw new EvidenceError(
      'evidence.reopen_needed',
      "couldn't append: an earlier append failed half-way (open the log again, then append from its size)",
    );
  }
  requireOrder(state.edge.size, entries);
  if (entries.length === 0) return;
  const grown = growEdge(state.edge, entries);
  const size = grown.edge.size;
  const checkpoint = signCheckpoint({ size, root: edgeRoot(grown.edge) }, state.signer);
  state.broken = true;
  await requireOwnCheckpoint(state);
  await writeTiles(state.files, grown.files);
  await replaceFile(state.files, 'checkpoint', encodeText(checkpoint));
  state.edge = grown.edge;
  state.checkpoint = checkpoint;
  state.broken = false;
  await removePartials(state.files, grown.files);
}

function requireOrder(size: number, entries: readonly Uint8Array[]): void {
  entries.forEach((bytes, i) => {
    const { seq } = decodeEntry(bytes);
    if (seq === size + i) return;
    throw new EvidenceError(
      'evidence.out_of_order',
      `couldn't append: the next entry is ${size + i} (you gave ${seq}; append from head().size in order)`,
    );
  });
}

/** A second writer would show here, before it can make us sign a second history. */
async function requireOwnCheckpoint(state: OpenState): Promise<void> {
  const onDisk = await state.files.read('checkpoint');
  if (onDisk !== undefined && equalBytes(onDisk, encodeText(state.checkpoint))) return;
  throw new EvidenceError(
    'evidence.conflict',
    "couldn't append: the checkpoint on disk is not the one this writer left there (is another process writing? stop one and open the log again)",
  );
}

async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < items.length; i += WRITES_AT_ONCE) {
    const results = await Promise.allSettled(items.slice(i, i + WRITES_AT_ONCE).map(act));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

async function writeTiles(files: FolderFiles, tiles: readonly TileFile[]): Promise<void> {
  const staged = tiles.map(({ id, bytes }) => ({ id, bytes, path: tilePath(id) }));
  const folders = [...new Set(staged.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))];
  for (const folder of folders) await files.makeFolder(folder);
  await inTurns(staged, async ({ id, bytes, path }) => {
    const there = id.width === TILE_WIDTH ? await files.read(path) : undefined;
    if (there !== undefined && !equalBytes(there, bytes)) {
      throw new EvidenceError(
        'evidence.conflict',
        `couldn't write ${path}: it is there with other bytes, and a full tile never changes (the ledger and this folder are not from the same history; restore the newer of both)`,
      );
    }
    // Written again even when the same bytes are there: a crash may have come before they were durable.
    await files.stage(path, bytes);
  });
  await inTurns(staged, ({ path }) => files.publish(path));
  await inTurns(folders, (folder) => files.syncFolder(folder));
}

/**
 * Partial tiles stay until their tile is full, so that a reader with an earlier checkpoint finds
 * them. By now the append has succeeded; what can't be removed goes at the next open.
 */
async function removePartials(files: FolderFiles, tiles: readonly TileFile[]): Promise<void> {
  for (const { id } of tiles) {
    if (id.width === TILE_WIDTH) {
      await files.removeFolder(`${tilePath(id)}.p`).catch(() => undefined);
    }
  }
}
