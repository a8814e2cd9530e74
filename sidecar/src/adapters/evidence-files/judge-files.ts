/** Judges the names in a log: which belong to its size, which a writer may leave, which are foreign. */
import { EvidenceError } from '../../domain/evidence/errors.ts';
import { judgeTile, parseTilePath } from '../../domain/evidence/tiles.ts';
import type { TileId } from '../../domain/evidence/tiles.ts';
import { STAGED_SUFFIX } from './folder-files.ts';
import type { LogSource } from './log-source.ts';

const NAMED_FILES = new Set(['checkpoint', 'log.vkey', 'README.txt']);
const MAX_NAMES = 5;

type Verdict = 'needed' | 'older' | 'leftover' | 'foreign';

export interface JudgedFiles {
  /** Partial tiles of earlier checkpoints; at most 255 per level. They must agree with the log too. */
  readonly older: readonly TileId[];
  readonly leftovers: number;
  /** Foreign files, and the paths of the first few. */
  readonly foreign: number;
  readonly foreignNames: readonly string[];
}

function judge(path: string, size: number): Verdict {
  if (NAMED_FILES.has(path)) return 'needed';
  const staged = path.endsWith(STAGED_SUFFIX);
  const plain = staged ? path.slice(0, -STAGED_SUFFIX.length) : path;
  const id = parseTilePath(plain);
  if (id === undefined && !NAMED_FILES.has(plain)) return 'foreign';
  if (staged || id === undefined) return 'leftover';
  const verdict = judgeTile(id, size);
  return verdict === 'needed' || verdict === 'older' ? verdict : 'leftover';
}

/**
 * Sorts the files of a log of `size` entries. A folder may also hold what an interrupted append
 * leaves (staged files, tiles ahead of the checkpoint, partial tiles beside a full one): they are
 * outside the log, and the writer removes or completes them. In an archive they are foreign.
 */
export async function judgeFiles(source: LogSource, size: number): Promise<JudgedFiles> {
  const older: TileId[] = [];
  const foreignNames: string[] = [];
  let [leftovers, foreign] = [0, 0];
  for await (const path of source.list()) {
    const verdict = judge(path, size);
    const id = parseTilePath(path);
    if (verdict === 'older' && source.kind === 'folder' && id !== undefined) older.push(id);
    else if (verdict === 'foreign' || (verdict !== 'needed' && source.kind === 'archive')) {
      foreign += 1;
      if (foreignNames.length < MAX_NAMES) foreignNames.push(path);
    } else if (verdict === 'leftover') leftovers += 1;
  }
  return { older, leftovers, foreign, foreignNames };
}

/** The sentence about the names; throws `evidence.mismatch` when files do not belong to the log. */
export function describeFiles({ older, leftovers, foreign, foreignNames }: JudgedFiles): string {
  if (foreign > 0) {
    const names = foreignNames.join(', ');
    throw new EvidenceError(
      'evidence.mismatch',
      `${foreign} files do not belong to the log, such as ${names}.`,
    );
  }
  const kept = older.length === 0 ? '' : ` ${older.length} partial tiles of earlier checkpoints.`;
  const rest =
    leftovers === 0 ? '' : ` ${leftovers} files of an unfinished append lie outside the log.`;
  return `No foreign file.${kept}${rest}`;
}
