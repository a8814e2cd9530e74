/**
 * RFC 8785 canonical JSON: one value has one spelling, so its hash can be recomputed by anyone.
 */
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { EvidenceError, messageOf } from './errors.ts';
import { encodeText, tryDecodeText } from './encoding.ts';

/** UTF-8 bytes of the canonical JSON of `value`. Members that are `undefined` are left out. */
export function canonicalBytes(value: unknown): Uint8Array {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (error) {
    throw new EvidenceError(
      'evidence.not_canonical',
      `couldn't write canonical JSON: ${messageOf(error)}`,
    );
  }
  if (text === undefined) {
    throw new EvidenceError(
      'evidence.not_canonical',
      "couldn't write canonical JSON: the value has no JSON form (allowed: object, array, string, finite number, boolean, null)",
    );
  }
  return encodeText(text);
}

/** SHA-256 of the canonical JSON, as 64 lowercase hex digits. This is the hash of a manifest. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalBytes(value)).digest('hex');
}

/** The value of canonical JSON bytes; throws `evidence.not_canonical` for any other spelling of it. */
export function parseCanonical(bytes: Uint8Array): unknown {
  const text = tryDecodeText(bytes);
  let value: unknown;
  try {
    value = text === undefined ? undefined : JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (text === undefined || value === undefined) {
    throw new EvidenceError(
      'evidence.not_canonical',
      "couldn't read canonical JSON: it is not JSON in UTF-8",
    );
  }
  if (canonicalize(value) !== text) {
    throw new EvidenceError(
      'evidence.not_canonical',
      "couldn't read canonical JSON: it is JSON, but not spelled as RFC 8785 asks",
    );
  }
  return value;
}
