// An incident that may still be changed.
import type { Kysely } from 'kysely';
import { CodedError } from '../domain/coded-error.ts';
import { isOpen } from '../domain/incident/incident-states.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { requireIncident, type IncidentRecord } from './require-incident.ts';

/** Throws `incident.not_found`, or `incident.closed` for a closed or dismissed one. */
export async function requireOpenIncident(
  tables: Kysely<LedgerTables>,
  id: string,
): Promise<IncidentRecord> {
  const incident = await requireIncident(tables, id);
  if (isOpen(incident.state)) return incident;
  throw new CodedError({
    code: 'incident.closed',
    category: 'conflict',
    message: `couldn't change the incident: it is ${incident.state}`,
    detail: 'Reopen it first, with a reason.',
    context: { state: incident.state },
  });
}
