// Ties signals to an incident: those it was declared from, and those that turn out to belong to it.
import type { Kysely, Selectable } from 'kysely';
import { CodedError } from '../domain/coded-error.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { LedgerWriter } from './ports/ledger.ts';

export type SignalRecord = Selectable<LedgerTables['signals']>;

export async function requireSignal(
  tables: Kysely<LedgerTables>,
  id: string,
): Promise<SignalRecord> {
  const row = await tables
    .selectFrom('signals')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new CodedError({
      code: 'signal.not_found',
      category: 'not_found',
      message: "couldn't find this signal",
      detail: 'Open it from the list of signals.',
    });
  }
  return row;
}

/** Each signal once, in the order given. Throws `signal.not_found` or `signal.already_joined` with the field. */
export async function requireJoinable(
  tables: Kysely<LedgerTables>,
  ids: readonly string[],
): Promise<SignalRecord[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const rows = await tables.selectFrom('signals').selectAll().where('id', 'in', wanted).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  const missing = wanted.filter((id) => !known.has(id));
  if (missing.length > 0) {
    throw new CodedError({
      code: 'signal.not_found',
      category: 'invalid',
      message: `couldn't take the signals along: ${missing.length} of them do not exist`,
      detail: 'Choose them from the list of signals.',
      fields: missing.map((id) => ({
        pointer: `/signal_ids/${ids.indexOf(id)}`,
        message: 'is no signal',
      })),
    });
  }
  const found = wanted.flatMap((id) => known.get(id) ?? []);
  const taken = found.filter((signal) => signal.state === 'joined');
  if (taken.length > 0) {
    throw alreadyJoined(
      taken.map(({ id }) => ({
        pointer: `/signal_ids/${ids.indexOf(id)}`,
        message: 'belongs to another incident',
      })),
    );
  }
  return found;
}

export function alreadyJoined(fields: { pointer: string; message: string }[] = []): CodedError {
  return new CodedError({
    code: 'signal.already_joined',
    category: 'conflict',
    message: "couldn't change the signal: it belongs to an incident already",
    detail:
      'A signal belongs to one incident and stays with it. Open that incident from the signal.',
    fields,
  });
}

export type MarkJoined = {
  signalIds: readonly string[];
  incidentId: string;
  acting: Acting;
  now: Date;
};

/** Writes the tie; its evidence is the caller's. */
export async function markJoined(
  writer: LedgerWriter,
  { signalIds, incidentId, acting, now }: MarkJoined,
): Promise<void> {
  if (signalIds.length === 0) return;
  await writer.tables
    .updateTable('signals')
    .set({
      state: 'joined',
      incident_id: incidentId,
      decided_by: actorKey(acting),
      decided_at: now.toISOString(),
      decision_reason: null,
    })
    .where('id', 'in', [...signalIds])
    .execute();
}
