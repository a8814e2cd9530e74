// Moves an incident as its dispatch starts and ends, in the dispatch's own transaction: nobody else can say that people
// are being told or were told.
import { findMove, type IncidentState } from '../domain/incident/incident-states.ts';
import { SYSTEM } from './ports/acting.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { requireIncident } from './require-incident.ts';

/** Does nothing when the incident is in that state already. Throws `incident.not_found` or `incident.move_refused`. */
export async function moveBySystem(
  writer: LedgerWriter,
  incidentId: string,
  to: 'notifying' | 'notified',
  now: Date,
): Promise<void> {
  const incident = await requireIncident(writer.tables, incidentId);
  if (incident.state === to) return;
  const move = findMove({
    from: incident.state as IncidentState,
    to,
    by: 'system',
    dispatch: to === 'notified' ? 'ended' : 'running',
    reason: '',
  });
  await writer.tables
    .updateTable('incidents')
    .set({ state: to, updated_at: now.toISOString(), version: incident.version + 1 })
    .where('id', '=', incidentId)
    .execute();
  await writer.record({
    kind: 'incident.state_changed',
    acting: SYSTEM,
    incidentId,
    data: { from: move.from, to: move.to, reason: move.code },
  });
}
