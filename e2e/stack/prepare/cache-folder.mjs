// Where downloads and ready-made stores are kept between runs, outside the checkout, so that a
// second clone does not fetch them again.
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const DAY_MS = 24 * 60 * 60 * 1000;

/** TOCSIN_CACHE_DIR, else $XDG_CACHE_HOME/tocsin, else ~/.cache/tocsin. */
export function cacheFolder() {
  const { TOCSIN_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  if (TOCSIN_CACHE_DIR) return TOCSIN_CACHE_DIR;
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'tocsin');
}

/** The pinned WordPress release: which npm package carries it and the sha512 it must have. */
export function wordpressPin() {
  return JSON.parse(readFileSync(new URL('./wordpress-pin.json', import.meta.url), 'utf8'));
}

/** Folder with `wordpress/` (core files), `languages/` and `wp-cli.phar`. */
export function wordpressFolder() {
  const pin = wordpressPin();
  const print = createHash('sha256').update(pin.integrity).digest('hex').slice(0, 12);
  return join(cacheFolder(), `wordpress-${pin.wordpress}-${print}`);
}

/**
 * Fills a new folder and gives it its final name in one rename, so that a reader sees all of it or
 * nothing. When another run was faster, its folder stays and ours is thrown away.
 * @param {string} target
 * @param {(draft: string) => Promise<void>} fill
 */
export async function publishFolder(target, fill) {
  mkdirSync(cacheFolder(), { recursive: true });
  sweepDrafts();
  const draft = mkdtempSync(join(cacheFolder(), 'draft-'));
  try {
    await fill(draft);
    renameSync(draft, target);
  } catch (error) {
    if (error?.code !== 'ENOTEMPTY' && error?.code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Drafts of runs that were killed; a day is far longer than any run lasts. */
function sweepDrafts() {
  for (const name of readdirSync(cacheFolder())) {
    const path = join(cacheFolder(), name);
    const old = name.startsWith('draft-') && Date.now() - statSync(path).mtimeMs > DAY_MS;
    if (old) rmSync(path, { recursive: true, force: true });
  }
}
