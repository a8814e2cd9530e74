// Base64 as plugins write it, and when a word is base64 rather than a word.
import { isUtf8 } from 'node:buffer';
import { bytesOf, type ByteText } from './byte-text.ts';

const LEAST_CHARACTERS = 16;
/** Eleven random bytes are printable by chance once in 50,000; a shop has more tokens than that, so text must be this long. */
const LEAST_PRINTABLE = 16;
const SHAPE = /^[A-Za-z0-9+/]+={0,2}$/;

/** The bytes, or null when the text is not base64 through and through. Line breaks are allowed, padding may be missing. */
export function fromBase64(text: ByteText): ByteText | null {
  const dense = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  if (!SHAPE.test(dense)) return null;
  const bare = dense.replace(/=+$/, '');
  if (bare.length % 4 === 1) return null;
  return Buffer.from(bare, 'base64').toString('latin1');
}

/** True when the text may be base64 by its shape alone: cheap, and asked of millions of values. */
export function hasBase64Shape(text: string): boolean {
  return (
    text.length >= LEAST_CHARACTERS &&
    text.length % 4 === 0 &&
    isBase64Character(text.charCodeAt(0)) &&
    SHAPE.test(text)
  );
}

function isBase64Character(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x2f && code <= 0x39) ||
    code === 0x2b
  );
}

/** True for UTF-8 text without control characters and long enough not to be so by chance. */
export function isTellingText(text: ByteText): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (text.length < LEAST_PRINTABLE || /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text)) return false;
  return isUtf8(bytesOf(text));
}
