// What can be wrong with a decryptor of the configuration. Never holds a key or a part of one.
import { CodedError } from '../../coded-error.ts';

/** `detail` says what is allowed and what to do. */
export function decryptorError(
  name: string,
  problem: 'key_length' | 'key_derivation' | 'layout',
  message: string,
  detail: string,
): CodedError {
  return new CodedError({
    code: `decryptor.${problem}`,
    category: 'invalid',
    message: `couldn't make the decryptor ${name}: ${message}`,
    detail,
    context: { decryptor: name },
  });
}
