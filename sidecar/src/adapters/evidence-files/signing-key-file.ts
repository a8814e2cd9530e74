/**
 * The log's signing key: one line in a file only its owner can read. Whoever can read it can sign
 * another history, so a file that others may read is refused, not repaired.
 */
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import {
  formatSigningKey,
  formatVkey,
  makeNoteSigner,
  parseSigningKey,
} from '../../domain/evidence/note.ts';
import type { NoteSigner } from '../../domain/evidence/note.ts';

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Makes a new key file (mode 0600) and answers the public vkey. Never overwrites: `evidence.key_exists`. */
export async function createSigningKey(options: {
  readonly file: string;
  readonly origin: string;
}): Promise<{ vkey: string }> {
  const seed = randomBytes(32);
  const signer = makeNoteSigner(options.origin, seed);
  try {
    const handle = await open(options.file, 'wx', 0o600);
    try {
      await handle.writeFile(`${formatSigningKey(options.origin, seed)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const folder = await open(dirname(options.file), 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    const exists = codeOf(error) === 'EEXIST';
    const why = exists
      ? 'the file is there already (a log keeps its key; choose another file)'
      : messageOf(error);
    throw new EvidenceError(
      exists ? 'evidence.key_exists' : 'evidence.io',
      `couldn't make the signing key: ${why}`,
      error,
    );
  }
  return { vkey: formatVkey(signer) };
}

/** The signer in a key file. Codes: `evidence.missing`, `evidence.key_permissions`, `evidence.key_invalid`. */
export async function readSigningKey(file: string): Promise<NoteSigner> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    const missing = codeOf(error) === 'ENOENT';
    const why = missing
      ? 'there is no such file (make it with createSigningKey, or correct the path)'
      : messageOf(error);
    throw new EvidenceError(
      missing ? 'evidence.missing' : 'evidence.io',
      `couldn't read the signing key: ${why}`,
      error,
    );
  });
  try {
    const { mode } = await handle.stat();
    if ((mode & 0o077) !== 0) {
      throw new EvidenceError(
        'evidence.key_permissions',
        `couldn't use the signing key: others may read or change its file (its mode is 0${(mode & 0o777).toString(8)}; allowed: 0600; run chmod 600 on it)`,
      );
    }
    return parseSigningKey((await handle.readFile('utf8')).replace(/\n$/, ''));
  } finally {
    await handle.close();
  }
}
