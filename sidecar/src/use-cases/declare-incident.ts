// Declares an incident: gives it its reference and its own data key, and takes the signals that led to it along.
import type { z } from 'zod';
import type { Incident, IncidentDraft } from '../contract/index.ts';
import { nextReference, referencePrefix } from '../domain/incident/incident-reference.ts';
import { checkTimes, type IncidentTimes } from '../domain/incident/incident-times.ts';
import { commitContent } from './commit-content.ts';
import { evidenceTimes } from './evidence-times.ts';
import { markJoined, requireJoinable } from './join-signals.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { IncidentRecord } from './require-incident.ts';
import { readIncident } from './view-incident.ts';

type DeclareDeps = Pick<Deps, 'ledger' | 'clock' | 'ids' | 'vault'>;
type Draft = z.output<typeof IncidentDraft>;

/** Throws `incident.times_invalid`, `signal.not_found` or `signal.already_joined`. */
export async function declareIncident(
  deps: DeclareDeps,
  acting: Acting,
  draft: Draft,
): Promise<Incident> {
  const id = deps.ids.make('inc');
  const wrappedKey = deps.vault.createKey();
  await deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now();
    const at = now.toISOString();
    const signals = await requireJoinable(writer.tables, draft.signal_ids);
    const asked = checkTimes({ times: timesOf(draft), confirmedAt: null, now });
    const times = { ...asked, detected_at: asked.detected_at ?? firstSeen(signals, asked) };
    const row: IncidentRecord = {
      id,
      ...(await takeReference(writer, now.getUTCFullYear())),
      title: draft.title,
      type: draft.type,
      severity: draft.severity,
      state: 'suspected',
      drill: draft.drill ? 1 : 0,
      description: draft.description,
      ...times,
      confirmed_at: null,
      state_reason: null,
      created_at: at,
      created_by: actorKey(acting),
      updated_at: at,
      version: 1,
      wrapped_key: wrappedKey,
    };
    await writer.tables.insertInto('incidents').values(row).execute();
    await markJoined(writer, {
      signalIds: signals.map((signal) => signal.id),
      incidentId: id,
      acting,
      now,
    });
    await writer.record({
      kind: 'incident.declared',
      acting,
      incidentId: id,
      data: {
        type: row.type,
        severity: row.severity,
        signals: signals.map((signal) => signal.id),
        content: commitContent(deps.vault, row, { title: row.title, description: row.description }),
        ...evidenceTimes(row),
      },
    });
  });
  return readIncident(deps, id);
}

function timesOf({ occurred_from, occurred_to, detected_at, aware_at }: Draft): IncidentTimes {
  return { occurred_from, occurred_to, detected_at, aware_at };
}

/** Nobody is asked for what the signals know already, as long as it fits the times that were given. */
function firstSeen(
  signals: readonly { received_at: string }[],
  { occurred_from, aware_at }: IncidentTimes,
): string | null {
  const first = signals.map((signal) => signal.received_at).sort()[0];
  if (first === undefined) return null;
  const fits =
    (aware_at === null || first <= aware_at) && (occurred_from === null || occurred_from <= first);
  return fits ? first : null;
}

/** Writers run alone, so the highest number plus one is free, and a transaction undone gives it back. */
async function takeReference(
  writer: LedgerWriter,
  year: number,
): Promise<{ number: number; reference: string }> {
  const last = await writer.tables
    .selectFrom('incidents')
    .select((select) => select.fn.max('number').as('number'))
    .where('reference', 'like', `${referencePrefix(year)}%`)
    .executeTakeFirst();
  // The aggregate of no rows is null, whatever its type says.
  return nextReference(year, (last?.number as number | null | undefined) ?? 0);
}
