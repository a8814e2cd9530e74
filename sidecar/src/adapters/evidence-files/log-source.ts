/**
 * A log to read: a folder, which may grow while it is read, or an exported archive, which may not.
 */
import { stat } from 'node:fs/promises';
import { openCheckpoint } from '../../domain/evidence/checkpoint.ts';
import type { Checkpoint } from '../../domain/evidence/checkpoint.ts';
import { tryDecodeText } from '../../domain/evidence/encoding.ts';
import { joinBundle, splitBundle } from '../../domain/evidence/entry-bundle.ts';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import { HASH_SIZE } from '../../domain/evidence/merkle.ts';
import { parseVkey } from '../../domain/evidence/note.ts';
import { TILE_WIDTH, tilePath } from '../../domain/evidence/tiles.ts';
import type { TileId } from '../../domain/evidence/tiles.ts';
import { openFolderFiles } from './folder-files.ts';
import { openZipArchive } from './zip-archive.ts';

export interface LogSource {
  readonly kind: 'folder' | 'archive';
  read(path: string): Promise<Uint8Array | undefined>;
  list(): AsyncIterable<string>;
  close(): Promise<void>;
}

export interface SignedHead extends Checkpoint {
  /** The checkpoint file, verbatim. */
  readonly text: string;
}

/** Opens a folder or a .zip by what is at the path; throws `evidence.missing` when nothing is. */
export async function openLogSource(path: string): Promise<LogSource> {
  const found = await stat(path).catch((error: unknown) => {
    throw new EvidenceError(
      'evidence.missing',
      `couldn't open the evidence: ${messageOf(error)}`,
      error,
    );
  });
  if (found.isDirectory()) {
    const files = openFolderFiles(path);
    return { kind: 'folder', read: files.read, list: files.list, close: () => Promise.resolve() };
  }
  const archive = await openZipArchive(path);
  return {
    kind: 'archive',
    read: archive.read,
    // eslint-disable-next-line @typescript-eslint/require-await -- the names are in memory; a folder's are not
    async *list() {
      yield* archive.members.keys();
    },
    close: archive.close,
  };
}

/** A file of the log; throws `evidence.missing` with its path. */
export async function readPresent(source: LogSource, path: string): Promise<Uint8Array> {
  const bytes = await source.read(path);
  if (bytes !== undefined) return bytes;
  throw new EvidenceError('evidence.missing', `couldn't read the evidence: ${path} is missing`);
}

/** The vkey in `log.vkey`, which is one line; throws `evidence.missing` or `evidence.key_invalid`. */
export async function readVkey(source: LogSource): Promise<string> {
  const text = tryDecodeText(await readPresent(source, 'log.vkey'));
  if (text === undefined || !text.endsWith('\n')) {
    throw new EvidenceError(
      'evidence.key_invalid',
      "couldn't read log.vkey: it is not one line of text",
    );
  }
  return text.slice(0, -1);
}

/** The newest signed head, verified with the given vkey or the one beside it. */
export async function readHead(source: LogSource, vkey?: string): Promise<SignedHead> {
  const verifier = parseVkey(vkey ?? (await readVkey(source)));
  const bytes = await readPresent(source, 'checkpoint');
  const checkpoint = openCheckpoint(bytes, verifier);
  return { ...checkpoint, text: Buffer.from(bytes).toString('utf8') };
}

/**
 * The bytes of a tile or bundle. A writer removes a partial tile once the full one is there, so a
 * reader that started before takes the beginning of the full one.
 */
export async function readTile(source: LogSource, id: TileId): Promise<Uint8Array> {
  const bytes = await source.read(tilePath(id));
  if (bytes !== undefined) return bytes;
  const full =
    id.width === TILE_WIDTH ? undefined : await source.read(tilePath({ ...id, width: TILE_WIDTH }));
  if (full === undefined) return readPresent(source, tilePath(id));
  if (id.level !== 'entries') return full.subarray(0, id.width * HASH_SIZE);
  return joinBundle((splitBundle(full, TILE_WIDTH) ?? []).slice(0, id.width));
}

/** Opens the log at a path, runs `act` on its newest head, and closes it. */
export async function onHead<T>(
  path: string,
  act: (source: LogSource, head: SignedHead) => Promise<T>,
): Promise<T> {
  const source = await openLogSource(path);
  try {
    return await act(source, await readHead(source));
  } finally {
    await source.close();
  }
}
