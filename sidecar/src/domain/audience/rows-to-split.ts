// Which rows a split takes from its person: those that are named, as they name him, and the other copy of each order.
import type { Reason } from '../../contract/audience.ts';
import type { StandingDecision } from './identity-decisions.ts';
import { nothingLeft, rowNotTheirs } from './identity-errors.ts';
import { rowKey, type DecidedRow } from './identity-rules.ts';
import type { BlindKey } from './staged-row.ts';

const OTHER_STORE: Readonly<Record<string, string>> = {
  orders_hpos: 'orders_legacy',
  orders_legacy: 'orders_hpos',
};

/**
 * One order is one person, told once: where both stores hold it, both copies go. Throws `identity.row_not_theirs`,
 * `identity.nothing_left`.
 */
export function rowsToSplit(input: {
  readonly wanted: readonly Pick<DecidedRow, 'source' | 'row'>[];
  readonly person: BlindKey;
  /** Of that person in the frozen audience. */
  readonly reasons: readonly Reason[];
  readonly standing: readonly StandingDecision[];
}): DecidedRow[] {
  const { wanted, person, reasons, standing } = input;
  const theirs = new Map<string, DecidedRow>();
  for (const { source, row, role } of reasons) {
    theirs.set(rowKey({ source, row, role }), { source, row, role });
  }
  const rowsOf = (source: string, row: DecidedRow['row']): DecidedRow[] =>
    [...theirs.values()].filter((own) => own.source === source && own.row === row);
  const taken = new Map<string, DecidedRow>();
  for (const [place, { source, row }] of wanted.entries()) {
    const own = source === 'list' ? [] : rowsOf(source, row);
    if (own.length === 0) throw rowNotTheirs(place);
    const twin = OTHER_STORE[source];
    const goes = twin === undefined ? own : [...own, ...rowsOf(twin, row)];
    for (const one of goes) taken.set(rowKey(one), one);
  }
  const gone = new Set(taken.keys());
  for (const { kind, people, rows } of standing) {
    if (kind === 'split' && people[0] === person) for (const row of rows) gone.add(rowKey(row));
  }
  if ([...theirs.keys()].every((key) => gone.has(key))) throw nothingLeft();
  return [...taken.values()];
}
