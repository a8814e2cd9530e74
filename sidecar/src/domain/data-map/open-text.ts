// One layer of a text opened by its shape alone: serialized PHP, JSON, slashed JSON, base64 of something. A text that only
// looks like one of them, such as `[shortcode]` or an order key, stays a text.
import { fromBase64, hasBase64Shape, isTellingText } from './base64-text.ts';
import type { ByteText } from './byte-text.ts';
import { parseJson, stripSlashes } from './json-text.ts';
import { parsePhp, PHP_SHAPE } from './php-serialized.ts';
import { takeMarks, type Container, type Node, type Reading } from './value-tree.ts';

export type Layer = 'php' | 'json' | 'slashed_json' | 'base64';
export type OpenedText = { readonly layer: Layer; readonly node: Node };

const JSON_SHAPE = /^(?:\xef\xbb\xbf)?\s{0,64}(?:\{\s*(?:\\?"|\})|\[\s*(?:[[{"\]\d.tfn-]|\\")|")/;
const SLASHED_SHAPE = /^\s*[[{][[{\s]*\\"/;
/** How a cut or damaged JSON text must begin to count as JSON all the same: an object's first name, or a list of objects or strings. */
const SURE_JSON = /^\s*(?:\{\s*"[^"\\]{1,190}"\s*:|\[\s*(?:\{\s*"|"))/;

/** False for texts that no layer can begin with: nearly all values of a shop, so the first character decides. */
export function mayOpen(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case 0x7b: // {
    case 0x5b: // [
    case 0x22: // "
    case 0xef:
    case 0xfeff:
    case 0x20:
    case 0x09:
    case 0x0a:
    case 0x0d:
      return true;
    default:
      return hasPhpStart(text) || hasBase64Shape(text);
  }
}

/** True when the first token is one of serialize(). */
export function hasPhpStart(text: string): boolean {
  const second = text.charCodeAt(1);
  return (second === 0x3a || second === 0x3b) && PHP_SHAPE.test(text);
}

/** Null when the text is a text. What goes wrong in a layer that is one is marked in `reading`. */
export function openText(text: ByteText, reading: Reading): OpenedText | null {
  if (hasPhpStart(text)) return openPhp(text, reading);
  if (JSON_SHAPE.test(text)) return openJson(text, reading);
  if (!hasBase64Shape(text)) return null;
  const inner = fromBase64(text);
  if (inner === null || !isWorthOpening(inner, reading)) return null;
  return { layer: 'base64', node: inner };
}

/** Serialized PHP. A scalar must be whole; a container may be cut or damaged. */
export function openPhp(text: ByteText, reading: Reading): OpenedText | null {
  if (!hasPhpStart(text)) return null;
  const marks = takeMarks(reading);
  const parsed = parsePhp(text, reading);
  if (parsed === null) return null;
  const hasRest =
    parsed.complete &&
    parsed.end < text.length &&
    /\S/.test(text.slice(parsed.end, parsed.end + 64));
  if ((hasRest || !parsed.complete) && !isContainer(parsed.node)) {
    Object.assign(reading, marks);
    return null;
  }
  reading.damaged ||= hasRest;
  return { layer: 'php', node: parsed.node };
}

/** JSON, with or without the slashes of WordPress. */
export function openJson(text: ByteText, reading: Reading): OpenedText | null {
  const slashed = SLASHED_SHAPE.test(text);
  const plain = slashed ? stripSlashes(text) : text;
  const marks = takeMarks(reading);
  reading.damaged = false;
  const parsed = parseJson(plain, reading);
  const isWhole = parsed?.complete === true && !reading.damaged;
  if (parsed === null || (!isWhole && !(isContainer(parsed.node) && SURE_JSON.test(plain)))) {
    Object.assign(reading, marks);
    return null;
  }
  reading.damaged ||= marks.damaged || parsed.trailing;
  reading.cut ||= !parsed.complete && !parsed.trailing;
  return { layer: slashed ? 'slashed_json' : 'json', node: parsed.node };
}

function isWorthOpening(inner: ByteText, reading: Reading): boolean {
  if (isTellingText(inner)) return true;
  const marks = takeMarks(reading);
  const opened = hasPhpStart(inner)
    ? openPhp(inner, reading)
    : JSON_SHAPE.test(inner)
      ? openJson(inner, reading)
      : null;
  // It is opened again as a layer of its own, and marked then.
  Object.assign(reading, marks);
  return opened !== null && isContainer(opened.node);
}

export function isContainer(node: Node | undefined): node is Container {
  return typeof node === 'object' && node !== null;
}
