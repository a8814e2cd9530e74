/**
 * Salted commitments: the log holds HMAC-SHA256(salt, record) and nothing of the record. Whoever
 * keeps salt and record can show later that the record was meant; once the salt is erased, the 32
 * bytes say nothing about anyone. An unsalted hash of an address could be guessed.
 */
import { canonicalBytes } from './canonical-json.ts';
import { makeCompactRange } from './compact-range.ts';
import { equalBytes } from './encoding.ts';
import { sha256 } from './sha256.ts';
import { leafHash, planInclusionProof, proofFromLeaves, verifyInclusion } from './merkle.ts';

export const SALT_SIZE = 32;

/** HMAC-SHA256 with a 32-byte random salt as key over the canonical JSON of `record`. */
export function commitTo(salt: Uint8Array, record: unknown): Uint8Array {
  return commitToBytes(salt, canonicalBytes(record));
}

/** The same over bytes that are canonical JSON already. */
export function commitToBytes(salt: Uint8Array, canonical: Uint8Array): Uint8Array {
  if (salt.length !== SALT_SIZE) {
    throw new RangeError(
      `couldn't commit: the salt has ${salt.length} bytes (allowed: ${SALT_SIZE})`,
    );
  }
  return hmacSha256(salt, canonical);
}

/** True when `salt` and `record` open `commitment`. */
export function opensCommitment(
  commitment: Uint8Array,
  salt: Uint8Array,
  record: unknown,
): boolean {
  return salt.length === SALT_SIZE && equalBytes(commitment, commitTo(salt, record));
}

const BLOCK = 64;

/**
 * RFC 2104 with SHA-256 for keys of at most 64 bytes, by two one-shot hashes: an HMAC object of node:crypto costs several
 * times as much, which counts when everybody of an audience is committed to.
 */
function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const inner = Buffer.allocUnsafe(BLOCK + message.length).fill(0x36, 0, BLOCK);
  const outer = Buffer.allocUnsafe(BLOCK + 32).fill(0x5c, 0, BLOCK);
  for (let place = 0; place < key.length; place += 1) {
    const byte = key[place] ?? 0;
    inner[place] = byte ^ 0x36;
    outer[place] = byte ^ 0x5c;
  }
  inner.set(message, BLOCK);
  outer.set(sha256(inner), BLOCK);
  return sha256(outer);
}

export interface CommitmentRoot {
  /** Adds the next commitment (32 bytes) of the ordered list. */
  add(commitment: Uint8Array): void;
  /** Commitments added so far. */
  count(): number;
  /** RFC 6962 root over them as leaves; 64 hex digits. */
  root(): string;
}

/** Root of a list that is streamed in: memory does not grow with the list. */
export function makeCommitmentRoot(): CommitmentRoot {
  const range = makeCompactRange();
  return {
    add: (commitment) => range.append(leafHash(commitment)),
    count: () => range.size(),
    root: () => Buffer.from(range.root()).toString('hex'),
  };
}

/** Inclusion proof of commitment `index` in a stored ordered list. */
export function proveCommitment(commitments: readonly Uint8Array[], index: number): Uint8Array[] {
  const plan = planInclusionProof(index, commitments.length);
  return proofFromLeaves(commitments.map(leafHash), plan);
}

export interface CommitmentClaim {
  readonly commitment: Uint8Array;
  readonly index: number;
  /** Length of the list, as the log states it. */
  readonly count: number;
  /** Root of the list as 64 hex digits, as the log states it. */
  readonly root: string;
  readonly proof: readonly Uint8Array[];
}

/** True when the commitment is at that place of the list with this root. */
export function verifyCommitment(claim: CommitmentClaim): boolean {
  return verifyInclusion({
    leaf: leafHash(claim.commitment),
    index: claim.index,
    size: claim.count,
    root: Buffer.from(claim.root, 'hex'),
    proof: claim.proof,
  });
}
