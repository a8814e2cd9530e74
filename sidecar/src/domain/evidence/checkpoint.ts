/**
 * C2SP checkpoints: a signed note of origin, tree size and root. Whoever keeps one can show later
 * that the log they are given is, or is not, a continuation of it.
 * https://c2sp.org/tlog-checkpoint@v1.0.0
 */
import { decodeBytes, encodeBytes } from './encoding.ts';
import { EvidenceError } from './errors.ts';
import { HASH_SIZE } from './merkle.ts';
import { openNote, signNote } from './note.ts';
import type { NoteSigner, NoteVerifier } from './note.ts';

export interface TreeHead {
  /** Number of entries. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

export interface Checkpoint extends TreeHead {
  readonly origin: string;
  readonly unknownSignatures: number;
}

/** The checkpoint file of a tree head. The origin is the signer's name. */
export function signCheckpoint({ size, root }: TreeHead, signer: NoteSigner): string {
  return signNote(`${signer.name}\n${size}\n${encodeBytes(root, 'base64')}\n`, signer);
}

/** The checkpoint in these bytes, if `verifier` signed it for its own origin; else throws. */
export function openCheckpoint(bytes: Uint8Array, verifier: NoteVerifier): Checkpoint {
  const { text, unknownSignatures } = openNote(bytes, verifier);
  const [origin, sizeText, rootText, end, ...more] = text.split('\n');
  const size = Number(sizeText);
  if (
    end !== '' ||
    more.length > 0 ||
    rootText === undefined ||
    !/^(0|[1-9]\d*)$/.test(sizeText ?? '')
  ) {
    throw new EvidenceError(
      'evidence.note_invalid',
      "couldn't read the checkpoint: it is not the three lines origin, size and root (this format has no extension lines)",
    );
  }
  const root = decodeBytes(rootText, 'base64', "the checkpoint's root");
  if (origin !== verifier.name || !Number.isSafeInteger(size) || root.length !== HASH_SIZE) {
    throw new EvidenceError(
      'evidence.note_invalid',
      `couldn't read the checkpoint: its origin is not ${verifier.name}, or its size or root is out of range`,
    );
  }
  return { origin, size, root, unknownSignatures };
}
