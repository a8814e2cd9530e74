// Writes what a resolution found: people, then their ids and the terms they are found by, then hints. Each in transactions
// small enough that other writers never wait long. The statements are texts made once: building them as trees took longer
// than running them.
import { CompiledQuery } from 'kysely';
import { keyAt, KEYED, numberAt } from '../domain/audience/note-lists.ts';
import type { HintGroup } from './gateway-hints.ts';
import type { Ledger, LedgerWriter } from './ports/ledger.ts';
import type { SealedPersonRow } from './seal-person.ts';

/** Rows of one statement. SQLite takes at most 32,766 values in one; these stay far below with the columns of each table. */
const PEOPLE = 100;
const KEYS = 500;
const HINTS = 500;

const INSERT_PEOPLE = manyRows('people', [
  'audience_id',
  'number',
  'salt',
  'commitment',
  'sealed',
  'address_index',
  'contactability',
  'country',
  'registered',
  'orders',
  'roles',
]);
const INSERT_IDS = manyRows('people_keys', ['audience_id', 'person_key', 'number']);
const INSERT_TERMS = manyRows('people_terms', ['audience_id', 'term', 'number']);

type Tables = LedgerWriter['tables'];

/** The statement for any number of rows, in SQL that SQLite and MySQL share. */
function manyRows(table: string, columns: readonly string[]): (rows: number) => string {
  const texts = new Map<number, string>();
  const row = `(${columns.map(() => '?').join(', ')})`;
  return (rows) => {
    const text =
      texts.get(rows) ??
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array<string>(rows).fill(row).join(', ')}`;
    texts.set(rows, text);
    return text;
  };
}

async function insert(tables: Tables, text: string, values: unknown[]): Promise<void> {
  await tables.executeQuery(CompiledQuery.raw(text, values));
}

export async function writePeople(ledger: Ledger, rows: readonly SealedPersonRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ledger.transaction(async ({ tables }) => {
    for (let from = 0; from < rows.length; from += PEOPLE) {
      const values: unknown[] = [];
      const to = Math.min(rows.length, from + PEOPLE);
      for (let place = from; place < to; place += 1) {
        const row = rows[place];
        if (row === undefined) continue;
        values.push(row.audience_id, row.number, row.salt, row.commitment, row.sealed);
        values.push(row.address_index, row.contactability, row.country, row.registered);
        values.push(row.orders, row.roles);
      }
      await insert(tables, INSERT_PEOPLE(to - from), values);
    }
  });
}

/** By rising id, for the same reason as terms. */
export async function writePersonIds(
  ledger: Ledger,
  audienceId: string,
  pages: Iterable<Uint8Array>,
): Promise<void> {
  for (const page of pages) await writeKeys(ledger, audienceId, INSERT_IDS, page);
}

/**
 * By rising term: a table sorted by terms is then written once from its first page to its last. In the order of people
 * every term would touch a page of its own, each of them logged whole, many gigabytes for a million people.
 */
export async function writeTerms(
  ledger: Ledger,
  audienceId: string,
  pages: Iterable<Uint8Array>,
): Promise<void> {
  for (const page of pages) await writeKeys(ledger, audienceId, INSERT_TERMS, page);
}

/** `page`: a list of keys (domain/audience/note-lists.ts). */
async function writeKeys(
  ledger: Ledger,
  audienceId: string,
  text: (rows: number) => string,
  page: Uint8Array,
): Promise<void> {
  const count = page.length / KEYED;
  await ledger.transaction(async ({ tables }) => {
    for (let from = 0; from < count; from += KEYS) {
      const values: unknown[] = [];
      const to = Math.min(count, from + KEYS);
      for (let place = from; place < to; place += 1) {
        values.push(audienceId, keyAt(page, place), numberAt(page, place, KEYED));
      }
      await insert(tables, text(to - from), values);
    }
  });
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
