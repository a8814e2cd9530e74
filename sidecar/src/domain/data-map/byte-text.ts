// Text as one character per byte. PHP counts bytes, and one value can hold strings of several encodings, so values are
// taken apart in this form and turned into Unicode leaf by leaf: decoding the whole first would spoil lengths and good leaves.
import { isUtf8 } from 'node:buffer';

/** A string whose characters are all below U+0100, each standing for one byte. */
export type ByteText = string;

/** What windows-1252, MySQL's `latin1`, has at 0x80 to 0x9F; bytes it leaves open stand for themselves, as in MySQL. */
const CP1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** True when no character is above U+007F. */
export function isAscii(text: string): boolean {
  if (text.length > 40) return Buffer.byteLength(text, 'utf8') === text.length;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0x7f) return false;
  }
  return true;
}

/** Bytes of a column, or the UTF-8 bytes of a text. */
export function toByteText(raw: string | Uint8Array): ByteText {
  if (typeof raw !== 'string') {
    return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
  }
  return isAscii(raw) ? raw : Buffer.from(raw, 'utf8').toString('latin1');
}

/** The bytes again. */
export function bytesOf(text: ByteText): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Unicode text of bytes: UTF-8, and windows-1252 where they are not UTF-8 (`latin1` is then true). Never throws. */
export function readText(text: ByteText): { text: string; latin1: boolean } {
  if (isAscii(text)) return { text, latin1: false };
  const bytes = bytesOf(text);
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), latin1: false };
  return {
    text: text.replace(/[\u0080-\u009f]/g, (char) => CP1252[char.charCodeAt(0) - 0x80] ?? char),
    latin1: true,
  };
}

/**
 * Undoes a table's wrong character set: UTF-8 that was taken for windows-1252 and written as UTF-8 again (`Ã©` for `é`).
 * Null when the bytes are no such text.
 */
export function undoDoubleUtf8(text: ByteText): ByteText | null {
  const bytes = bytesOf(text);
  if (!isUtf8(bytes)) return null;
  let single = '';
  for (const char of bytes.toString('utf8')) {
    const code = char.charCodeAt(0);
    const place = code < 0x100 ? -1 : CP1252.indexOf(char);
    if (code >= 0x100 && place < 0) return null;
    single += place < 0 ? char : String.fromCharCode(0x80 + place);
  }
  return isUtf8(bytesOf(single)) ? single : null;
}
