import { hash } from 'node:crypto';

/**
 * SHA-256 in 32 bytes. By way of hex, into memory that is shared out in small pieces: a buffer of its own for each hash takes
 * longer than the hash, and an audience has millions.
 */
export function sha256(bytes: string | Uint8Array): Uint8Array {
  return Buffer.from(hash('sha256', bytes, 'hex'), 'hex');
}
