// One entry of the setting `decryptors`: a cipher with its layout and where its secrets are, or a module.
import { z } from 'zod';

const hash = z.enum(['md5', 'sha1', 'sha256', 'sha512']);
const bytes = z.int().min(1).max(128);
const text = z.string().max(500);

/** Either the name of an environment variable or a file that others may not read. */
const SecretPlace = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }),
  z.strictObject({ file: z.string().min(1) }),
]);
export type SecretPlace = z.infer<typeof SecretPlace>;

const KeyStep = z.union([
  z.enum([
    'base64',
    'hex',
    'md5',
    'md5_hex',
    'sha1',
    'sha1_hex',
    'sha256',
    'sha256_hex',
    'sha512',
    'sha512_hex',
    'php_openssl',
  ]),
  z.strictObject({ prepend: text }),
  z.strictObject({ append: text }),
  z.strictObject({ first: bytes }),
  z.strictObject({ skip: bytes }),
  z.strictObject({ hmac: hash, text }),
  z.strictObject({ hkdf: hash, salt: text.default(''), info: text.default(''), bytes }),
  z.strictObject({ pbkdf2: hash, salt: text, iterations: z.int().min(1).max(10_000_000), bytes }),
]);

const part = z.enum(['iv', 'nonce', 'tag', 'mac', 'ciphertext']);
const partEncoding = z.enum(['raw', 'base64', 'hex']);
const steps = z.array(KeyStep).max(10).default([]);

const CipherDecryptor = z.strictObject({
  cipher: z.enum(['aes-128-cbc', 'aes-256-cbc', 'aes-256-ctr', 'aes-256-gcm', 'secretbox']),
  prefix: z.string().max(60).default(''),
  encoding: partEncoding.default('base64'),
  layout: z.array(part).max(5).default([]),
  separator: z.string().max(20).default(''),
  names: z.partialRecord(part, z.string().min(1).max(100)).default({}),
  part_encodings: z
    .partialRecord(
      part,
      z.union([
        z.array(partEncoding).min(1).max(3),
        partEncoding.transform((encoding) => [encoding]),
      ]),
    )
    .default({}),
  iv_bytes: z.int().min(8).max(32).optional(),
  key: SecretPlace,
  key_derivation: steps,
  iv: SecretPlace.optional(),
  iv_derivation: steps,
  suffix: SecretPlace.optional(),
  mac: z
    .strictObject({
      hash: z.enum(['sha256', 'sha512']),
      over: z.array(part).min(1).max(4),
      over_encoded: z.boolean().default(false),
      key: SecretPlace.optional(),
      key_derivation: steps,
    })
    .optional(),
});

const ModuleDecryptor = z.strictObject({ module: z.string().min(1) });

/** Which of the two it is, is told by `module` alone, so that a mistake is named at its field and not as "neither". */
const Decryptor = z.unknown().transform((value, context) => {
  const isModule = typeof value === 'object' && value !== null && 'module' in value;
  const parsed = isModule ? ModuleDecryptor.safeParse(value) : CipherDecryptor.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
  }
  return z.NEVER;
});

export const DecryptorSettings = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  Decryptor,
);
export type DecryptorSettings = z.infer<typeof DecryptorSettings>;
