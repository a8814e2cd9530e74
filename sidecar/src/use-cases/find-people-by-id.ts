// The numbers that people have in one audience, by the ids they have in all of the incident.
import type { Kysely } from 'kysely';
import type { BlindKey } from '../domain/audience/staged-row.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

/** Ids in one statement; SQLite takes at most 32,766 values. */
const AT_ONCE = 1_000;

/** Ids nobody of the audience has are left out. */
export async function findPeopleById(
  tables: Kysely<LedgerTables>,
  audienceId: string,
  ids: readonly BlindKey[],
): Promise<ReadonlyMap<BlindKey, number>> {
  const found = new Map<BlindKey, number>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const rows = await tables
      .selectFrom('people_keys')
      .select(['person_key', 'number'])
      .where('audience_id', '=', audienceId)
      .where(
        'person_key',
        'in',
        ids.slice(from, from + AT_ONCE).map((id) => new Uint8Array(Buffer.from(id, 'hex'))),
      )
      .execute();
    for (const row of rows) found.set(Buffer.from(row.person_key).toString('hex'), row.number);
  }
  return found;
}
