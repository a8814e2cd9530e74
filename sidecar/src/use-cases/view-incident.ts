// An incident as the screens see it.
import { Incident, type Actor } from '../contract/index.ts';
import { deadlineOf } from '../domain/incident/incident-times.ts';
import type { Deps } from './ports/deps.ts';
import { readActors } from './read-actors.ts';
import { requireIncident, type IncidentRecord } from './require-incident.ts';

export function viewIncident(row: IncidentRecord, actorOf: (key: string) => Actor): Incident {
  return Incident.parse({
    id: row.id,
    reference: row.reference,
    title: row.title,
    type: row.type,
    severity: row.severity,
    state: row.state,
    drill: row.drill === 1,
    description: row.description,
    occurred_from: row.occurred_from,
    occurred_to: row.occurred_to,
    detected_at: row.detected_at,
    aware_at: row.aware_at,
    confirmed_at: row.confirmed_at,
    deadline_at: deadlineOf(row.aware_at),
    created_at: row.created_at,
    updated_at: row.updated_at,
    created_by: actorOf(row.created_by),
    version: row.version,
  });
}

/** Throws `incident.not_found`. */
export async function readIncident(deps: Pick<Deps, 'ledger'>, id: string): Promise<Incident> {
  const row = await requireIncident(deps.ledger.tables, id);
  return viewIncident(row, await readActors(deps.ledger.tables, [row.created_by]));
}
