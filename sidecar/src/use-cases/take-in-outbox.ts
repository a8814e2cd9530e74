// Takes what the plugin wrote into its outbox into the ledger: events, signals and the new position in one transaction.
// A crash before the commit reads the same rows again; one after it knows their event ids. Each event counts once.
import type { Kysely } from 'kysely';
import {
  FAILURES_LOOKBACK_MS,
  judgeStoreEvent,
  needsFailures,
  BURST_WINDOW_MS,
  type StoreEvent,
} from '../domain/incident/signal-rules.ts';
import {
  findGaps,
  readGaps,
  readPosition,
  rememberRead,
  updateGaps,
  writePosition,
  type OutboxPosition,
} from './outbox-position.ts';
import { SYSTEM } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { OutboxAnswer, OutboxRow, StoreOutbox } from './ports/store-outbox.ts';
import { readReportedSignal } from './read-reported-signal.ts';
import { recordSignal, type NewSignal } from './record-signal.ts';

export type TakeInDeps = Pick<Deps, 'ledger' | 'clock' | 'ids' | 'randomness'> & {
  outbox: StoreOutbox;
};

export type TakenIn = {
  /** Events that were new. */
  events: number;
  signals: number;
  /** True when more rows wait: ask again at once. */
  more: boolean;
  /** True when the table was found older than it was (restored or emptied) and is read from its start again. */
  wentBack: boolean;
};

export const OUTBOX_BATCH = 500;

/** One pass. Throws what the port throws; nothing is changed then. */
export async function takeInOutbox(deps: TakeInDeps): Promise<TakenIn> {
  const { tables } = deps.ledger;
  const position = await readPosition(tables);
  const gaps = await readGaps(tables);
  const answer = await deps.outbox.ask({ after: position.after, gaps, limit: OUTBOX_BATCH });
  if (isOlder(answer, position)) return beginAgain(deps);
  await rememberRead(tables, deps.clock.now());
  const more = answer.rows.length === OUTBOX_BATCH;
  if (answer.rows.length === 0 && answer.late.length === 0) {
    if (gaps.length > 0) await giveUpOldGaps(deps);
    return { events: 0, signals: 0, more, wentBack: false };
  }
  const taken = await deps.ledger.transaction((writer) =>
    takeIn(deps, writer, { answer, position, gaps }),
  );
  return { ...taken, more, wentBack: false };
}

/**
 * Numbers only grow, and only rows up to the position are pruned, lowest first: rows that all lie below the position, or
 * another row in its place, belong to another table than the one that was read. An empty table was pruned.
 */
function isOlder(
  { highest, eventIdAtAfter }: OutboxAnswer,
  { after, eventId }: OutboxPosition,
): boolean {
  if (highest > 0 && highest < after) return true;
  return eventIdAtAfter !== null && eventId !== null && eventIdAtAfter !== eventId;
}

async function beginAgain(deps: TakeInDeps): Promise<TakenIn> {
  await deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now();
    await writePosition(writer, { after: 0, eventId: null });
    await writer.tables.deleteFrom('outbox_gaps').execute();
    await recordSignal(deps, writer, {
      signal: {
        source: 'tocsin',
        kind: 'tocsin.outbox_went_back',
        severity: 'high',
        title: "The shop's event table is older than it was",
        detail:
          'Its rows were emptied, replaced or restored from a backup. It is read again from the start; events known already are not counted twice. If nobody restored the database, somebody may be hiding traces.',
        occurredAt: now.toISOString(),
        dedupe: `outbox_went_back:${now.toISOString()}`,
      },
      origin: 'sidecar',
      acting: SYSTEM,
      now,
    });
  });
  return { events: 0, signals: 1, more: true, wentBack: true };
}

async function giveUpOldGaps(deps: TakeInDeps): Promise<void> {
  await deps.ledger.transaction((writer) =>
    updateGaps(writer, { found: [], opened: [], now: deps.clock.now() }),
  );
}

type Batch = { answer: OutboxAnswer; position: OutboxPosition; gaps: readonly number[] };

