// JSON read so that nothing is lost: numbers keep their digits (a card number is longer than a double is exact), a key
// that comes twice gives both values, and a cut tail gives what was complete before it. JSON.parse does none of the three.
import { toByteText, type ByteText } from './byte-text.ts';
import { spendValue, type Container, type Node, type Reading } from './value-tree.ts';

type Cursor = {
  readonly text: ByteText;
  at: number;
  depth: number;
  going: boolean;
  readonly reading: Reading;
};

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const BLANKS = /[ \t\r\n]*/y;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The value the text starts with; `complete` when it ends with it. Null when not even its start is JSON. */
export function parseJson(
  text: ByteText,
  reading: Reading,
): { node: Node; complete: boolean; trailing: boolean } | null {
  const cursor: Cursor = {
    text,
    at: text.startsWith('\xef\xbb\xbf') ? 3 : 0,
    depth: 0,
    going: true,
    reading,
  };
  const node = readValue(cursor);
  if (node === undefined) return null;
  skipBlanks(cursor);
  const trailing = cursor.going && cursor.at < text.length;
  return { node, complete: cursor.going && !trailing, trailing };
}

function readValue(cursor: Cursor): Node | undefined {
  if (!spendValue(cursor.reading)) return stop(cursor);
  skipBlanks(cursor);
  switch (cursor.text[cursor.at]) {
    case '{':
      return readEntries(cursor, '}');
    case '[':
      return readEntries(cursor, ']');
    case '"':
      return readString(cursor);
    case 't':
      return readWord(cursor, 'true', '1');
    case 'f':
      return readWord(cursor, 'false', '');
    case 'n':
      return readWord(cursor, 'null', null);
    default:
      return readNumber(cursor);
  }
}

function stop<T>(cursor: Cursor): T | undefined {
  cursor.going = false;
  return undefined;
}

function skipBlanks(cursor: Cursor): void {
  if (cursor.text.charCodeAt(cursor.at) > 0x20) return;
  BLANKS.lastIndex = cursor.at;
  BLANKS.test(cursor.text);
  cursor.at = BLANKS.lastIndex;
}

function readWord<T extends Node>(cursor: Cursor, word: string, value: T): T | undefined {
  if (!cursor.text.startsWith(word, cursor.at)) return stop(cursor);
  cursor.at += word.length;
  return value;
}

function readNumber(cursor: Cursor): ByteText | undefined {
  NUMBER.lastIndex = cursor.at;
  const found = NUMBER.exec(cursor.text);
  // A number at the very end of a cut text may lack digits; whole texts that are a number have no container around them.
  if (found === null) return stop(cursor);
  cursor.at += found[0].length;
  if (cursor.at === cursor.text.length && cursor.depth > 0) return stop(cursor);
  return found[0];
}

function readEntries(cursor: Cursor, closing: '}' | ']'): Container {
  const entries: Container = { keys: [], items: [] };
  if (cursor.depth >= cursor.reading.maxDepth) {
    cursor.reading.tooDeep = true;
    cursor.going = false;
    return entries;
  }
  cursor.depth += 1;
  cursor.at += 1;
  skipBlanks(cursor);
  if (cursor.text[cursor.at] !== closing) {
    while (cursor.going) {
      if (!readEntry(cursor, entries, closing)) break;
      skipBlanks(cursor);
      const next = cursor.text[cursor.at];
      if (next === closing) break;
      if (next !== ',') stop(cursor);
      cursor.at += 1;
    }
  }
  if (cursor.going) cursor.at += 1;
  cursor.depth -= 1;
  return entries;
}

function readEntry(cursor: Cursor, entries: Container, closing: '}' | ']'): boolean {
  let key: ByteText | undefined = String(entries.items.length);
  if (closing === '}') {
    skipBlanks(cursor);
    key = cursor.text[cursor.at] === '"' ? readString(cursor) : stop(cursor);
    skipBlanks(cursor);
    if (key === undefined || !cursor.going || cursor.text[cursor.at] !== ':') {
      stop(cursor);
      return false;
    }
    cursor.at += 1;
  }
  const item = readValue(cursor);
  if (item === undefined) return false;
  entries.keys.push(key);
  entries.items.push(item);
  return true;
}

function readString(cursor: Cursor): ByteText | undefined {
  const { text } = cursor;
  const start = cursor.at + 1;
  let end = start;
  let escaped = false;
  for (;;) {
    const code = text.charCodeAt(end);
    if (Number.isNaN(code)) {
      cursor.at = text.length;
      return stop(cursor);
    }
    if (code === 0x5c) {
      escaped = true;
      end += 2;
      continue;
    }
    if (code === 0x22) {
      if (closesHere(text, end + 1)) break;
      cursor.reading.damaged = true;
    }
    end += 1;
  }
  cursor.at = end + 1;
  const inner = text.slice(start, end);
  return escaped ? unescape(inner) : inner;
}

/** A quote that is followed by no mark of JSON stands inside a text whose backslashes were taken away. */
function closesHere(text: ByteText, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 0x2c || code === 0x7d || code === 0x5d || code === 0x3a || Number.isNaN(code)) {
    return true;
  }
  if (code > 0x20) return false;
  BLANKS.lastIndex = at;
  BLANKS.test(text);
  const next = text.charCodeAt(BLANKS.lastIndex);
  return Number.isNaN(next) || next === 0x2c || next === 0x7d || next === 0x5d || next === 0x3a;
}

function unescape(inner: ByteText): ByteText {
  return inner.replace(
    /\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([^]))/g,
    (_all, high?: string, low?: string, one?: string, char?: string) => {
      if (high !== undefined && low !== undefined) {
        return toByteText(String.fromCharCode(parseInt(high, 16), parseInt(low, 16)));
      }
      if (one !== undefined) return toByteText(String.fromCharCode(parseInt(one, 16)));
      return ESCAPES[char ?? ''] ?? char ?? '';
    },
  );
}

/** Takes away the backslashes that WordPress adds before quotes and backslashes (wp_slash). */
export function stripSlashes(text: ByteText): ByteText {
  return text.replace(/\\([^])/g, '$1');
}
