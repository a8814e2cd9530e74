// PHP's serialize() read as data. No class is ever made, whatever the text names. A cut tail gives what was complete before
// it; a length that does not fit (text converted or replaced after it was serialized) is mended by the text's own shape.
import { undoDoubleUtf8, type ByteText } from './byte-text.ts';
import { readCount, readName, readScalar, startPhp, stop, type PhpCursor } from './php-cursor.ts';
import { spendValue, takeMarks, type Container, type Node, type Reading } from './value-tree.ts';

/** First characters of a serialized value; what follows must still be parsed. */
export const PHP_SHAPE =
  /^(?:a:\d+:\{|[OC]:\+?\d+:"|[sSE]:\d+:"|[id]:[-+0-9.INF]|b:[01];|N;|[Rr]:\d)/;

/** Where a serialized value can start after a string's end. */
const NEXT_TOKEN = /[aOsSCEbidRr]:|N;|\}/y;
const MENDS_PER_VALUE = 65_536;

/**
 * The value at the start of the text and the place after it. Null when not even its first token can be read.
 * What went wrong is added to `reading`.
 */
export function parsePhp(
  text: ByteText,
  reading: Reading,
): { node: Node; end: number; complete: boolean } | null {
  const cursor = startPhp(text, 0, 0, reading);
  const node = readValue(cursor);
  if (node === undefined) return null;
  if (!cursor.going) reading.cut = true;
  return { node, end: cursor.at, complete: cursor.going };
}

/** Undefined when there is no value to be had at the cursor; `going` is false then. */
function readValue(cursor: PhpCursor): Node | undefined {
  if (!spendValue(cursor.reading)) return stop(cursor);
  const tag = cursor.text[cursor.at];
  if (tag === 'R') return readReference(cursor);
  const slot = cursor.slots.push(undefined) - 1;
  const node = readTagged(cursor, tag);
  cursor.slots[slot] = node;
  return node;
}

function readTagged(cursor: PhpCursor, tag: string | undefined): Node | undefined {
  switch (tag) {
    case 's':
      return readString(cursor);
    case 'i':
    case 'd':
      return readScalar(cursor);
    case 'b':
      return readScalar(cursor) === '1' ? '1' : cursor.going ? '' : undefined;
    case 'N':
      return cursor.text[cursor.at + 1] === ';' ? ((cursor.at += 2), null) : stop(cursor);
    case 'a':
      return readCount(cursor, ':{') === undefined ? stop(cursor) : readEntries(cursor);
    case 'O':
      return readName(cursor) === undefined || readCount(cursor, ':{') === undefined
        ? stop(cursor)
        : readEntries(cursor);
    case 'C':
      return readCustom(cursor);
    case 'E':
      return readEnum(cursor);
    case 'S':
      return readEscapedString(cursor);
    case 'r':
      return readReference(cursor);
    default:
      return stop(cursor);
  }
}

function readString(cursor: PhpCursor): ByteText | undefined {
  const length = readCount(cursor, ':"');
  if (length === undefined) return stop(cursor);
  const { text, at: start } = cursor;
  const end = start + length;
  if (text.charCodeAt(end) === 0x22 && text.charCodeAt(end + 1) === 0x3b) {
    cursor.at = end + 2;
    return text.slice(start, end);
  }
  return mendString(cursor, start, length);
}

/** A string whose length does not lead to `";`: its end is looked for, first by what it holds, then by what follows it. */
function mendString(cursor: PhpCursor, start: number, length: number): ByteText | undefined {
  const { text, reading } = cursor;
  const holdsPhp = PHP_SHAPE.test(text.slice(start, start + 32));
  let end = holdsPhp ? endOfNested(cursor, start) : -1;
  if (end < 0 && holdsPhp && start + length >= text.length) end = text.length;
  if (end < 0) end = findClosing(cursor, start);
  if (end < 0 || end >= text.length) {
    stop(cursor);
    cursor.at = text.length;
    // A nested value is worth having without its tail; half an address is not.
    const opens = holdsPhp || text[start] === '{' || text[start] === '[';
    return opens && start < text.length ? text.slice(start) : undefined;
  }
  reading.damaged = true;
  cursor.at = end + 2;
  const found = text.slice(start, end);
  const single = found.length > length ? undoDoubleUtf8(found) : null;
  return single?.length === length ? single : found;
}