async function takeIn(
  deps: TakeInDeps,
  writer: LedgerWriter,
  { answer, position, gaps }: Batch,
): Promise<{ events: number; signals: number }> {
  const now = deps.clock.now();
  const arrived = [...answer.late, ...answer.rows];
  const fresh: OutboxRow[] = [];
  for (let at = 0; at < arrived.length; at += OUTBOX_BATCH) {
    fresh.push(...(await keepNew(writer, arrived.slice(at, at + OUTBOX_BATCH), now)));
  }
  let signals = 0;
  for (const row of fresh) {
    const found = await judgeRow(writer.tables, row, now);
    if (found === null) continue;
    const origin = row.kind === 'signal.reported' ? 'siem' : 'store';
    const { duplicate } = await recordSignal(deps, writer, {
      signal: found,
      origin,
      acting: SYSTEM,
      now,
    });
    if (!duplicate) signals += 1;
  }
  const waited = new Set(gaps);
  await updateGaps(writer, {
    found: answer.late.map((row) => row.id),
    opened: findGaps(
      position.after,
      answer.rows.map((row) => row.id),
    ).filter((id) => !waited.has(id)),
    now,
  });
  const last = answer.rows.at(-1);
  if (last !== undefined) await writePosition(writer, { after: last.id, eventId: last.eventId });
  return { events: fresh.length, signals };
}

/** Stores the events not known yet and returns them, by row number. */
async function keepNew(
  writer: LedgerWriter,
  rows: readonly OutboxRow[],
  now: Date,
): Promise<OutboxRow[]> {
  const byEvent = new Map(rows.map((row) => [row.eventId, row]));
  const known = await writer.tables
    .selectFrom('store_events')
    .select('event_id')
    .where('event_id', 'in', [...byEvent.keys()])
    .execute();
  for (const { event_id } of known) byEvent.delete(event_id);
  const fresh = [...byEvent.values()].sort((a, b) => a.id - b.id);
  if (fresh.length === 0) return [];
  const receivedAt = now.toISOString();
  await writer.tables
    .insertInto('store_events')
    .values(
      fresh.map((row) => ({
        event_id: row.eventId,
        outbox_id: row.id,
        kind: row.kind,
        actor_user_id: row.actorUserId,
        subject_type: row.subjectType,
        subject_id: row.subjectId,
        occurred_at: row.occurredAt ?? receivedAt,
        received_at: receivedAt,
        data_json: row.data ?? '{}',
      })),
    )
    .execute();
  return fresh;
}

async function judgeRow(
  tables: Kysely<LedgerTables>,
  row: OutboxRow,
  now: Date,
): Promise<NewSignal | null> {
  if (row.kind === 'signal.reported') return readReportedSignal(row);
  const event: StoreEvent = {
    eventId: row.eventId,
    kind: row.kind,
    actorUserId: row.actorUserId,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    occurredAt: row.occurredAt ?? now.toISOString(),
    data: readData(row.data),
  };
  const failures = needsFailures(event) ? await readFailures(tables, event) : [];
  const draft = judgeStoreEvent(event, failures);
  if (draft === null) return null;
  return {
    ...draft,
    source: 'store',
    occurredAt: event.occurredAt,
    dedupe: `store:${draft.dedupe}`,
  };
}

/** Also those after the event: rows of other connections arrive out of order. */
async function readFailures(tables: Kysely<LedgerTables>, event: StoreEvent): Promise<string[]> {
  const at = Date.parse(event.occurredAt);
  const rows = await tables
    .selectFrom('store_events')
    .select('occurred_at')
    .where('kind', '=', 'login.failed')
    .where('subject_id', '=', event.subjectId)
    .where('occurred_at', '>=', new Date(at - FAILURES_LOOKBACK_MS).toISOString())
    .where('occurred_at', '<=', new Date(at + BURST_WINDOW_MS).toISOString())
    .orderBy('occurred_at', 'desc')
    .limit(1000)
    .execute();
  return rows.map((row) => row.occurred_at);
}

function readData(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
