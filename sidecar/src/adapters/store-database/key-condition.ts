// Patterns of meta keys as a condition the server can answer by its index on keys. It may let through more than the
// patterns mean; keys are compared byte by byte afterwards.
import { escape } from 'mysql2';
import { isLiteral } from '../../domain/data-map/key-pattern.ts';
import type { StoreValue } from './store-pool.ts';

export type KeyCondition = { readonly sql: string; readonly values: readonly StoreValue[] };

/** `column` is for SQL. Null when any key may be meant. */
export function keyCondition(
  column: string,
  patterns: readonly string[],
  site: { readonly prefix: string; readonly inNetwork: boolean },
): KeyCondition | null {
  const spelled = [...new Set(patterns.flatMap((pattern) => spellings(pattern, site)))];
  if (spelled.some((pattern) => /^\*+$/.test(pattern))) return null;
  const literal = spelled.filter((pattern) => !pattern.includes('*'));
  const open = spelled.filter((pattern) => pattern.includes('*'));
  return {
    sql: [
      ...(literal.length === 0 ? [] : [`${column} IN (?)`]),
      ...open.map(() => `${column} LIKE ?`),
    ].join(' OR '),
    values: [...(literal.length === 0 ? [] : [literal]), ...open.map(likeText)],
  };
}

/** `{prefix}` written out; in a network the number of another site may stand behind it. */
function spellings(
  pattern: string,
  { prefix, inNetwork }: { prefix: string; inNetwork: boolean },
): string[] {
  if (isLiteral(pattern) || !pattern.includes('{prefix}')) return [pattern];
  const bare = prefix.endsWith('_') ? prefix.slice(0, -1) : prefix;
  const names = inNetwork ? [bare, `${bare}_`, `${bare}_*`] : [bare, `${bare}_`];
  return names.map((name) => pattern.replaceAll('{prefix}', name));
}

function likeText(pattern: string): string {
  return pattern
    .split('*')
    .map((part) => part.replace(/[\\%_]/g, '\\$&'))
    .join('%');
}

/** Keys for a place where a statement takes no values. */
export function escapedList(keys: readonly string[]): string {
  return keys.map((key) => escape(key)).join(', ');
}
