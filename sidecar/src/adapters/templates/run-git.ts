// Runs git for reading only: no shell, no hooks, and the repository named outright, so that neither the folder it is
// started in nor GIT_DIR (set inside hooks) leads it to another one.
import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** `missing`: there is no git on this machine. `failed`: git refused; its words may name paths and are left out. */
export type GitResult = { ok: true; output: Buffer } | { ok: false; why: 'missing' | 'failed' };

const LIMIT_MS = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** `top`: the repository's work tree. It may belong to another user than the sidecar's, which git asks to be told. */
export function runGit(top: string, args: readonly string[]): Promise<GitResult> {
  const place = ['-c', `safe.directory=${top}`, `--git-dir=${join(top, '.git')}`];
  return new Promise((resolve) => {
    execFile(
      'git',
      [...place, ...args],
      { encoding: 'buffer', timeout: LIMIT_MS, maxBuffer: MOST_BYTES },
      (error, output) => {
        if (error === null) resolve({ ok: true, output });
        else resolve({ ok: false, why: error.code === 'ENOENT' ? 'missing' : 'failed' });
      },
    );
  });
}
