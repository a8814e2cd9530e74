/**
 * C2SP signed notes with Ed25519 keys: text, blank line, signature lines. Lines of keys we do not
 * know are skipped, as the spec asks, so that witnesses can cosign a checkpoint later.
 * https://c2sp.org/signed-note@v1.0.0
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { encodeBytes, encodeText, equalBytes, tryDecodeBytes, tryDecodeText } from './encoding.ts';
import { EvidenceError } from './errors.ts';

/** Signature type byte of Ed25519. */
const ED25519 = 1;
/** DER around a 32-byte Ed25519 seed (PKCS #8) and a 32-byte public key (SPKI), RFC 8410. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
/** The spec asks for at least 16; a note with more than this is refused unread. */
const MAX_SIGNATURES = 64;
const MAX_NOTE_BYTES = 1_000_000;

export interface NoteVerifier {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
  readonly keyId: Uint8Array;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface NoteSigner extends NoteVerifier {
  sign(text: Uint8Array): Uint8Array;
}

export interface OpenedNote {
  /** The signed text, with its last newline. */
  readonly text: string;
  /** Signature lines of other keys, skipped. */
  readonly unknownSignatures: number;
}

/** A key name is not empty and holds no space, plus or control character. */
export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Cc}\p{Z}]+$/u.test(name) && name.isWellFormed();
}

function requireKeyName(name: string): void {
  if (!isKeyName(name)) {
    throw new EvidenceError(
      'evidence.key_invalid',
      "couldn't use a key name: it must not be empty and must not hold spaces, plus signs or control characters (use the log's origin, such as shop.example/tocsin)",
    );
  }
}

/** The four-byte key id of an Ed25519 key under a name. */
export function ed25519KeyId(name: string, publicKey: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(ED25519))
    .update(publicKey)
    .digest()
    .subarray(0, 4);
}

function makeVerifier(name: string, publicKey: Uint8Array): NoteVerifier {
  return { name, keyId: ed25519KeyId(name, publicKey), publicKey };
}

/** `name+hex(key id)+base64(0x01 ‖ public key)`. */
export function formatVkey({ name, keyId, publicKey }: NoteVerifier): string {
  const key = Buffer.concat([Uint8Array.of(ED25519), publicKey]);
  return `${name}+${encodeBytes(keyId, 'hex')}+${encodeBytes(key, 'base64')}`;
}

/** The verifier of a vkey; throws `evidence.key_invalid` for anything but a well-formed Ed25519 one. */
export function parseVkey(vkey: string): NoteVerifier {
  const [, name, idText, keyText] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  const key = keyText === undefined ? undefined : tryDecodeBytes(keyText, 'base64');
  if (name === undefined || !isKeyName(name) || key === undefined || key.length !== 33) {
    throw new EvidenceError(
      'evidence.key_invalid',
      "couldn't read the verifier key: it is not name+hex+base64 of an Ed25519 key (copy the one line of log.vkey)",
    );
  }
  const verifier = makeVerifier(name, key.subarray(1));
  if (key[0] !== ED25519 || encodeBytes(verifier.keyId, 'hex') !== idText) {
    throw new EvidenceError(
      'evidence.key_invalid',
      `couldn't read the verifier key of ${name}: its key id does not belong to its key, or it is not Ed25519`,
    );
  }
  return verifier;
}

/** A signer from a 32-byte Ed25519 seed. */
export function makeNoteSigner(name: string, seed: Uint8Array): NoteSigner {
  requireKeyName(name);
  if (seed.length !== 32) {
    throw new EvidenceError(
      'evidence.key_invalid',
      `couldn't use the signing key: its seed has ${seed.length} bytes (allowed: 32)`,
    );
  }
  const privateKey: KeyObject = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    ...makeVerifier(name, new Uint8Array(spki.subarray(SPKI_PREFIX.length))),
    sign: (text) => sign(null, text, privateKey),
  };
}

/** The signing key as one line: `PRIVATE+KEY+name+hex+base64(0x01 ‖ seed)`, as Go's sumdb/note has it. */
export function formatSigningKey(name: string, seed: Uint8Array): string {
  const { keyId } = makeNoteSigner(name, seed);
  const key = Buffer.concat([Uint8Array.of(ED25519), seed]);
  return `PRIVATE+KEY+${name}+${encodeBytes(keyId, 'hex')}+${encodeBytes(key, 'base64')}`;
}

