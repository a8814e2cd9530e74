// What a person is called.
import type { PersonPlan } from './compose-person.ts';
import type { RowValues, StagedRow } from './staged-row.ts';

export type PersonName = {
  /** '' when the store knows none. */
  readonly name: string;
  /** For a salutation; '' when the store keeps only a whole name, or none. */
  readonly first_name: string;
};

const NOBODY: PersonName = { name: '', first_name: '' };

/** Newest order in scope, else the account's profile, its address book, its display name, else what other rows say, else any other order. */
export function nameOf({ orderRows, accountRows, otherRows }: PersonPlan): PersonName {
  return (
    firstOf(orderRows, whole, true) ??
    firstOf(accountRows, whole) ??
    firstOf(accountRows, bookName) ??
    firstOf(accountRows, displayName) ??
    firstOf(otherRows, whole) ??
    firstOf(orderRows, whole) ??
    NOBODY
  );
}

function firstOf(
  rows: readonly StagedRow[],
  nameIn: (values: RowValues) => PersonName | null,
  inScopeOnly = false,
): PersonName | null {
  for (const { values, inScope, listed } of rows) {
    if (values === null || (inScopeOnly && !inScope && !listed)) continue;
    const found = nameIn(values);
    if (found !== null) return found;
  }
  return null;
}

const whole = (values: RowValues): PersonName | null => join(values.firstName, values.lastName);

const bookName = ({ book }: RowValues): PersonName | null =>
  book === null ? null : join(book.firstName, book.lastName);

const displayName = (values: RowValues): PersonName | null => join('', values.displayName);

function join(first: string, last: string): PersonName | null {
  const first_name = first.trim();
  const name = `${first_name} ${last.trim()}`.trim();
  return name === '' ? null : { name, first_name };
}
