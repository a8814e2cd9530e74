// Every leaf of a stored value with the path that leads to it, through all layers that open by their shape.
import { readText, toByteText, type ByteText } from './byte-text.ts';
import { mayOpen, openText } from './open-text.ts';
import {
  DEFAULT_LIMITS,
  spendVisit,
  startReading,
  type DecodeLimits,
  type Node,
  type Reading,
} from './value-tree.ts';

export type Leaf = {
  /** Names and list numbers from the outside in; [] for a plain value. */
  readonly path: readonly string[];
  /** Unicode text, never empty. Truth values are '1'; false, NULL and empty texts give no leaf. */
  readonly value: string;
};

export type Decoded = {
  readonly leaves: readonly Leaf[];
  /** Chains of layers met, outermost first: `php`, `php>json`. Empty for a plain value. */
  readonly encodings: readonly string[];
  /** The end of the value, or of one inside it, was not reached: there may be more than `leaves`. */
  readonly cut: boolean;
  /** Lengths or quotes did not fit; the leaves were found by the text's shape. */
  readonly damaged: boolean;
  /** Layers or containers were nested deeper than the limits; what is below is one leaf or missing. */
  readonly tooDeep: boolean;
  /** Longer or with more values than the limits; `scanRawText` reads the addresses in the rest. */
  readonly tooLarge: boolean;
  /** Some text was not UTF-8 and was read as windows-1252. */
  readonly latin1: boolean;
};

type Walk = {
  readonly leaves: Leaf[];
  readonly encodings: Set<string>;
  readonly reading: Reading;
  readonly nesting: number;
};

/** `raw`: a column's text or bytes. Never throws; the work is bounded by `limits`. */
export function decodeValue(
  raw: string | Uint8Array,
  limits: DecodeLimits = DEFAULT_LIMITS,
): Decoded {
  if (typeof raw === 'string' && raw.length <= limits.bytes && !mayOpen(raw)) return plain(raw);
  const reading = startReading(limits);
  const text = takeText(raw, limits.bytes, reading);
  const walk: Walk = {
    leaves: [],
    encodings: new Set(),
    reading,
    nesting: limits.nesting,
  };
  visit(walk, text, [], '', 0);
  const { cut, damaged, tooDeep, tooLarge, latin1 } = reading;
  return {
    leaves: walk.leaves,
    encodings: [...walk.encodings],
    cut,
    damaged,
    tooDeep,
    tooLarge,
    latin1,
  };
}

/** The first `limit` bytes of a value; marks the reading when there are more. */
export function takeText(raw: string | Uint8Array, limit: number, reading: Reading): ByteText {
  if (raw.length <= limit) return toByteText(raw);
  reading.tooLarge = true;
  return toByteText(typeof raw === 'string' ? raw.slice(0, limit) : raw.subarray(0, limit));
}

function plain(value: string): Decoded {
  return {
    leaves: value === '' ? [] : [{ path: [], value }],
    encodings: [],
    cut: false,
    damaged: false,
    tooDeep: false,
    tooLarge: false,
    latin1: false,
  };
}

function visit(walk: Walk, node: Node, path: string[], chain: string, level: number): void {
  if (node === null || node === '') return;
  if (typeof node !== 'string') {
    for (const [index, item] of node.items.entries()) {
      if (!spendVisit(walk.reading)) return;
      path.push(toUnicode(walk.reading, node.keys[index] ?? ''));
      visit(walk, item, path, chain, level);
      path.pop();
    }
    return;
  }
  const opened = mayOpen(node) ? openText(node, walk.reading) : null;
  if (opened !== null && level < walk.nesting) {
    const longer = chain === '' ? opened.layer : `${chain}>${opened.layer}`;
    walk.encodings.add(longer);
    visit(walk, opened.node, path, longer, level + 1);
    return;
  }
  if (opened !== null) walk.reading.tooDeep = true;
  walk.leaves.push({ path: path.slice(), value: toUnicode(walk.reading, node) });
}

/** Unicode text of a leaf; marks the reading when it was not UTF-8. */
export function toUnicode(reading: Reading, text: ByteText): string {
  const read = readText(text);
  reading.latin1 ||= read.latin1;
  return read.text;
}