/** The signer of `formatSigningKey`'s line. The error never repeats the line. */
export function parseSigningKey(line: string): NoteSigner {
  const [, name, idText, keyText] =
    /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  const key = keyText === undefined ? undefined : tryDecodeBytes(keyText, 'base64');
  if (name === undefined || key === undefined || key.length !== 33 || key[0] !== ED25519) {
    throw new EvidenceError(
      'evidence.key_invalid',
      "couldn't read the signing key: it is not one PRIVATE+KEY line of an Ed25519 key (make one with createSigningKey)",
    );
  }
  const signer = makeNoteSigner(name, key.subarray(1));
  if (encodeBytes(signer.keyId, 'hex') !== idText) {
    throw new EvidenceError(
      'evidence.key_invalid',
      `couldn't read the signing key of ${name}: its key id does not belong to its key`,
    );
  }
  return signer;
}

/** The note of `text` (must end in a newline) with one signature. Ed25519 makes it deterministic. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!text.endsWith('\n') || /[^\P{Cc}\n]/u.test(text)) {
    throw new EvidenceError(
      'evidence.note_invalid',
      "couldn't sign a note: its text must end in a newline and hold no control character",
    );
  }
  const signature = Buffer.concat([signer.keyId, signer.sign(encodeText(text))]);
  return `${text}\n— ${signer.name} ${encodeBytes(signature, 'base64')}\n`;
}

interface SignatureLine {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

function parseSignatureLine(line: string): SignatureLine {
  const [, name, text] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = text === undefined ? undefined : tryDecodeBytes(text, 'base64');
  if (name === undefined || !isKeyName(name) || bytes === undefined || bytes.length < 5) {
    throw new EvidenceError(
      'evidence.note_invalid',
      "couldn't read the note: a signature line is malformed",
    );
  }
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function splitNote(bytes: Uint8Array): { text: string; signatures: SignatureLine[] } {
  const note = bytes.length > MAX_NOTE_BYTES ? undefined : tryDecodeText(bytes);
  const blank = note === undefined ? -1 : note.lastIndexOf('\n\n');

  if (
    note === undefined ||
    blank < 0 ||
    !note.endsWith('\n') ||
    // eslint-disable-next-line no-control-regex -- a note may not hold control characters but line feeds
    /[\x00-\x09\x0b-\x1f]/.test(note)
  ) {
    throw new EvidenceError(
      'evidence.note_invalid',
      "couldn't read the note: it is not text, a blank line and signature lines in UTF-8",
    );
  }
  const lines = note.slice(blank + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) {
    throw new EvidenceError(
      'evidence.note_invalid',
      `couldn't read the note: it has ${lines.length} signatures (allowed: ${MAX_SIGNATURES})`,
    );
  }
  return { text: note.slice(0, blank + 1), signatures: lines.map(parseSignatureLine) };
}

function isSignedBy(text: string, signature: Uint8Array, verifier: NoteVerifier): boolean {
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, verifier.publicKey]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, encodeText(text), key, signature);
}

/**
 * The text of a note that `verifier` signed. Throws `evidence.note_invalid` for a malformed note or
 * a wrong signature, `evidence.note_unsigned` when no line is of this key.
 */
export function openNote(bytes: Uint8Array, verifier: NoteVerifier): OpenedNote {
  const { text, signatures } = splitNote(bytes);
  const known = signatures.filter(
    (line) => line.name === verifier.name && equalBytes(line.keyId, verifier.keyId),
  );
  if (known.length === 0) {
    throw new EvidenceError(
      'evidence.note_unsigned',
      `couldn't trust the note: no signature line is of the key ${verifier.name}+${encodeBytes(verifier.keyId, 'hex')}`,
    );
  }
  if (!known.every((line) => isSignedBy(text, line.signature, verifier))) {
    throw new EvidenceError(
      'evidence.note_invalid',
      `couldn't trust the note: the signature of ${verifier.name} is not over this text`,
    );
  }
  return { text, unknownSignatures: signatures.length - known.length };
}
