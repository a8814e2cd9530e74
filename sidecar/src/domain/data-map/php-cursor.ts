// Where the reading of one serialized text stands, and the small tokens all values are made of.
import type { ByteText } from './byte-text.ts';
import type { Node, Reading } from './value-tree.ts';

export type PhpCursor = {
  readonly text: ByteText;
  at: number;
  depth: number;
  /** False once the rest cannot be understood. */
  going: boolean;
  /** Values by their number in `R:` and `r:`; undefined while one is still open. */
  readonly slots: (Node | undefined)[];
  readonly reading: Reading;
};

export function startPhp(text: ByteText, at: number, depth: number, reading: Reading): PhpCursor {
  return { text, at, depth, going: true, slots: [], reading };
}

/** Ends the reading; typed as "no value" of whatever was wanted. */
export function stop<T>(cursor: PhpCursor): T | undefined {
  cursor.going = false;
  return undefined;
}

/** A scalar's text after its tag and colon, up to the semicolon. */
export function readScalar(cursor: PhpCursor): ByteText | undefined {
  const { text } = cursor;
  const start = cursor.at + 2;
  // The longest number PHP writes has 25 characters; a semicolon further away belongs to something else.
  const limit = Math.min(text.length, start + 48);
  let end = start;
  while (end < limit && text.charCodeAt(end) !== 0x3b) end += 1;
  if (text.charCodeAt(cursor.at + 1) !== 0x3a || end === limit) return stop(cursor);
  cursor.at = end + 1;
  return text.slice(start, end);
}

/** A whole number two characters on, closed by `closing`; the cursor then stands behind it. */
export function readCount(cursor: PhpCursor, closing: ':"' | ':{' | ';'): number | undefined {
  const { text } = cursor;
  let at = cursor.at + 2;
  if (text.charCodeAt(at) === 0x2b) at += 1;
  let number = 0;
  const start = at;
  for (; at - start < 10; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    number = number * 10 + digit;
  }
  if (at === start || !text.startsWith(closing, at)) return undefined;
  cursor.at = at + closing.length;
  return number;
}

/** The name of a class or an enum's case; the cursor then stands on its closing quote. */
export function readName(cursor: PhpCursor): ByteText | undefined {
  if (readCount(cursor, ':"') === undefined) return undefined;
  const end = cursor.text.slice(cursor.at, cursor.at + 500).indexOf('"');
  if (end < 0) return undefined;
  const start = cursor.at;
  cursor.at += end;
  return cursor.text.slice(start, cursor.at);
}
