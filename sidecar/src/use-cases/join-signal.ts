// Joins a signal to an incident that is under way.
import type { Signal } from '../contract/index.ts';
import { commitContent } from './commit-content.ts';
import { alreadyJoined, markJoined, requireSignal } from './join-signals.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import { requireIncident } from './require-incident.ts';
import { requireOpen } from './require-open-incident.ts';
import { readSignal } from './view-signal.ts';

/** Joining it again to the same incident changes nothing. Throws `signal.not_found`, `signal.already_joined`, `incident.not_found` or `incident.not_open`. */
export async function joinSignal(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  acting: Acting,
  { signalId, incidentId }: { signalId: string; incidentId: string },
): Promise<Signal> {
  await deps.ledger.transaction(async (writer) => {
    const signal = await requireSignal(writer.tables, signalId);
    if (signal.state === 'joined' && signal.incident_id === incidentId) return;
    if (signal.state === 'joined') throw alreadyJoined();
    const incident = requireOpen(await requireIncident(writer.tables, incidentId));
    await markJoined(writer, { signalIds: [signalId], incidentId, acting, now: deps.clock.now() });
    await writer.record({
      kind: 'incident.updated',
      acting,
      incidentId,
      data: {
        changed: ['signals'],
        signals: [signalId],
        content: commitContent(deps.vault, incident, {
          title: incident.title,
          description: incident.description,
        }),
      },
    });
  });
  return readSignal(deps, signalId);
}
