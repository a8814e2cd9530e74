/**
 * File operations of the evidence folder, each one a step a crash can come before or after. A file
 * appears under its name whole or not at all: it is staged beside its place, made durable, renamed.
 * Paths are relative to the folder, with `/`.
 */
import { open, mkdir, opendir, rename, rm, rmdir } from 'node:fs/promises';
import type { Dir } from 'node:fs';
import { join, dirname } from 'node:path';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import { MAX_ENTRY_BYTES } from '../../domain/evidence/entry-bundle.ts';
import { TILE_WIDTH } from '../../domain/evidence/tiles.ts';

/** No file of a log is larger: a full bundle of the largest entries. */
export const MAX_FILE_BYTES = TILE_WIDTH * (MAX_ENTRY_BYTES + 2);

/** Ends the name of a file that is staged and not yet published. */
export const STAGED_SUFFIX = '.tmp';

export interface FolderFiles {
  /** The bytes, or `undefined` when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Every file below the folder, in no order; nothing when the folder is absent. */
  list(): AsyncIterable<string>;
  /** Creates a folder and its parents; they are durable when it returns. `''` is the root. */
  makeFolder(path: string): Promise<void>;
  /** Writes `path` + `.tmp`; its bytes are durable when it returns, its name is not. */
  stage(path: string, bytes: Uint8Array): Promise<void>;
  /** Renames the staged file into place, over an older one; durable only after `syncFolder`. */
  publish(path: string): Promise<void>;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): Promise<void>;
  /** Removes a file, and its folder when that becomes empty; absent files are fine. */
  remove(path: string): Promise<void>;
  /** Removes a folder and all files in it; an absent one is fine. */
  removeFolder(path: string): Promise<void>;
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && codes.includes(code);
}

async function during<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof EvidenceError) throw error;
    throw new EvidenceError('evidence.io', `couldn't ${what}: ${messageOf(error)}`, error);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readWhole(file: string, path: string): Promise<Uint8Array | undefined> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    if (size > MAX_FILE_BYTES) {
      throw new EvidenceError(
        'evidence.mismatch',
        `couldn't read ${path}: it has ${size} bytes (allowed: ${MAX_FILE_BYTES})`,
      );
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function* walk(root: string, below: string): AsyncGenerator<string> {
  let folder: Dir;
  try {
    folder = await opendir(join(root, below));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw new EvidenceError(
      'evidence.io',
      `couldn't list the evidence folder: ${messageOf(error)}`,
      error,
    );
  }
  for await (const item of folder) {
    const path = below === '' ? item.name : `${below}/${item.name}`;
    if (item.isDirectory()) yield* walk(root, path);
    else yield item.isFile() ? path : `${path} (not a regular file)`;
  }
}

/** File operations on a folder of the local disk. */
export function openFolderFiles(folder: string): FolderFiles {
  const made = new Set<string>();

  async function makeOne(path: string): Promise<void> {
    if (made.has(path)) return;
    const full = join(folder, path);
    if (path === '') await mkdir(full, { recursive: true, mode: 0o750 });
    else {
      await makeOne(path.includes('/') ? dirname(path) : '');
      await mkdir(full, { mode: 0o750 }).catch((error: unknown) => {
        if (!hasCode(error, 'EEXIST')) throw error;
      });
    }
    // Synced even when it was there: a crash may have come between its creation and this line.
    await sync(dirname(full));
    made.add(path);
  }

  return {
    read: (path) => during(`read ${path}`, () => readWhole(join(folder, path), path)),
    list: () => walk(folder, ''),
    makeFolder: (path) => during(`make the folder ${path}`, () => makeOne(path)),
    stage: (path, bytes) =>
      during(`write ${path}`, async () => {
        const handle = await open(join(folder, path + STAGED_SUFFIX), 'w', 0o640);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
      }),
    publish: (path) =>
      during(`publish ${path}`, () =>
        rename(join(folder, path + STAGED_SUFFIX), join(folder, path)),
      ),
    syncFolder: (path) => during(`sync the folder ${path}`, () => sync(join(folder, path))),
    removeFolder: (path) =>
      during(`remove ${path}`, async () => {
        made.delete(path);
        await rm(join(folder, path), { recursive: true, force: true });
      }),
    remove: (path) =>
      during(`remove ${path}`, async () => {
        await rm(join(folder, path), { force: true });
        const parent = dirname(path);
        if (!parent.endsWith('.p')) return;
        made.delete(parent);
        await rmdir(join(folder, parent)).catch((error: unknown) => {
          if (!hasCode(error, 'ENOTEMPTY', 'ENOENT', 'EEXIST')) throw error;
        });
      }),
  };
}
