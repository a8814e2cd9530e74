// The bytes two people approve: RFC 8785 canonical JSON of the manifest body, its SHA-256, and a code to compare by eye.
import { createHash } from 'node:crypto';
import type { ManifestBody } from '../../contract/manifest.ts';
import { canonicalBytes } from '../evidence/canonical-json.ts';

export type SealedManifest = {
  /** Canonical JSON, exactly the text that is hashed and kept. */
  json: string;
  /** SHA-256 of `json` in UTF-8, lower-case hex. */
  hash: string;
};

export function sealManifest(body: ManifestBody): SealedManifest {
  const json = Buffer.from(canonicalBytes(body)).toString('utf8');
  return { json, hash: sha256Hex(json) };
}

/** True when the stored text still has the hash that was approved. */
export function isManifestIntact(sealed: SealedManifest): boolean {
  return sha256Hex(sealed.json) === sealed.hash;
}

/** The first 8 characters of the hash as two groups of 4, upper case: `A1B2 C3D4`. */
export function manifestCode(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`.toUpperCase();
}

/** SHA-256 of a text in UTF-8, lower-case hex: how a manifest names a title or a sender without saying it. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
