// Where a program is, looking also where Debian keeps servers (/usr/sbin is not on a user's PATH).
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StoreError } from './store-error.ts';

/** Full path of the first of these names that exists, or null. */
export function findProgram(...names: readonly string[]): string | null {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = [...onPath, '/usr/sbin', '/usr/local/sbin'];
  for (const name of names) {
    const path = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (path !== undefined) return path;
  }
  return null;
}

/** Like findProgram, but throws `program_missing`. */
export function requireProgram(name: string): string {
  const path = findProgram(name);
  if (path !== null) return path;
  throw new StoreError(
    'program_missing',
    `couldn't find ${name}: it is not on PATH; run: node e2e/stack/prepare.mjs`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
