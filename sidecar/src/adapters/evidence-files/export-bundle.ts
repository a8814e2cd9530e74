/**
 * Exports a log as one .zip that carries all it takes to verify it offline. Streams file by file;
 * the archive appears under its name whole or not at all, and never over another file.
 */
import { createHash } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { encodeBytes, encodeText } from '../../domain/evidence/encoding.ts';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import { tileFileCount, tilePath, tilesGrown } from '../../domain/evidence/tiles.ts';
import { bundleReadme } from './bundle-readme.ts';
import { onHead, readPresent, readTile } from './log-source.ts';
import type { LogSource, SignedHead } from './log-source.ts';

/** A .zip without ZIP64 holds at most this many files and bytes. */
const MAX_FILES = 65_535;
const MAX_BYTES = 0xffff_ffff;
/** One fixed time (the first a .zip can say), so that the same log gives the same archive. */
const ZIP_TIME = '1980-01-01T12:00:00';

export interface ExportedBundle {
  readonly path: string;
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
  /** Of the archive file, 64 hex digits. */
  readonly sha256: string;
  /** Size of the archive. */
  readonly bytes: number;
}

/** Writes the archive; codes: `evidence.exists`, `evidence.archive_too_large`, `evidence.io`, `evidence.missing`. */
export async function exportBundle(options: {
  readonly folder: string;
  /** Path of the new .zip. */
  readonly target: string;
}): Promise<ExportedBundle> {
  return onHead(options.folder, (source, head) => writeBundle(source, head, options.target));
}

function requireRoom(files: number, bytes: number): void {
  if (files <= MAX_FILES && bytes <= MAX_BYTES) return;
  throw new EvidenceError(
    'evidence.archive_too_large',
    `couldn't export the log: it has ${files} files and at least ${bytes} bytes (allowed in a .zip: ${MAX_FILES} and ${MAX_BYTES}; copy the folder instead, verify takes folders too)`,
  );
}

async function writeBundle(
  source: LogSource,
  head: SignedHead,
  target: string,
): Promise<ExportedBundle> {
  requireRoom(tileFileCount(head.size) + 3, 0);
  const staged = `${target}.tmp`;
  const handle = await open(staged, 'w', 0o640).catch((error: unknown) => {
    throw new EvidenceError('evidence.io', `couldn't export the log: ${messageOf(error)}`, error);
  });
  try {
    const written = await writeArchive(handle, source, head);
    await handle.sync();
    await publish(staged, target);
    const root = encodeBytes(head.root, 'hex');
    return { path: target, size: head.size, root, ...written };
  } finally {
    await handle.close();
    await rm(staged, { force: true });
  }
}

/** `link` refuses an existing target, which `rename` would replace. */
async function publish(staged: string, target: string): Promise<void> {
  try {
    await link(staged, target);
    const folder = await open(dirname(target), 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const why = exists ? 'the target is there already (choose another name)' : messageOf(error);
    throw new EvidenceError(
      exists ? 'evidence.exists' : 'evidence.io',
      `couldn't export the log: ${why}`,
      error,
    );
  }
}

async function writeArchive(
  handle: FileHandle,
  source: LogSource,
  head: SignedHead,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let failure: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error !== null) failure = error;
    else waiting.push(chunk);
  });
  async function flush(): Promise<void> {
    if (failure !== undefined) throw failure;
    const chunk = Buffer.concat(waiting);
    waiting = [];
    bytes += chunk.length;
    requireRoom(0, bytes);
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  for await (const { path, content, packed } of bundleFiles(source, head)) {
    const file = packed ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path);
    file.mtime = ZIP_TIME;
    zip.add(file);
    file.push(content, true);
    await flush();
  }
  zip.end();
  await flush();
  return { sha256: hash.digest('hex'), bytes };
}

interface BundleFile {
  readonly path: string;
  readonly content: Uint8Array;
  /** Hashes do not get smaller; entries do. */
  readonly packed: boolean;
}

async function* bundleFiles(source: LogSource, head: SignedHead): AsyncGenerator<BundleFile> {
  const readme = bundleReadme({
    origin: head.origin,
    size: head.size,
    root: encodeBytes(head.root, 'hex'),
  });
  yield { path: 'README.txt', content: encodeText(readme), packed: true };
  yield { path: 'log.vkey', content: await readPresent(source, 'log.vkey'), packed: false };
  yield { path: 'checkpoint', content: encodeText(head.text), packed: false };
  for (const id of tilesGrown(0, head.size)) {
    const path = tilePath(id);
    yield { path, content: await readTile(source, id), packed: id.level === 'entries' };
  }
}
