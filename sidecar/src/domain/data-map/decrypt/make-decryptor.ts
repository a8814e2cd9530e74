// A decryptor from its configuration. A MAC is compared in constant time and before anything is decrypted. Ciphers that
// cannot tell a wrong key by themselves (CBC, CTR) open only what comes out as text; noise counts as not opened.
import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { bytesOf } from '../byte-text.ts';
import type { Decryptor } from './decryptor.ts';
import type { CipherName, DecryptorSecrets, DecryptorSpec, PartName } from './decryptor-spec.ts';
import { deriveKey } from './derive-key.ts';
import { decryptorError } from './errors.ts';
import { takeParts, type PartLengths, type TakenParts } from './take-parts.ts';

const SIZES: Readonly<Record<CipherName, { key: number; iv: number }>> = {
  'aes-128-cbc': { key: 16, iv: 16 },
  'aes-256-cbc': { key: 32, iv: 16 },
  'aes-256-ctr': { key: 32, iv: 16 },
  'aes-256-gcm': { key: 32, iv: 12 },
  secretbox: { key: 32, iv: 24 },
};
const TAG_BYTES = 16;

/** Throws `decryptor.key_derivation`, `decryptor.key_length` or `decryptor.layout`; never names a key. */
export function makeDecryptor(
  name: string,
  spec: DecryptorSpec,
  secrets: DecryptorSecrets,
): Decryptor {
  const sizes = SIZES[spec.cipher];
  const ivBytes = spec.iv_bytes ?? sizes.iv;
  const key = derived(name, 'key', secrets.key, spec.key_derivation, sizes.key);
  const iv =
    secrets.iv === undefined ? null : derived(name, 'iv', secrets.iv, spec.iv_derivation, ivBytes);
  const macKey =
    spec.mac === undefined
      ? null
      : derived(name, 'mac key', secrets.mac_key ?? secrets.key, spec.mac.key_derivation, null);
  checkParts(name, spec, iv !== null);
  const lengths: PartLengths = {
    iv: ivBytes,
    nonce: ivBytes,
    tag: TAG_BYTES,
    mac: spec.mac?.hash === 'sha512' ? 64 : 32,
  };
  return {
    name,
    open: (value) => {
      const parts = takeParts(value, spec, lengths);
      if (parts === null) return null;
      if (macKey !== null && !hasRightMac(spec, parts, macKey)) return null;
      const used = parts.iv ?? parts.nonce;
      const start = used === undefined ? iv : bytesOf(used.bytes);
      const clear = start === null ? null : decrypt(spec, parts, key, start);
      if (clear === null) return null;
      if (spec.cipher !== 'aes-256-gcm' && spec.cipher !== 'secretbox' && macKey === null) {
        if (!isText(clear)) return null;
      }
      return secrets.suffix === undefined ? clear : withoutSuffix(clear, secrets.suffix);
    },
  };
}

function derived(
  name: string,
  what: string,
  secret: Uint8Array,
  steps: DecryptorSpec['key_derivation'],
  length: number | null,
): Buffer {
  const key = deriveKey(secret, steps, length);
  if (key === null) {
    throw decryptorError(
      name,
      'key_derivation',
      `the ${what} cannot be derived`,
      `The secret is empty, or not the base64 or hex that ${what === 'key' ? 'key_derivation' : 'its derivation'} says. Compare it with the plugin's own.`,
    );
  }
  if (length !== null && key.length !== length) {
    throw decryptorError(
      name,
      'key_length',
      `its ${what} has ${key.length} bytes and the cipher takes ${length}`,
      'Add the step that is missing to the derivation: base64 or hex when the secret is written so, sha256 when it is a passphrase, php_openssl when the plugin gave it to openssl_encrypt() as it is.',
    );
  }
  return key;
}

function checkParts(name: string, spec: DecryptorSpec, hasFixedIv: boolean): void {
  const named = Object.keys(spec.names) as PartName[];
  const parts = named.length > 0 ? named : spec.layout;
  const count = (...wanted: PartName[]) => parts.filter((part) => wanted.includes(part)).length;
  const wrong =
    count('ciphertext') !== 1
      ? 'it needs one ciphertext'
      : count('iv', 'nonce') + (hasFixedIv ? 1 : 0) !== 1
        ? 'it needs one iv (or nonce), in the value or configured'
        : count('tag') !== (spec.cipher === 'aes-256-gcm' ? 1 : 0)
          ? 'a tag belongs to aes-256-gcm, and to it alone'
          : count('mac') !== (spec.mac === undefined ? 0 : 1)
            ? 'a mac needs both its place and its settings'
            : spec.mac?.over.some((part) => part === 'mac' || !parts.includes(part)) === true
              ? 'the mac is over parts that the value does not have'
              : null;
  if (wrong === null) return;
  throw decryptorError(
    name,
    'layout',
    wrong,
    'List the parts in `layout` in the order they lie in, such as [iv, ciphertext], or name the JSON members in `names`.',
  );
}

function hasRightMac(spec: DecryptorSpec, parts: TakenParts, key: Buffer): boolean {
  if (spec.mac === undefined || parts.mac === undefined) return false;
  const hmac = createHmac(spec.mac.hash, key);
  for (const name of spec.mac.over) {
    const part = parts[name];
    if (part === undefined) return false;
    hmac.update(bytesOf(spec.mac.over_encoded ? part.written : part.bytes));
  }
  const should = hmac.digest();
  const is = bytesOf(parts.mac.bytes);
  return is.length === should.length && timingSafeEqual(is, should);
}

function decrypt(spec: DecryptorSpec, parts: TakenParts, key: Buffer, iv: Buffer): Buffer | null {
  const ciphertext = bytesOf(parts.ciphertext?.bytes ?? '');
  try {
    if (spec.cipher === 'secretbox') {
      return Buffer.from(xsalsa20poly1305(key, iv).decrypt(ciphertext));
    }
    if (spec.cipher === 'aes-256-gcm') {
      const decipher = createDecipheriv(spec.cipher, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(bytesOf(parts.tag?.bytes ?? ''));
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    }
    const decipher = createDecipheriv(spec.cipher, key, iv);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    // Whatever a cipher says (padding, tag, length) means one thing here: this key does not open this value.
    return null;
  }
}

function isText(clear: Buffer): boolean {
  // eslint-disable-next-line no-control-regex -- serialized objects hold NULs, so these are the controls no text has
  return isUtf8(clear) && !/[\x01-\x08\x0b\x0c\x0e-\x1f]/.test(clear.toString('latin1'));
}

function withoutSuffix(clear: Buffer, suffix: Uint8Array): Buffer | null {
  const cut = clear.length - suffix.length;
  if (cut < 0 || !clear.subarray(cut).equals(suffix)) return null;
  return clear.subarray(0, cut);
}
