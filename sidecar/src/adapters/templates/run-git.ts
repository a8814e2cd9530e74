// Runs git for reading only: no shell, no hooks, none of the caller's own git environment.
import { execFile } from 'node:child_process';

/** `missing`: there is no git on this machine. `failed`: git refused; its words may name paths and are left out. */
export type GitResult = { ok: true; output: Buffer } | { ok: false; why: 'missing' | 'failed' };

const LIMIT_MS = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** `top`: the repository's work tree. It may belong to another user than the sidecar's, which git asks to be told. */
export function runGit(top: string, args: readonly string[]): Promise<GitResult> {
  return new Promise((resolve) => {
    execFile(
      'git',
      ['-c', `safe.directory=${top}`, '-c', 'core.fsmonitor=false', '-C', top, ...args],
      { encoding: 'buffer', timeout: LIMIT_MS, maxBuffer: MOST_BYTES, env: plainEnvironment() },
      (error, output) => {
        if (error === null) resolve({ ok: true, output });
        else resolve({ ok: false, why: error.code === 'ENOENT' ? 'missing' : 'failed' });
      },
    );
  });
}

/** GIT_DIR and its kin, as set inside hooks, would point git at another repository. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
}
