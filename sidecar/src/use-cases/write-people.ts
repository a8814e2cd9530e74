// Writes a batch of people and their search terms in one transaction.
import type { Ledger } from './ports/ledger.ts';
import type { SealedPersonRow } from './seal-person.ts';

/** SQLite takes at most 32,766 values in one statement; these stay far below with the columns of each table. */
const PEOPLE = 500;
const TERMS = 3_000;

export async function writePeople(ledger: Ledger, rows: readonly SealedPersonRow[]): Promise<void> {
  if (rows.length === 0) return;
  const people = rows.map((row) => row.person);
  const terms = rows.flatMap((row) => row.terms);
  await ledger.transaction(async ({ tables }) => {
    for (let from = 0; from < people.length; from += PEOPLE) {
      await tables
        .insertInto('people')
        .values(people.slice(from, from + PEOPLE))
        .execute();
    }
    for (let from = 0; from < terms.length; from += TERMS) {
      await tables
        .insertInto('people_terms')
        .values(terms.slice(from, from + TERMS))
        .execute();
    }
  });
}
