// Refuses changes to an incident that is over.
import { CodedError } from '../domain/coded-error.ts';
import { isOpen } from '../domain/incident/incident-states.ts';
import type { IncidentRecord } from './require-incident.ts';

/** Throws `incident.not_open`. */
export function requireOpen(incident: IncidentRecord): IncidentRecord {
  if (isOpen(incident.state)) return incident;
  throw new CodedError({
    code: 'incident.not_open',
    category: 'conflict',
    message: `couldn't change the incident: it is ${incident.state}`,
    detail: 'Reopen it first, with a reason.',
    context: { state: incident.state },
  });
}
