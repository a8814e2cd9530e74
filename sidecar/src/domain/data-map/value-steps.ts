// The declared steps of a field's encoding, one after the other, on one text.
import { isIP } from 'node:net';
import type { EncodingStep, FieldPart } from '../../contract/data-map.ts';
import { fromBase64 } from './base64-text.ts';
import { bytesOf, toByteText, type ByteText } from './byte-text.ts';
import type { Decryptor } from './decrypt/decryptor.ts';
import { hasPhpStart, isContainer, openJson, openPhp } from './open-text.ts';
import type { Node, Reading } from './value-tree.ts';

/** Undefined when the text does not open as declared. `left` are the steps for each value inside a container. */
export type Stepped = { readonly node: Node; readonly left: readonly EncodingStep[] } | undefined;

export function takeSteps(
  text: ByteText,
  steps: readonly EncodingStep[],
  decryptors: ReadonlyMap<string, Decryptor>,
  part: FieldPart | undefined,
  reading: Reading,
): Stepped {
  let node: Node = text;
  for (const [index, step] of steps.entries()) {
    if (node === null || node === '') return { node, left: [] };
    if (isContainer(node)) return { node, left: steps.slice(index) };
    const next = takeStep(node, step, decryptors, part, reading);
    if (next === undefined) return undefined;
    node = next;
  }
  return { node, left: [] };
}

function takeStep(
  text: ByteText,
  step: EncodingStep,
  decryptors: ReadonlyMap<string, Decryptor>,
  part: FieldPart | undefined,
  reading: Reading,
): Node | undefined {
  switch (step) {
    case 'php':
      // maybe_serialize() leaves scalars as they are, so a text of no serialized shape is the value.
      return hasPhpStart(text) ? openPhp(text, reading)?.node : text;
    case 'json':
    case 'slashed_json':
      return openJson(text, reading)?.node;
    case 'base64':
      return fromBase64(text) ?? undefined;
    case 'joined':
      return splitJoined(text, part);
    case 'ip_binary':
      return readBinaryIp(text);
    default: {
      const opened = decryptors.get(step.slice('decrypt:'.length))?.open(bytesOf(text)) ?? null;
      return opened === null ? undefined : toByteText(opened);
    }
  }
}

/** Words that can be such a part at all; for parts that hold blanks themselves, lines. */
function splitJoined(text: ByteText, part: FieldPart | undefined): Node {
  const words = text.split(/[\s,;<>()"[\]]+/).filter((word) => word !== '');
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const items =
    part === 'email'
      ? words.filter((word) => word.includes('@'))
      : part === 'ip_address'
        ? words.filter((word) => isIP(word) !== 0)
        : lines.length > 1
          ? lines
          : words;
  return { keys: items.map((_item, index) => String(index)), items, joined: true };
}

/** 16 or 4 bytes in network order; IPv4 may be mapped into IPv6 or stand at the start of 16. All zeros are no address. */
function readBinaryIp(text: ByteText): ByteText | undefined {
  if (isIP(text) !== 0) return text;
  if (/^\0*$/.test(text)) return '';
  const bytes = [...bytesOf(text)];
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return undefined;
  if (text.startsWith('\0\0\0\0\0\0\0\0\0\0\xff\xff')) return bytes.slice(12).join('.');
  if (/^[^\0][^]{3}\0{12}$/.test(text)) return bytes.slice(0, 4).join('.');
  const groups = Array.from({ length: 8 }, (_none, group) =>
    (((bytes[group * 2] ?? 0) << 8) | (bytes[group * 2 + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
