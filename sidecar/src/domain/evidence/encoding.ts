/**
 * Strict text encodings of bytes. Node's own decoders skip what they do not know; here a text that
 * is not the one spelling of its bytes is refused, so a changed character is always a changed value.
 */
import { EvidenceError } from './errors.ts';

export type TextEncodingName = 'base64' | 'base64url' | 'hex';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text in one of the three encodings (base64 with padding, base64url without). */
export function encodeBytes(bytes: Uint8Array, encoding: TextEncodingName): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
}

/** Bytes of a text, or `undefined` when the text is not exactly what `encodeBytes` would print. */
export function tryDecodeBytes(text: string, encoding: TextEncodingName): Uint8Array | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? new Uint8Array(bytes) : undefined;
}

/** As `tryDecodeBytes`, but throws `evidence.encoding`. `what` names the field, not its value. */
export function decodeBytes(text: string, encoding: TextEncodingName, what: string): Uint8Array {
  const bytes = tryDecodeBytes(text, encoding);
  if (bytes === undefined) {
    throw new EvidenceError(
      'evidence.encoding',
      `couldn't read ${what}: it is not strict ${encoding}`,
    );
  }
  return bytes;
}

/** UTF-8 text of bytes, or `undefined` when they are not UTF-8. A byte order mark is kept. */
export function tryDecodeText(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-8 bytes of a text. */
export function encodeText(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** True when both hold the same bytes. For public values only: not constant in time. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
