/** Judges the names in a log: which belong to its size, which a crash may leave, which are foreign. */
import { EvidenceError } from '../../domain/evidence/errors.ts';
import { parseTilePath, tileFileCount, tileWidthAt } from '../../domain/evidence/tiles.ts';
import { STAGED_SUFFIX } from './folder-files.ts';
import type { LogSource } from './log-source.ts';

const NAMED_FILES = new Set(['checkpoint', 'log.vkey', 'README.txt']);
const MAX_NAMES = 5;

type Verdict = 'needed' | 'named' | 'leftover' | 'foreign';

function judge(path: string, size: number): Verdict {
  if (NAMED_FILES.has(path)) return 'named';
  const staged = path.endsWith(STAGED_SUFFIX);
  const plain = staged ? path.slice(0, -STAGED_SUFFIX.length) : path;
  const id = parseTilePath(plain);
  if (id === undefined) return staged && NAMED_FILES.has(plain) ? 'leftover' : 'foreign';
  return !staged && tileWidthAt(id.level, id.index, size) === id.width ? 'needed' : 'leftover';
}

/**
 * A sentence when all files of a log of `size` entries are there and no others; else throws
 * `evidence.mismatch`. A folder may also hold what an interrupted append leaves (partial tiles of
 * another size, tiles ahead of the checkpoint, staged files): they are outside the log, and the
 * writer removes or completes them. An archive may not.
 */
export async function judgeFiles(source: LogSource, size: number): Promise<string> {
  const counts: Record<Verdict, number> = { needed: 0, named: 0, leftover: 0, foreign: 0 };
  const names: string[] = [];
  for await (const path of source.list()) {
    const verdict = judge(path, size);
    counts[verdict] += 1;
    const extra = verdict === 'foreign' || (verdict === 'leftover' && source.kind === 'archive');
    if (extra && names.length < MAX_NAMES) names.push(path);
  }
  const needed = tileFileCount(size);
  if (counts.needed < needed) {
    throw new EvidenceError(
      'evidence.mismatch',
      `${needed - counts.needed} of ${needed} tiles and bundles are missing.`,
    );
  }
  if (names.length > 0) {
    const all = counts.foreign + (source.kind === 'archive' ? counts.leftover : 0);
    throw new EvidenceError(
      'evidence.mismatch',
      `${all} files do not belong to the log, such as ${names.join(', ')}.`,
    );
  }
  const rest =
    counts.leftover === 0
      ? ''
      : ` ${counts.leftover} files of an unfinished append lie beside it, outside the log.`;
  return `All ${needed} tiles and bundles are there, and no foreign file.${rest}`;
}
