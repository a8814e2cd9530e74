// Finds an incident or says that there is none.
import type { Kysely, Selectable } from 'kysely';
import { CodedError } from '../domain/coded-error.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

export type IncidentRecord = Selectable<LedgerTables['incidents']>;

export async function requireIncident(
  tables: Kysely<LedgerTables>,
  id: string,
): Promise<IncidentRecord> {
  const row = await tables
    .selectFrom('incidents')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new CodedError({
      code: 'incident.not_found',
      category: 'not_found',
      message: "couldn't find this incident",
      detail: 'Open it from the list of incidents; its address may have been cut off.',
    });
  }
  return row;
}
