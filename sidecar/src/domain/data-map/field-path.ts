// Paths of the data map inside a decoded value: `payer.email`, `items.*.email`, `**.email`.

import { toByteText, type ByteText } from './byte-text.ts';

/** `one`: a segment of any name, which tells list entries apart; `any`: any number of segments, none too. */
export type PathStep =
  { readonly kind: 'name'; readonly name: ByteText } | { readonly kind: 'one' | 'any' };

/** A dot that belongs to a name is written `\.`. '' is the value itself: no steps. */
export function parsePath(path: string): readonly PathStep[] {
  if (path === '') return [];
  return path.split(/(?<!\\)\./).map((segment): PathStep => {
    if (segment === '*') return { kind: 'one' };
    if (segment === '**') return { kind: 'any' };
    return { kind: 'name', name: toByteText(segment.replace(/\\\./g, '.')) };
  });
}
