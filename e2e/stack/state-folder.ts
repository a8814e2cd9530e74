// The folder one run of a store lives in, under e2e/.state. It names its owner, so that the next
// run can remove what a killed one left behind.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const STATE = fileURLToPath(new URL('../.state/', import.meta.url));
const OWNER_FILE = 'owner.json';

type Owner = { readonly pid: number; readonly keep: boolean };

/** Creates a fresh folder for this process and returns its path. */
export async function createStateFolder(name: string, keep: boolean): Promise<string> {
  await mkdir(STATE, { recursive: true });
  await sweepLeftovers();
  const folder = join(STATE, `${name}-${process.pid}-${randomBytes(3).toString('hex')}`);
  await mkdir(folder);
  const owner: Owner = { pid: process.pid, keep };
  await writeFile(join(folder, OWNER_FILE), JSON.stringify(owner));
  return folder;
}

export async function removeStateFolder(folder: string): Promise<void> {
  // A server that is just ending may still write a last file while the folder is emptied.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

async function sweepLeftovers(): Promise<void> {
  for (const name of await readdir(STATE)) {
    const owner = await readOwner(join(STATE, name));
    if (owner === null || owner.keep || isAlive(owner.pid)) continue;
    await removeStateFolder(join(STATE, name));
  }
}

/** Null for a folder that is not ours to remove. */
async function readOwner(folder: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(join(folder, OWNER_FILE), 'utf8')) as Owner;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
