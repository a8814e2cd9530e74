/** Entries of a log, bundle by bundle. Reads them as they are; `verifyLog` is what checks them. */
import { splitBundle } from '../../domain/evidence/entry-bundle.ts';
import { EvidenceError } from '../../domain/evidence/errors.ts';
import { TILE_WIDTH, tilePath, tileWidthAt } from '../../domain/evidence/tiles.ts';
import { openLogSource, readHead, readTile } from './log-source.ts';
import type { LogSource } from './log-source.ts';

export interface StoredEntry {
  readonly seq: number;
  /** Canonical JSON; `decodeEntry` reads it. */
  readonly bytes: Uint8Array;
}

/** The bundle `index` of a log of `size` entries. */
export async function readBundle(
  source: LogSource,
  index: number,
  size: number,
): Promise<Uint8Array[]> {
  const width = tileWidthAt('entries', index, size);
  const id = { level: 'entries', index, width } as const;
  const entries = splitBundle(await readTile(source, id), width);
  if (entries !== undefined) return entries;
  throw new EvidenceError(
    'evidence.mismatch',
    `couldn't read ${tilePath(id)}: it is not a bundle of ${width} entries`,
  );
}

/**
 * Entries `from` up to but not including `to` (default: the end at the time each bundle is read) of
 * the folder or archive, in order, one bundle in memory at a time.
 */
export async function* readEntries(
  folder: string,
  from = 0,
  to = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<StoredEntry> {
  const source = await openLogSource(folder);
  try {
    for (let next = from; next < to;) {
      const index = Math.floor(next / TILE_WIDTH);
      const { size } = await readHead(source);
      const bundle = index * TILE_WIDTH < size ? await readBundle(source, index, size) : [];
      const start = next;
      for (
        let at = next - index * TILE_WIDTH;
        at < bundle.length && next < to;
        at += 1, next += 1
      ) {
        yield { seq: next, bytes: bundle[at] as Uint8Array };
      }
      if (next === start) return;
    }
  } finally {
    await source.close();
  }
}
