/**
 * An entry's bytes: RFC 8785 JSON of `{v, seq, at, kind, actor, incident?, data}`. What
 * `encodeEntry` lets through, `decodeEntry` reads, and the log takes.
 */
import { findAddress } from './address-guard.ts';
import { canonicalBytes, parseCanonical } from './canonical-json.ts';
import { MAX_ENTRY_BYTES } from './entry-bundle.ts';
import type { Entry } from './entry-data.ts';
import { findEntryProblem } from './entry-rules.ts';
import { EvidenceError } from './errors.ts';

/**
 * Canonical bytes of an entry. Throws `evidence.entry_invalid`, `evidence.personal_data` (with the
 * path of the member, never its value) or `evidence.entry_too_large`. Call it inside the
 * transaction that makes the change, so that a refused entry undoes the change.
 */
export function encodeEntry(entry: Entry): Uint8Array {
  const problem = findEntryProblem(entry);
  if (problem !== undefined) {
    throw new EvidenceError(
      'evidence.entry_invalid',
      `couldn't write a ${entry.kind} entry: ${problem}`,
    );
  }
  const address = findAddress(entry);
  if (address !== undefined) {
    throw new EvidenceError(
      'evidence.personal_data',
      `couldn't write a ${entry.kind} entry: ${address} looks like an e-mail address (put a salted commitment there)`,
    );
  }
  const bytes = canonicalBytes(entry);
  if (bytes.length > MAX_ENTRY_BYTES) {
    throw new EvidenceError(
      'evidence.entry_too_large',
      `couldn't write a ${entry.kind} entry: it has ${bytes.length} bytes (allowed: ${MAX_ENTRY_BYTES}; put a hash of the large part there)`,
    );
  }
  return bytes;
}

/** The entry of these bytes; throws `evidence.not_canonical` or `evidence.entry_invalid`. */
export function decodeEntry(bytes: Uint8Array): Entry {
  const value = parseCanonical(bytes);
  const problem = findEntryProblem(value);
  if (problem !== undefined) {
    throw new EvidenceError('evidence.entry_invalid', `couldn't read an entry: ${problem}`);
  }
  return value as Entry;
}
