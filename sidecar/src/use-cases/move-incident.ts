// Moves an incident from one state to another on behalf of a person: confirm, dismiss, close, reopen.
import type { z } from 'zod';
import type { Incident, IncidentTransition } from '../contract/index.ts';
import {
  findMove,
  type DispatchFact,
  type IncidentMove,
  type IncidentState,
} from '../domain/incident/incident-states.ts';
import { commitContent, commitReason } from './commit-content.ts';
import { evidenceTimes } from './evidence-times.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { requireIncident, type IncidentRecord } from './require-incident.ts';
import { readIncident } from './view-incident.ts';
import { voidOpenManifest } from './void-open-manifest.ts';

type MoveDeps = Pick<Deps, 'ledger' | 'clock' | 'vault'>;
export type MoveIncident = { incidentId: string } & z.output<typeof IncidentTransition>;

/** Throws `incident.not_found`, `incident.move_refused`, `incident.dispatch_in_the_way` or `incident.reason_needed`. */
export async function moveIncident(
  deps: MoveDeps,
  acting: Acting,
  { incidentId, to, reason }: MoveIncident,
): Promise<Incident> {
  await deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now();
    const before = await requireIncident(writer.tables, incidentId);
    const move = findMove({
      from: before.state as IncidentState,
      to,
      by: 'person',
      dispatch: await readDispatchFact(writer, incidentId),
      reason,
    });
    const after = applyMove(before, { move, reason, now });
    const { id, ...columns } = after;
    await writer.tables.updateTable('incidents').set(columns).where('id', '=', id).execute();
    await writer.record({
      kind: 'incident.state_changed',
      acting,
      incidentId,
      data: {
        from: move.from,
        to: move.to,
        reason: move.code,
        ...commitReason(deps.vault, after, reason),
      },
    });
    if (before.aware_at !== after.aware_at) await recordAwareness(deps, writer, { acting, after });
    // Nobody should approve what was taken back; a confirmation takes nothing back.
    if (to !== 'confirmed') {
      await voidOpenManifest(writer, { incidentId, acting, now, reason: 'incident_changed' });
    }
  });
  return readIncident(deps, incidentId);
}

/** Who confirms is aware at the latest now (GDPR Art. 33(1)); the first confirmation is the one that counts. */
function applyMove(
  before: IncidentRecord,
  { move, reason, now }: { move: IncidentMove; reason: string; now: Date },
): IncidentRecord {
  const at = now.toISOString();
  const confirmed = move.to === 'confirmed';
  return {
    ...before,
    state: move.to,
    state_reason: reason === '' ? null : reason,
    confirmed_at: confirmed ? (before.confirmed_at ?? at) : before.confirmed_at,
    aware_at: confirmed ? (before.aware_at ?? at) : before.aware_at,
    updated_at: at,
    version: before.version + 1,
  };
}

async function recordAwareness(
  deps: MoveDeps,
  writer: LedgerWriter,
  { acting, after }: { acting: Acting; after: IncidentRecord },
): Promise<void> {
  await writer.record({
    kind: 'incident.updated',
    acting,
    incidentId: after.id,
    data: {
      changed: ['aware_at'],
      content: commitContent(deps.vault, after, {
        title: after.title,
        description: after.description,
      }),
      ...evidenceTimes(after),
    },
  });
}

async function readDispatchFact(writer: LedgerWriter, incidentId: string): Promise<DispatchFact> {
  const newest = await writer.tables
    .selectFrom('dispatches')
    .select('state')
    .where('incident_id', '=', incidentId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined) return 'none';
  return newest.state === 'done' || newest.state === 'stopped' ? 'ended' : 'running';
}
