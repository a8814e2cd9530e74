/**
 * Test support: a disk in memory that forgets, at a crash, what was not made durable, and that fails
 * the test when a full tile changes. It is stricter than a real disk on purpose.
 */
import { TILE_WIDTH, parseTilePath } from '../../domain/evidence/tiles.ts';
import { equalBytes } from '../../domain/evidence/encoding.ts';
import { STAGED_SUFFIX } from './folder-files.ts';
import type { FolderFiles } from './folder-files.ts';

/** Thrown at the chosen step and at every step after it. */
export class Crash extends Error {}

export interface CrashingDisk {
  readonly files: FolderFiles;
  /** Steps that change the disk, so far. */
  steps(): number;
  /**
   * Lets the step with this number crash: before it does anything, or after it has done its work
   * but before it returns.
   */
  crashAt(step: number, when: 'before' | 'after'): void;
  /** The power comes back. `keep` says of each name not synced whether it survived anyway. */
  restart(keep: (path: string) => boolean): void;
}

const folderOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';

/** An empty disk. */
export function makeCrashingDisk(): CrashingDisk {
  /** What programs see. */
  let seen = new Map<string, Uint8Array>();
  /** What is sure to be there after a crash. */
  let durable = new Map<string, Uint8Array>();
  let folders = new Set<string>();
  let steps = 0;
  let plan: { step: number; when: 'before' | 'after' } | undefined;
  let dead = false;

  async function step(act: () => void): Promise<void> {
    await Promise.resolve();
    if (dead) throw new Crash('the power is off');
    steps += 1;
    const now = plan !== undefined && plan.step === steps ? plan.when : undefined;
    if (now === 'before') dead = true;
    else act();
    if (now !== undefined) {
      dead = true;
      throw new Crash(`crash ${now} step ${steps}`);
    }
  }

  function requireFolder(path: string): void {
    const folder = folderOf(path);
    if (!folders.has(folder)) throw new Error(`no folder ${folder} for ${path}`);
  }

  const files: FolderFiles = {
    async read(path) {
      await Promise.resolve();
      if (dead) throw new Crash('the power is off');
      return seen.get(path);
    },
    async *list() {
      await Promise.resolve();
      yield* [...seen.keys()];
    },
    makeFolder: (path) => step(() => void folders.add(path)),
    stage: (path, bytes) =>
      step(() => {
        requireFolder(path);
        if (bytes.length === 0) throw new Error(`an empty file ${path}`);
        seen.set(path + STAGED_SUFFIX, Uint8Array.from(bytes));
      }),
    publish: (path) =>
      step(() => {
        const staged = seen.get(path + STAGED_SUFFIX);
        const before = seen.get(path);
        if (staged === undefined) throw new Error(`nothing staged for ${path}`);
        const full = parseTilePath(path)?.width === TILE_WIDTH;
        if (full && before !== undefined && !equalBytes(before, staged))
          throw new Error(`full tile ${path} changed`);
        seen.delete(path + STAGED_SUFFIX);
        seen.set(path, staged);
      }),
    syncFolder: (path) =>
      step(() => {
        for (const [name, bytes] of seen) if (folderOf(name) === path) durable.set(name, bytes);
        for (const name of durable.keys())
          if (folderOf(name) === path && !seen.has(name)) durable.delete(name);
      }),
    remove: (path) => step(() => void seen.delete(path)),
    removeFolder: (path) =>
      step(() => {
        for (const name of [...seen.keys()]) if (folderOf(name) === path) seen.delete(name);
      }),
  };

  return {
    files,
    steps: () => steps,
    crashAt(at, when) {
      plan = { step: steps + at, when };
    },
    restart(keep) {
      const names = new Set([...seen.keys(), ...durable.keys()]);
      const after = new Map<string, Uint8Array>();
      for (const name of names) {
        const bytes = keep(name) ? seen.get(name) : durable.get(name);
        if (bytes !== undefined) after.set(name, bytes);
      }
      seen = after;
      durable = new Map(after);
      folders = new Set(folders);
      dead = false;
      plan = undefined;
    },
  };
}
