// Writes what a resolution found: people, then the terms they are found by, then hints. Each in transactions small enough
// that other writers never wait long.
import type { Ledger } from './ports/ledger.ts';
import type { HintGroup } from './gateway-hints.ts';
import type { SealedPersonRow } from './seal-person.ts';

/** SQLite takes at most 32,766 values in one statement; these stay far below with the columns of each table. */
const PEOPLE = 250;
const TERMS = 1_000;
const HINTS = 500;

export async function writePeople(ledger: Ledger, rows: readonly SealedPersonRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ledger.transaction(async ({ tables }) => {
    for (let from = 0; from < rows.length; from += PEOPLE) {
      await tables
        .insertInto('people')
        .values(rows.slice(from, from + PEOPLE))
        .execute();
    }
  });
}

/** By rising id, for the same reason as terms. */
export async function writePersonIds(
  ledger: Ledger,
  audienceId: string,
  pages: Iterable<readonly { personId: string; number: number }[]>,
): Promise<void> {
  for (const page of pages) {
    await ledger.transaction(async ({ tables }) => {
      for (let from = 0; from < page.length; from += TERMS) {
        await tables
          .insertInto('people_keys')
          .values(
            page.slice(from, from + TERMS).map(({ personId, number }) => ({
              audience_id: audienceId,
              person_key: new Uint8Array(Buffer.from(personId, 'hex')),
              number,
            })),
          )
          .execute();
      }
    });
  }
}

/**
 * By rising term: a table sorted by terms is then written once from its first page to its last. In the order of people
 * every term would touch a page of its own, each of them logged whole, many gigabytes for a million people.
 */
export async function writeTerms(
  ledger: Ledger,
  audienceId: string,
  pages: Iterable<readonly { term: string; number: number }[]>,
): Promise<void> {
  for (const page of pages) {
    await ledger.transaction(async ({ tables }) => {
      for (let from = 0; from < page.length; from += TERMS) {
        await tables
          .insertInto('people_terms')
          .values(
            page.slice(from, from + TERMS).map(({ term, number }) => ({
              audience_id: audienceId,
              term: new Uint8Array(Buffer.from(term, 'hex')),
              number,
            })),
          )
          .execute();
      }
    });
  }
}

/** How many were written. */
export async function writeHints(
  ledger: Ledger,
  audienceId: string,
  sources: readonly Iterable<HintGroup>[],
): Promise<number> {
  let written = 0;
  let page: HintGroup[] = [];
  const flush = async (): Promise<void> => {
    if (page.length === 0) return;
    const first = written;
    const rows = page.map(({ kind, numbers, size }, place) => ({
      audience_id: audienceId,
      id: first + place,
      kind,
      size,
      people_json: JSON.stringify(numbers),
    }));
    await ledger.transaction(async ({ tables }) => {
      await tables.insertInto('hints').values(rows).execute();
    });
    written += page.length;
    page = [];
  };
  for (const source of sources) {
    for (const group of source) {
      page.push(group);
      if (page.length >= HINTS) await flush();
    }
  }
  await flush();
  return written;
}
