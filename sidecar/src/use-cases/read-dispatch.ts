// A dispatch as the screens see it: counts that add up in sight, speed, forecast, troubles.
import type { Kysely, Selectable } from 'kysely';
import { Dispatch, type DispatchCounts } from '../contract/index.ts';
import { CodedError } from '../domain/coded-error.ts';
import { addsUp, countsOf } from '../domain/delivery/delivery-states.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { standingTroubles } from './troubles.ts';

export type DispatchRecord = Selectable<LedgerTables['dispatches']>;

const SPEED_WINDOW_MS = 60_000;

export async function requireDispatch(
  tables: Kysely<LedgerTables>,
  id: string,
): Promise<DispatchRecord> {
  const row = await tables
    .selectFrom('dispatches')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new CodedError({
      code: 'dispatch.not_found',
      category: 'not_found',
      message: "couldn't find this dispatch",
      detail: 'Open it from its incident.',
    });
  }
  return row;
}

export async function readDispatch(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  id: string,
): Promise<Dispatch> {
  return viewDispatch(deps, await requireDispatch(deps.ledger.tables, id));
}

/** The newest dispatch of an incident, or null when none was started. */
export async function readDispatchOfIncident(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  incidentId: string,
): Promise<Dispatch | null> {
  const row = await deps.ledger.tables
    .selectFrom('dispatches')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : viewDispatch(deps, row);
}

/** Counts by state, straight from the deliveries. */
export async function readCounts(
  tables: Kysely<LedgerTables>,
  dispatch: Pick<DispatchRecord, 'id' | 'planned'>,
): Promise<DispatchCounts> {
  const rows = await tables
    .selectFrom('deliveries')
    .select((row) => ['state', row.fn.countAll<number>().as('count')])
    .where('dispatch_id', '=', dispatch.id)
    .groupBy('state')
    .execute();
  return countsOf(dispatch.planned, rows);
}

async function viewDispatch(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  row: DispatchRecord,
): Promise<Dispatch> {
  const { tables } = deps.ledger;
  const counts = await readCounts(tables, row);
  const now = deps.clock.now();
  const perSecond = row.state === 'running' ? await readSpeed(tables, row, now) : null;
  const left = counts.pending + counts.attempting;
  const changedBy = row.changed_by === null ? null : await readActorName(tables, row.changed_by);
  return {
    id: row.id,
    manifest_id: row.manifest_id,
    incident_id: row.incident_id,
    state: Dispatch.shape.state.parse(row.state),
    drill: row.drill === 1,
    provider: row.provider,
    counts,
    adds_up: row.adds_up === 1 && addsUp(counts),
    started_at: row.started_at,
    ended_at: row.ended_at,
    per_second: perSecond,
    expected_end_at:
      perSecond === null || left === 0
        ? null
        : new Date(now.getTime() + (left / perSecond) * 1000).toISOString(),
    troubles: (await standingTroubles(tables, row.id)).map((trouble) => ({
      code: trouble.code,
      sentence: trouble.sentence,
      since: trouble.since,
      needs_person: trouble.needs_person === 1,
    })),
    changed_by: changedBy,
    change_reason: row.change_reason,
  };
}

/** Messages a second over the last minute of answered batches; null when there was none. */
async function readSpeed(
  tables: Kysely<LedgerTables>,
  dispatch: DispatchRecord,
  now: Date,
): Promise<number | null> {
  const from = new Date(now.getTime() - SPEED_WINDOW_MS).toISOString();
  const row = await tables
    .selectFrom('batches')
    .select((batch) => [batch.fn.sum<number | null>('count').as('sent')])
    .where('dispatch_id', '=', dispatch.id)
    .where('state', '=', 'recorded')
    .where('ended_at', '>=', from)
    .executeTakeFirst();
  const sent = row?.sent ?? 0;
  if (sent === 0) return null;
  const started = Math.max(now.getTime() - SPEED_WINDOW_MS, Date.parse(dispatch.started_at));
  return sent / Math.max(1, (now.getTime() - started) / 1000);
}

async function readActorName(tables: Kysely<LedgerTables>, id: string): Promise<string> {
  const row = await tables
    .selectFrom('actors')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.name ?? id;
}
