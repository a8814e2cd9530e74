/** Test support: logs to append to and to damage, in folders of their own. */
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeEntry } from '../../domain/evidence/entry.ts';
import { makeSampleStory, SAMPLE_ORIGIN } from '../../domain/evidence/sample-story.ts';
import { judgeTile, parseTilePath } from '../../domain/evidence/tiles.ts';
import { openEvidenceLog } from './evidence-log.ts';
import type { EvidenceLog } from './evidence-log.ts';
import { createSigningKey } from './signing-key-file.ts';

export interface SampleLog {
  /** Parent of the log's folder and of its key; the test removes it. */
  readonly home: string;
  readonly folder: string;
  readonly signingKeyFile: string;
  readonly vkey: string;
  readonly log: EvidenceLog;
}

/** The sample story, then entries about nothing much, up to `count`. */
export function sampleRows(count: number): Uint8Array[] {
  const rows = makeSampleStory().slice(0, count).map(encodeEntry);
  while (rows.length < count) {
    const data = { of: 'aud_1', count: rows.length, purpose: 'support' };
    const at = '2026-11-23T11:00:00.000Z';
    rows.push(
      encodeEntry({ v: 1, seq: rows.length, at, kind: 'people.viewed', actor: 'operator', data }),
    );
  }
  return rows;
}

/** A new, empty log. */
export async function makeSampleLog(): Promise<SampleLog> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-evidence-'));
  const [folder, signingKeyFile] = [join(home, 'log'), join(home, 'signing-key')];
  const { vkey } = await createSigningKey({ file: signingKeyFile, origin: SAMPLE_ORIGIN });
  const log = await openEvidenceLog({
    folder,
    origin: SAMPLE_ORIGIN,
    signingKeyFile,
    create: true,
  });
  return { home, folder, signingKeyFile, vkey, log };
}

/** Every file below a folder, by its relative path. */
export async function readTree(folder: string): Promise<Map<string, Buffer>> {
  const tree = new Map<string, Buffer>();
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const path = join(item.parentPath, item.name);
    tree.set(path.slice(folder.length + 1), await readFile(path));
  }
  return tree;
}

/** All items of an async sequence. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Paths of a log of `size` entries without those of earlier checkpoints, which may stay. */
export function withoutOlder(paths: Iterable<string>, size: number): string[] {
  return [...paths].filter((path) => {
    const id = parseTilePath(path);
    return id === undefined || judgeTile(id, size) !== 'older';
  });
}
