// Test support: values written by PHP itself, where the machine has one. What it writes is the truth the parser is held to.
import { execFileSync, spawnSync } from 'node:child_process';

/** Reason to skip, or false. */
export const NO_PHP: string | false =
  spawnSync('php', ['-v']).status === 0 ? false : 'PHP is not installed here';

/** Bytes that the code prints. `extensions` it needs are checked by the caller. */
export function php(code: string): Buffer {
  return execFileSync('php', ['-r', code], { maxBuffer: 64 * 1024 * 1024 });
}

export function hasPhpExtension(name: string): boolean {
  return (
    NO_PHP === false && php(`echo extension_loaded('${name}') ? 'yes' : 'no';`).toString() === 'yes'
  );
}