function endOfNested(cursor: PhpCursor, start: number): number {
  const { text, reading } = cursor;
  reading.search -= text.length - start;
  if (reading.search < 0 || cursor.depth >= reading.maxDepth) return -1;
  const marks = takeMarks(reading);
  const nested = startPhp(text, start, cursor.depth + 1, reading);
  const ended = readValue(nested) !== undefined && nested.going;
  // What this look finds wrong is found again when the string itself is opened.
  Object.assign(reading, marks);
  return ended && text.startsWith('";', nested.at) ? nested.at : -1;
}

function findClosing(cursor: PhpCursor, start: number): number {
  const { text, reading } = cursor;
  let from = start;
  for (let tries = 0; tries < MENDS_PER_VALUE; tries += 1) {
    const end = text.indexOf('";', from);
    reading.search -= (end < 0 ? text.length : end) - from + 1;
    if (end < 0 || reading.search < 0) return -1;
    NEXT_TOKEN.lastIndex = end + 2;
    if (end + 2 >= text.length || NEXT_TOKEN.test(text)) return end;
    from = end + 1;
  }
  return -1;
}

/** `S:`: bytes written as `\xx`. */
function readEscapedString(cursor: PhpCursor): ByteText | undefined {
  if (readCount(cursor, ':"') === undefined) return stop(cursor);
  const end = findClosing(cursor, cursor.at);
  if (end < 0) return stop(cursor);
  const escaped = cursor.text.slice(cursor.at, end);
  cursor.at = end + 2;
  return escaped.replace(/\\([0-9a-fA-F]{2})/g, (_all, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

function readEntries(cursor: PhpCursor): Container {
  const entries: Container = { keys: [], items: [] };
  if (cursor.depth >= cursor.reading.maxDepth) {
    cursor.reading.tooDeep = true;
    cursor.going = false;
    return entries;
  }
  cursor.depth += 1;
  // Counts are not asked: after damage they are wrong, and the closing brace says the same.
  while (cursor.text[cursor.at] !== '}') {
    const key = readKey(cursor);
    const item = key === undefined ? undefined : readValue(cursor);
    if (key === undefined || item === undefined) break;
    entries.keys.push(key);
    entries.items.push(item);
    if (!cursor.going) break;
  }
  cursor.depth -= 1;
  if (cursor.going) cursor.at += 1;
  return entries;
}

function readKey(cursor: PhpCursor): ByteText | undefined {
  const tag = cursor.text[cursor.at];
  if (tag === 'i') return readScalar(cursor);
  const key: ByteText | undefined =
    tag === 's' ? readString(cursor) : tag === 'S' ? readEscapedString(cursor) : stop(cursor);
  if (!cursor.going || key === undefined) return undefined;
  // Private and protected names are written as NUL, class or asterisk, NUL, name.
  return key.startsWith('\0') ? key.slice(key.indexOf('\0', 1) + 1) : key;
}

/** `C:`: what a class wrote by itself, most often serialized values after a prefix of its own. */
function readCustom(cursor: PhpCursor): Node | undefined {
  if (readName(cursor) === undefined) return stop(cursor);
  const length = readCount(cursor, ':{');
  if (length === undefined) return stop(cursor);
  const start = cursor.at;
  const payload = cursor.text.slice(start, start + length);
  const inner = /(?:^|[:;])(a:\d+:\{|O:\d+:"|s:\d+:")/.exec(payload.slice(0, 200));
  cursor.at = start + length + 1;
  if (cursor.text[start + length] !== '}') stop(cursor);
  return inner === null
    ? payload
    : payload.slice(inner.index + inner[0].length - (inner[1] ?? '').length);
}

/** `E:11:"Suit:Hearts";`: the case's name. */
function readEnum(cursor: PhpCursor): ByteText | undefined {
  const name = readName(cursor);
  if (name === undefined || !cursor.text.startsWith('";', cursor.at)) return stop(cursor);
  cursor.at += 2;
  return name.slice(name.indexOf(':') + 1);
}

/** The value meant, shared; null for one that is still open, so that no tree ever holds itself. */
function readReference(cursor: PhpCursor): Node | undefined {
  const number = readCount(cursor, ';');
  return number === undefined ? stop(cursor) : (cursor.slots[number - 1] ?? null);
}
