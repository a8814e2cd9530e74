// Keys of signed requests in the form of Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes.
import { CodedError } from '../../domain/coded-error.ts';
import { tryDecodeBytes } from '../../domain/evidence/encoding.ts';

/** Throws `config.bad_signing_key`; `what` names the setting, the key is never repeated. */
export function parseSigningKey(text: string, what: string): Uint8Array {
  const match = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text);
  const bytes = match?.[1] === undefined ? undefined : tryDecodeBytes(match[1], 'base64');
  if (bytes === undefined || bytes.length < 24 || bytes.length > 64) {
    throw new CodedError({
      code: 'config.bad_signing_key',
      category: 'invalid',
      message: `couldn't use ${what}: it is not a signing key`,
      detail:
        'Needed: whsec_ followed by base64 of 24 to 64 random bytes. Make one with: tocsin init.',
    });
  }
  return bytes;
}
