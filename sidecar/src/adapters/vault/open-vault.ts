// Encryption of personal data in the ledger: AES-256-GCM under a data key per incident, wrapped by the master key.
// Erasing the wrapped key erases the people of that incident and leaves the proof valid (design.md section 4).
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  randomBytes,
  type CipherGCMTypes,
  type KeyObject,
} from 'node:crypto';
import { CodedError } from '../../domain/coded-error.ts';
import type { IncidentVault, Vault } from '../../use-cases/ports/vault.ts';

const CIPHER: CipherGCMTypes = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const AUTHENTICATED = { authTagLength: TAG_BYTES };
/** First byte of every sealed value, so that a later layout can be told apart. */
const LAYOUT = 1;

/** `masterKey`: 32 bytes from the environment or a key file. Subkeys are derived from it with HKDF-SHA256 (RFC 5869). */
export function openVault(input: { masterKey: Uint8Array }): Vault {
  if (input.masterKey.length !== 32) {
    throw new CodedError({
      code: 'vault.bad_master_key',
      category: 'invalid',
      message: `couldn't open the vault: the master key has ${input.masterKey.length} bytes`,
      detail: 'It must be 32 random bytes in base64. Make one with: tocsin init.',
    });
  }
  const wrapKey = subkey(input.masterKey, 'tocsin/wrap/v1');
  const subjectKey = subkey(input.masterKey, 'tocsin/subject/v1');
  return {
    createKey: () => sealBytes(wrapKey, randomBytes(32), 'incident-key'),
    unlock: (wrapped) => incidentVault(unwrap(wrapKey, wrapped)),
    subject: (email) => createHmac('sha256', subjectKey).update(foldEmail(email)).digest('hex'),
  };
}

function incidentVault(dataKey: Uint8Array): IncidentVault {
  const sealKey = subkey(dataKey, 'tocsin/seal/v1');
  const indexKey = subkey(dataKey, 'tocsin/index/v2').export().toString('hex');
  /**
   * SHA-256 over key and term, cut to half: what is cut away keeps anybody from extending a known one, so HMAC's second
   * pass would only cost. Six of these are made for every person of an audience; createHmac takes seven times as long.
   */
  const blind = (term: string): string => hash('sha256', `${indexKey}:${term}`).slice(0, 32);
  return {
    seal: (plaintext, context) => sealBytes(sealKey, plaintext, context),
    open: (sealed, context) => openBytes(sealKey, sealed, context).toString('utf8'),
    blind,
    index: (term) => new Uint8Array(Buffer.from(blind(term), 'hex')),
  };
}

function unwrap(wrapKey: KeyObject, wrapped: Uint8Array): Uint8Array {
  try {
    return openBytes(wrapKey, wrapped, 'incident-key');
  } catch (cause) {
    throw new CodedError({
      code: 'vault.wrong_master_key',
      category: 'unavailable',
      message: "couldn't unlock this incident: the master key is not the one it was made with",
      detail:
        'Start the sidecar with the master key that was in use when the incident was declared.',
      cause,
    });
  }
}

/** A key object, not bytes: those would be wrapped anew for every person, which costs five times the encryption. */
function subkey(key: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), purpose, 32)));
}

function foldEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

let nonces = randomBytes(0);
let noncesUsed = 0;

/** Random, drawn by the thousand: asking the operating system each time costs as much as the encryption. */
function nextNonce(): Buffer {
  if (noncesUsed >= nonces.length) {
    nonces = randomBytes(NONCE_BYTES * 1_024);
    noncesUsed = 0;
  }
  noncesUsed += NONCE_BYTES;
  return nonces.subarray(noncesUsed - NONCE_BYTES, noncesUsed);
}

function sealBytes(key: KeyObject, plaintext: string | Uint8Array, context: string): Uint8Array {
  const nonce = nextNonce();
  const cipher = createCipheriv(CIPHER, key, nonce, AUTHENTICATED);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const body =
    typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  cipher.final();
  // Out of memory that is shared out in small pieces: one of its own for each person takes longer to get than to fill.
  const sealed = Buffer.allocUnsafe(1 + NONCE_BYTES + body.length + TAG_BYTES);
  sealed[0] = LAYOUT;
  sealed.set(nonce, 1);
  sealed.set(body, 1 + NONCE_BYTES);
  sealed.set(cipher.getAuthTag(), 1 + NONCE_BYTES + body.length);
  return sealed;
}

function openBytes(key: KeyObject, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] !== LAYOUT || bytes.length < 1 + NONCE_BYTES + TAG_BYTES) throw cannotOpen();
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(1, 1 + NONCE_BYTES), AUTHENTICATED);
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(1 + NONCE_BYTES, bytes.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw cannotOpen(cause);
  }
}

function cannotOpen(cause?: unknown): CodedError {
  return new CodedError({
    code: 'vault.cannot_open',
    category: 'internal',
    message: "couldn't open a sealed value: wrong key, another row's value, or changed bytes",
    detail: 'Restore the ledger from a backup; run tocsin doctor.',
    cause,
  });
}
