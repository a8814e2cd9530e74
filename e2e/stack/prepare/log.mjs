// One log file per run under the cache folder; it takes what apt and npm print, so that the
// terminal shows only one line per step.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';

/** @param {string} name first part of the file name */
export function makeLog(name) {
  const folder = join(cacheFolder(), 'logs');
  const path = join(folder, `${name}-${process.pid}.log`);
  return {
    path,
    /** @param {string} text */
    write(text) {
      mkdirSync(folder, { recursive: true });
      appendFileSync(path, text);
    },
    /** The last lines, for an error message. */
    tail(lines = 15) {
      return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    },
  };
}
