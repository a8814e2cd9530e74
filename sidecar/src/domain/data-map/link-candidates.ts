// Columns of a table that could lead from a row to a person, best first: proposed to whoever maps a blind spot there.
import type { LinkCandidate } from './found-place.ts';

export type CandidateColumn = {
  readonly column: string;
  /** Distinct values of the sample, at most `CANDIDATE_VALUES`. */
  readonly values: readonly string[];
  /** Values that have the shape of an e-mail address as a whole. */
  readonly addresses: number;
};

/** How many of the values are the number of a user or an order of the site. */
export type NumberMatches = ReadonlyMap<string, { readonly user: number; readonly order: number }>;

export const CANDIDATE_VALUES = 40;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/u;
const USER_NAME = /user|customer|client|member|account|author|owner|buyer|subscriber|^wp_?id$/i;
const ORDER_NAME = /order|purchase|invoice|transaction|payment|^post_id$|reference|_ref$/i;
/** Numbers of a shop are low and dense: many columns hold a user's or an order's number by accident. */
const SURE_SHARE = 0.9;
const LEAST_VALUES = 3;

export function isAddress(value: string): boolean {
  return ADDRESS.test(value);
}

/** The number at the end of `WC-1234` or `1234`; null when there is none a row could have. */
export function lastNumber(value: string): string | null {
  const digits = /(\d{1,15})\D{0,3}$/.exec(value.slice(-40))?.[1] ?? '';
  const number = Number(digits);
  return value.length <= 64 && number > 0 ? String(number) : null;
}

export function linkCandidates(
  columns: readonly CandidateColumn[],
  matches: NumberMatches,
): LinkCandidate[] {
  return columns
    .flatMap((column) => candidatesOf(column, matches.get(column.column)))
    .sort((a, b) => b.score - a.score)
    .slice(0, 10)
    .map(({ column, kind }) => ({ column, kind }));
}

function candidatesOf(
  { column, values, addresses }: CandidateColumn,
  matched: { user: number; order: number } | undefined,
): (LinkCandidate & { score: number })[] {
  if (values.length === 0) return [];
  const found: (LinkCandidate & { score: number })[] = [];
  const share = addresses / values.length;
  if (share >= 0.5) found.push({ column, kind: 'email', score: share });
  const numbers = values.map(lastNumber).filter((number) => number !== null).length;
  if (matched === undefined || numbers / values.length < 0.8) return found;
  const plain = values.every((value) => /^\d+$/.test(value));
  const order = matched.order / numbers;
  const user = matched.user / numbers;
  if (isLink(ORDER_NAME.test(column), order, values.length) && !USER_NAME.test(column)) {
    const named = ORDER_NAME.test(column) ? 1 : 0;
    found.push({ column, kind: plain ? 'order_id' : 'order_text', score: 1 + order + named });
  }
  if (plain && isLink(USER_NAME.test(column), user, Infinity)) {
    found.push({ column, kind: 'user_id', score: 1 + user });
  }
  return found;
}

/** A fitting name needs some matches, any other name nearly all of several. Numbers of users need the name. */
function isLink(named: boolean, share: number, values: number): boolean {
  if (named) return share >= 0.3;
  return Number.isFinite(values) && values >= LEAST_VALUES && share >= SURE_SHARE;
}
