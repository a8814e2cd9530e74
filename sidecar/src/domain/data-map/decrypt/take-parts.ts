// The parts of an encrypted text by its layout. Lengths of all parts but the ciphertext are known, so a separator is never
// searched for: a raw IV can hold one.
import { fromBase64 } from '../base64-text.ts';
import { toByteText, type ByteText } from '../byte-text.ts';
import { openJson } from '../open-text.ts';
import { DEFAULT_LIMITS, startReading } from '../value-tree.ts';
import type { DecryptorSpec, PartEncoding, PartName } from './decryptor-spec.ts';

export type TakenPart = { readonly written: ByteText; readonly bytes: ByteText };
export type TakenParts = Partial<Record<PartName, TakenPart>>;
/** Bytes of each part but the ciphertext, decoded. */
export type PartLengths = Readonly<Record<Exclude<PartName, 'ciphertext'>, number>>;

/** Null when the text does not have this layout. */
export function takeParts(
  value: Uint8Array | string,
  spec: DecryptorSpec,
  lengths: PartLengths,
): TakenParts | null {
  const stored = toByteText(value);
  if (!stored.startsWith(spec.prefix)) return null;
  const text = decodePart(stored.slice(spec.prefix.length), [spec.encoding]);
  if (text === null) return null;
  const isJson = Object.keys(spec.names).length > 0;
  const written = isJson ? takeMembers(text, spec) : takeRun(text, spec, lengths);
  if (written === null) return null;
  const parts: TakenParts = {};
  for (const [part, piece] of written) {
    const bytes = decodePart(piece, spec.part_encodings[part] ?? (isJson ? ['base64'] : []));
    if (bytes === null || (part !== 'ciphertext' && bytes.length !== lengths[part])) return null;
    parts[part] = { written: piece, bytes };
  }
  return parts;
}

/** Parts one after the other: those before the ciphertext from the start, those behind it from the end. */
function takeRun(
  text: ByteText,
  spec: DecryptorSpec,
  lengths: PartLengths,
): [PartName, ByteText][] | null {
  const gap = spec.separator.length;
  const split = spec.layout.indexOf('ciphertext');
  const taken: [PartName, ByteText][] = [];
  let start = 0;
  let end = text.length;
  for (const part of spec.layout.slice(0, split)) {
    const length = writtenLength(part, spec, lengths);
    taken.push([part, text.slice(start, start + length)]);
    if (text.slice(start + length, start + length + gap) !== spec.separator) return null;
    start += length + gap;
  }
  for (const part of spec.layout.slice(split + 1).reverse()) {
    const length = writtenLength(part, spec, lengths);
    taken.push([part, text.slice(end - length, end)]);
    end -= length + gap;
    if (end < start || text.slice(end, end + gap) !== spec.separator) return null;
  }
  if (end < start) return null;
  taken.push(['ciphertext', text.slice(start, end)]);
  return taken;
}

function takeMembers(text: ByteText, spec: DecryptorSpec): [PartName, ByteText][] | null {
  const opened = openJson(text, startReading(DEFAULT_LIMITS))?.node;
  if (typeof opened !== 'object' || opened === null) return null;
  const taken: [PartName, ByteText][] = [];
  for (const [part, name] of Object.entries(spec.names) as [PartName, string][]) {
    const member = opened.items[opened.keys.indexOf(toByteText(name))];
    if (typeof member !== 'string') return null;
    taken.push([part, member]);
  }
  return taken;
}

function writtenLength(part: PartName, spec: DecryptorSpec, lengths: PartLengths): number {
  let length = part === 'ciphertext' ? 0 : lengths[part];
  for (const encoding of [...(spec.part_encodings[part] ?? [])].reverse()) {
    if (encoding === 'hex') length *= 2;
    if (encoding === 'base64') length = 4 * Math.ceil(length / 3);
  }
  return length;
}

function decodePart(text: ByteText, encodings: readonly PartEncoding[]): ByteText | null {
  let decoded: ByteText | null = text;
  for (const encoding of encodings) {
    if (encoding === 'base64') decoded = decoded === '' ? null : fromBase64(decoded);
    else if (encoding === 'hex') decoded = fromHex(decoded);
    if (decoded === null) return null;
  }
  return decoded;
}

function fromHex(text: ByteText): ByteText | null {
  return /^(?:[0-9a-fA-F]{2})+$/.test(text) ? Buffer.from(text, 'hex').toString('latin1') : null;
}
