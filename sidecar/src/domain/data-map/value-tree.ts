// A value taken apart: what the parsers make and what paths are looked up in. Never a class, never a function.
import type { ByteText } from './byte-text.ts';

/** Null is NULL, an enum's absence or a reference to something that is still open; a truth value is '1' or ''. */
export type Node = ByteText | Container | null;

/** Lists have their numbers as keys. A key can come twice, as JSON allows. */
export type Container = {
  readonly keys: ByteText[];
  readonly items: Node[];
  /** Pieces of one text, not entries of a list: the value itself is each of them. */
  readonly joined?: true;
  /** The text that was opened into it, when it stood inside another value. */
  readonly openedFrom?: ByteText;
  /** The declared steps were taken to open it: what it holds is clear. */
  readonly isClear?: boolean;
};

export type DecodeLimits = {
  /** Bytes of a value that are read; what is beyond is reported by `tooLarge`. */
  readonly bytes: number;
  /** Containers in containers of one encoding. */
  readonly depth: number;
  /** Encodings in encodings: serialized in serialized, JSON in base64. */
  readonly nesting: number;
  /** Values of all containers together, so that a small text cannot ask for much work or memory. */
  readonly values: number;
};

export const DEFAULT_LIMITS: DecodeLimits = {
  bytes: 4 * 1024 * 1024,
  depth: 64,
  nesting: 5,
  values: 200_000,
};

/** What is left to spend on one value of the shop, and what went wrong with it. */
export type Reading = {
  values: number;
  /** Steps of walks through what was parsed: shared values are walked again at each place that names them. */
  visits: number;
  /** Characters that may be searched or parsed again after damage. */
  search: number;
  readonly maxDepth: number;
  /** The end of a value was not reached. */
  cut: boolean;
  /** Lengths or counts did not fit; what is there was found by its shape. */
  damaged: boolean;
  tooDeep: boolean;
  tooLarge: boolean;
  /** Some text was not UTF-8. */
  latin1: boolean;
};

export function startReading(limits: DecodeLimits): Reading {
  return {
    values: limits.values,
    visits: limits.values * 4,
    search: limits.bytes * 4,
    maxDepth: limits.depth,
    cut: false,
    damaged: false,
    tooDeep: false,
    tooLarge: false,
    latin1: false,
  };
}

/** Takes one parsed value off the budget; false when it is spent. */
export function spendValue(reading: Reading): boolean {
  if (reading.values > 0) {
    reading.values -= 1;
    return true;
  }
  reading.tooLarge = true;
  return false;
}

/** Takes one step of a walk off the budget; false when it is spent. */
export function spendVisit(reading: Reading): boolean {
  if (reading.visits > 0) {
    reading.visits -= 1;
    return true;
  }
  reading.tooLarge = true;
  return false;
}

export type Marks = Pick<Reading, 'cut' | 'damaged' | 'tooDeep' | 'tooLarge' | 'latin1'>;

/** The marks as they are, to put back when a text turns out not to be what it was tried as. What was spent stays spent. */
export function takeMarks({ cut, damaged, tooDeep, tooLarge, latin1 }: Reading): Marks {
  return { cut, damaged, tooDeep, tooLarge, latin1 };
}
