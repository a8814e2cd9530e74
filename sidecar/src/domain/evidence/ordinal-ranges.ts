/**
 * Sets of ordinals as text, so that 500 deliveries fit in a few bytes: "0-499,501". An ordinal is
 * the 0-based place of a delivery within its dispatch; it names no person to anyone without the
 * ledger. There is one spelling per set: ascending, not touching, "" for the empty set.
 */
import { EvidenceError } from './errors.ts';

/** First and last ordinal, both included. */
export interface OrdinalRange {
  readonly first: number;
  readonly last: number;
}

/** Most deliveries one dispatch may plan: bounds what a hostile log can make a verifier do. */
export const MAX_PLANNED = 100_000_000;

function invalid(why: string): EvidenceError {
  return new EvidenceError(
    'evidence.range_invalid',
    `couldn't read ordinals: ${why} (allowed: ascending ranges such as "0-499,501", or "" for none)`,
  );
}

/** The ranges of a text; throws `evidence.range_invalid` for anything `formatOrdinals` would not print. */
export function parseOrdinals(text: string): OrdinalRange[] {
  if (text === '') return [];
  let previous = -2;
  return text.split(',').map((part) => {
    const match = /^(0|[1-9]\d{0,8})(?:-([1-9]\d{0,8}))?$/.exec(part);
    if (match === null) throw invalid('a part is not a number or first-last');
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (match[2] !== undefined && last <= first) throw invalid('a range does not ascend');
    if (first <= previous + 1) throw invalid('ranges overlap, touch or do not ascend');
    if (last >= MAX_PLANNED) throw invalid(`an ordinal is not below ${MAX_PLANNED}`);
    previous = last;
    return { first, last };
  });
}

/** The one spelling of a set of ordinals; the order of `ordinals` does not matter. */
export function formatOrdinals(ordinals: Iterable<number>): string {
  const sorted = [...new Set(ordinals)].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length;) {
    const first = sorted[i] as number;
    if (!Number.isSafeInteger(first) || first < 0 || first >= MAX_PLANNED) {
      throw invalid(`an ordinal is not a whole number from 0 to below ${MAX_PLANNED}`);
    }
    let end = i + 1;
    while (sorted[end] === first + end - i) end += 1;
    const last = sorted[end - 1] as number;
    parts.push(first === last ? String(first) : `${first}-${last}`);
    i = end;
  }
  return parts.join(',');
}

/** How many ordinals the ranges hold. */
export function countOrdinals(ranges: readonly OrdinalRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** Every ordinal of the ranges, ascending. */
export function* eachOrdinal(ranges: readonly OrdinalRange[]): Generator<number> {
  for (const { first, last } of ranges) {
    for (let ordinal = first; ordinal <= last; ordinal += 1) yield ordinal;
  }
}

/** Most characters of ordinals that one entry should hold; leaves room for the rest of it. */
export const MAX_ORDINALS_TEXT = 60_000;

/** The same ordinals in as many texts as it takes for each to have at most `most` characters. */
export function splitOrdinals(text: string, most = MAX_ORDINALS_TEXT): string[] {
  const texts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const cut = rest.lastIndexOf(',', most);
    if (cut <= 0) throw invalid(`a range does not fit in ${most} characters`);
    texts.push(rest.slice(0, cut));
    rest = rest.slice(cut + 1);
  }
  return [...texts, rest];
}
