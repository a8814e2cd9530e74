// Who decided, or took back, who is one human in an incident: they had a hand in its people.
import type { Kysely } from 'kysely';
import type { LedgerTables } from './ports/ledger-tables.ts';

/** Keys as `actorKey` makes them, each once. */
export async function readDeciders(
  tables: Kysely<LedgerTables>,
  incidentId: string,
): Promise<string[]> {
  const rows = await tables
    .selectFrom('identity_decisions')
    .select(['decided_by', 'undone_by'])
    .distinct()
    .where('incident_id', '=', incidentId)
    .execute();
  return [
    ...new Set(
      rows.flatMap(({ decided_by: by, undone_by: undone }) =>
        undone === null ? [by] : [by, undone],
      ),
    ),
  ];
}
