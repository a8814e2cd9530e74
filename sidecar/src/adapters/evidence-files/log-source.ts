/**
 * A log to read: a folder, which may grow while it is read, or an exported archive, which may not.
 */
import { stat } from 'node:fs/promises';
import { openCheckpoint } from '../../domain/evidence/checkpoint.ts';
import type { Checkpoint } from '../../domain/evidence/checkpoint.ts';
import { tryDecodeText } from '../../domain/evidence/encoding.ts';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import { parseVkey } from '../../domain/evidence/note.ts';
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

/** How often a reader starts again because the log grew under it. */
const FRESH_STARTS = 5;

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
 * Runs `act` on the newest head. A writer removes partial tiles that a newer checkpoint does not
 * need; when that happened meanwhile, `act` runs again on the newer head.
 */
export async function withHead<T>(
  source: LogSource,
  act: (head: SignedHead) => Promise<T>,
): Promise<T> {
  for (let start = 1; ; start += 1) {
    const head = await readHead(source);
    try {
      return await act(head);
    } catch (error) {
      const gone = error instanceof EvidenceError && error.code === 'evidence.missing';
      if (!gone || start === FRESH_STARTS || (await readHead(source)).text === head.text)
        throw error;
    }
  }
}
