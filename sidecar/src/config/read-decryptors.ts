// Secrets of the decryptors, from the environment or from files that others may not read.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConfiguredDecryptor } from '../domain/data-map/decrypt/decryptor-spec.ts';
import type { DecryptorSettings, SecretPlace } from './decryptor-schema.ts';

type Problem = { pointer: string; message: string };

/** Adds to `problems` what is missing or open to others; never repeats a secret. */
export function readDecryptors(
  settings: DecryptorSettings,
  env: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
): Readonly<Record<string, ConfiguredDecryptor>> {
  const read = (pointer: string, place: SecretPlace): Uint8Array => {
    const secret = 'env' in place ? fromEnvironment(env[place.env]) : fromFile(place.file);
    if (typeof secret !== 'string') return secret;
    const where = 'env' in place ? `the environment variable ${place.env}` : place.file;
    problems.push({ pointer, message: `${where} ${secret}` });
    return new Uint8Array();
  };
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]): [string, ConfiguredDecryptor] => {
      if ('module' in setting) {
        return [name, { kind: 'module', module: resolve(setting.module) }];
      }
      const { key, iv, suffix, mac, ...spec } = setting;
      const at = (field: string) => `decryptors.${name}.${field}`;
      const { key: macKey, ...macSpec } = mac ?? { key: undefined };
      return [
        name,
        {
          kind: 'cipher',
          spec: { ...spec, ...('hash' in macSpec ? { mac: macSpec } : {}) },
          secrets: {
            key: read(at('key'), key),
            ...(iv === undefined ? {} : { iv: read(at('iv'), iv) }),
            ...(suffix === undefined ? {} : { suffix: read(at('suffix'), suffix) }),
            ...(macKey === undefined ? {} : { mac_key: read(at('mac.key'), macKey) }),
          },
        },
      ];
    }),
  );
}

/** The secret, or what is wrong with it. Blanks at its ends are kept: WordPress makes salts that have some. */
function fromEnvironment(value: string | undefined): Uint8Array | string {
  return value === undefined || value === '' ? 'is not set' : Buffer.from(value, 'utf8');
}

function fromFile(file: string): Uint8Array | string {
  try {
    if ((statSync(file).mode & 0o077) !== 0) {
      return `can be read by others; run: chmod 600 ${file}`;
    }
    const bytes = readFileSync(file);
    // One line end is the editor's, not the key's; a key of raw bytes has no use for this rule only if it ends so by chance.
    const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? -2 : -1) : bytes.length;
    const secret = bytes.subarray(0, end);
    return secret.length === 0 ? 'is empty' : secret;
  } catch {
    return 'cannot be read';
  }
}
