// A signal as the screens see it: what came in and what became of it.
import { Signal, type Actor } from '../contract/index.ts';
import { requireSignal, type SignalRecord } from './join-signals.ts';
import type { Deps } from './ports/deps.ts';
import { readActors } from './read-actors.ts';

export function viewSignal(
  row: SignalRecord & { incident_title: string | null },
  actorOf: (key: string) => Actor,
): Signal {
  return Signal.parse({
    id: row.id,
    source: row.source,
    kind: row.kind,
    severity: row.severity,
    title: row.title,
    detail: row.detail,
    occurred_at: row.occurred_at,
    received_at: row.received_at,
    last_seen_at: row.last_seen_at,
    times_seen: row.times_seen,
    state: row.state,
    incident_id: row.incident_id,
    incident_title: row.incident_title,
    decided_by: row.decided_by === null ? null : actorOf(row.decided_by).name,
    decision_reason: row.decision_reason,
  });
}

/** Throws `signal.not_found`. */
export async function readSignal(deps: Pick<Deps, 'ledger'>, id: string): Promise<Signal> {
  const { tables } = deps.ledger;
  const row = await requireSignal(tables, id);
  const incident =
    row.incident_id === null
      ? undefined
      : await tables
          .selectFrom('incidents')
          .select('title')
          .where('id', '=', row.incident_id)
          .executeTakeFirst();
  const actorOf = await readActors(tables, [row.decided_by]);
  return viewSignal({ ...row, incident_title: incident?.title ?? null }, actorOf);
}
