// From the secret of the configuration to the bytes a cipher takes, in the ways that plugins do it.
import { createHash, createHmac, hkdfSync, pbkdf2Sync } from 'node:crypto';
import { fromBase64 } from '../base64-text.ts';
import { bytesOf } from '../byte-text.ts';
import type { HashName, KeyStep } from './decryptor-spec.ts';

/**
 * Null when a step cannot be taken: the secret is not the base64 or hex it should be, or has no bytes left.
 * `length` is the cipher's key length, for `php_openssl`; null where any length does.
 */
export function deriveKey(
  secret: Uint8Array,
  steps: readonly KeyStep[],
  length: number | null,
): Buffer | null {
  let key: Buffer | null = Buffer.from(secret);
  for (const step of steps) {
    key = deriveStep(key, step, length);
    if (key === null || key.length === 0) return null;
  }
  return key;
}

function deriveStep(key: Buffer, step: KeyStep, length: number | null): Buffer | null {
  if (typeof step === 'string') return deriveNamed(key, step, length);
  if ('prepend' in step) return Buffer.concat([Buffer.from(step.prepend, 'utf8'), key]);
  if ('append' in step) return Buffer.concat([key, Buffer.from(step.append, 'utf8')]);
  if ('first' in step) return key.subarray(0, step.first);
  if ('skip' in step) return key.subarray(step.skip);
  if ('hmac' in step) return createHmac(step.hmac, key).update(step.text, 'utf8').digest();
  if ('hkdf' in step) {
    return Buffer.from(hkdfSync(step.hkdf, key, step.salt, step.info, step.bytes));
  }
  return pbkdf2Sync(key, step.salt, step.iterations, step.bytes, step.pbkdf2);
}

function deriveNamed(
  key: Buffer,
  step: Extract<KeyStep, string>,
  length: number | null,
): Buffer | null {
  switch (step) {
    case 'base64': {
      const decoded = fromBase64(key.toString('latin1'));
      return decoded === null ? null : bytesOf(decoded);
    }
    case 'hex': {
      const text = key.toString('latin1').trim();
      return /^(?:[0-9a-fA-F]{2})+$/.test(text) ? Buffer.from(text, 'hex') : null;
    }
    case 'php_openssl': {
      if (length === null) return key;
      const fitted = Buffer.alloc(length);
      key.copy(fitted);
      return fitted;
    }
    case 'md5':
    case 'sha1':
    case 'sha256':
    case 'sha512':
      return createHash(step).update(key).digest();
    case 'md5_hex':
    case 'sha1_hex':
    case 'sha256_hex':
    case 'sha512_hex':
      return Buffer.from(createHash(hashOf(step)).update(key).digest('hex'), 'latin1');
  }
}

function hashOf(step: `${HashName}_hex`): string {
  return step.slice(0, -'_hex'.length);
}
