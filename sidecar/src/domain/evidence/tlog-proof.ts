/**
 * C2SP tlog-proof files: one entry's place in the log, provable offline with the entry and the
 * log's public key alone. https://c2sp.org/tlog-proof
 */
import { openCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import { decodeBytes, encodeBytes, encodeText } from './encoding.ts';
import { EvidenceError } from './errors.ts';
import { leafHash, verifyInclusion } from './merkle.ts';
import type { NoteVerifier } from './note.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

export interface TlogProof {
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The checkpoint file, verbatim. */
  readonly checkpoint: string;
}

/** Text of a `.tlog-proof` file. */
export function formatTlogProof({ index, proof, checkpoint }: TlogProof): string {
  const hashes = proof.map((hash) => encodeBytes(hash, 'base64'));
  return [HEADER, `index ${index}`, ...hashes, '', checkpoint].join('\n');
}

/** The parts of a `.tlog-proof` file, unverified. An `extra` line is skipped. */
export function parseTlogProof(text: string): TlogProof {
  const blank = text.indexOf('\n\n');
  const lines = blank < 0 ? [] : text.slice(0, blank).split('\n');
  if (lines[1]?.startsWith('extra ') === true) lines.splice(1, 1);
  const [header, indexLine, ...hashes] = lines;
  const indexText = /^index (0|[1-9]\d*)$/.exec(indexLine ?? '')?.[1];
  if (header !== HEADER || indexText === undefined) {
    throw new EvidenceError(
      'evidence.proof_invalid',
      `couldn't read the proof: it does not start with "${HEADER}" and an index line`,
    );
  }
  return {
    index: Number(indexText),
    proof: hashes.map((hash) => decodeBytes(hash, 'base64', 'a hash of the proof')),
    checkpoint: text.slice(blank + 2),
  };
}

/** The checkpoint that proves `entry`, or throws `evidence.proof_invalid` / a note error. */
export function verifyTlogProof(
  text: string,
  entry: Uint8Array,
  verifier: NoteVerifier,
): Checkpoint {
  const { index, proof, checkpoint } = parseTlogProof(text);
  const head = openCheckpoint(encodeText(checkpoint), verifier);
  if (!verifyInclusion({ leaf: leafHash(entry), index, size: head.size, root: head.root, proof })) {
    throw new EvidenceError(
      'evidence.proof_invalid',
      `couldn't prove the entry: it is not entry ${index} of the log of ${head.size} entries that was signed`,
    );
  }
  return head;
}
