// Tokens handed out once (invitations, sessions): 32 random bytes; the ledger holds only their hash.
import { createHash } from 'node:crypto';
import type { Randomness } from './ports/clock.ts';

export type SecretToken = { token: string; hash: string };

export function makeSecretToken(randomness: Randomness): SecretToken {
  const token = Buffer.from(randomness.bytes(32)).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** SHA-256 in hex. A plain hash is enough: the token has 256 bits of randomness, there is nothing to guess. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}
