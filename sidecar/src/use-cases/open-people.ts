// Some people of one frozen audience by their numbers, opened, with what became of the notice to each.
import type { Kysely } from 'kysely';
import type { PersonRow } from '../contract/audience.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import { findDispatch } from './list-people.ts';
import { openPersonRecord } from './open-person.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import { viewPersonRow } from './view-person-row.ts';

export type OpenedPerson = {
  readonly record: PersonRecord;
  readonly row: PersonRow & { person_id: string };
};

/** Numbers in one statement; SQLite takes at most 32,766 values. */
const AT_ONCE = 1_000;

/** By number. Numbers nobody has are left out. */
export async function openPeople(
  tables: Kysely<LedgerTables>,
  vault: IncidentVault,
  { audienceId, numbers }: { audienceId: string; numbers: readonly number[] },
): Promise<ReadonlyMap<number, OpenedPerson>> {
  const dispatchId = await findDispatch(tables, audienceId);
  const wanted = [...new Set(numbers)];
  const found = new Map<number, OpenedPerson>();
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const rows = await tables
      .selectFrom('people as p')
      .leftJoin('deliveries as d', (join) =>
        join
          .onRef('d.ordinal', '=', 'p.number')
          .on('d.dispatch_id', '=', dispatchId ?? '')
          .on('d.channel', '=', 'email'),
      )
      .select(['p.number', 'p.sealed', 'd.state'])
      .where('p.audience_id', '=', audienceId)
      .where('p.number', 'in', wanted.slice(from, from + AT_ONCE))
      .execute();
    for (const { number, sealed, state } of rows) {
      const record = openPersonRecord(vault, { audienceId, number, sealed });
      found.set(number, {
        record,
        row: { ...viewPersonRow(record, state), person_id: record.person_id },
      });
    }
  }
  return found;
}
