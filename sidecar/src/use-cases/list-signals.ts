// Signals, newest first.
import type { z } from 'zod';
import type { Page, Signal, SignalsQuery } from '../contract/index.ts';
import { checkCursor, pageOfRows } from './page-of-rows.ts';
import type { Deps } from './ports/deps.ts';
import { readActors } from './read-actors.ts';
import { viewSignal } from './view-signal.ts';

/** Throws `page.bad_cursor`. */
export async function listSignals(
  deps: Pick<Deps, 'ledger'>,
  { state, cursor, limit }: z.output<typeof SignalsQuery>,
): Promise<Page<Signal>> {
  const { tables } = deps.ledger;
  const after = checkCursor(cursor, /^sig_[0-9a-z]{10,40}$/);
  const { total } = await tables
    .selectFrom('signals')
    .select((select) => select.fn.countAll<number>().as('total'))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .executeTakeFirstOrThrow();
  const rows = await tables
    .selectFrom('signals')
    .leftJoin('incidents', 'incidents.id', 'signals.incident_id')
    .selectAll('signals')
    .select('incidents.title as incident_title')
    .$if(state !== undefined, (query) => query.where('signals.state', '=', state ?? ''))
    .$if(after !== null, (query) => query.where('signals.id', '<', after ?? ''))
    .orderBy('signals.id', 'desc')
    .limit(limit + 1)
    .execute();
  const actorOf = await readActors(
    tables,
    rows.map((row) => row.decided_by),
  );
  return pageOfRows({
    rows,
    limit,
    total,
    keyOf: (row) => row.id,
    itemOf: (row) => viewSignal(row, actorOf),
  });
}

/** All signals of an incident, oldest first; an incident is declared from at most a hundred, joined ones come singly. */
export async function listSignalsOfIncident(
  deps: Pick<Deps, 'ledger'>,
  incident: { id: string; title: string },
): Promise<Signal[]> {
  const { tables } = deps.ledger;
  const rows = await tables
    .selectFrom('signals')
    .selectAll()
    .where('incident_id', '=', incident.id)
    .orderBy('id')
    .execute();
  const actorOf = await readActors(
    tables,
    rows.map((row) => row.decided_by),
  );
  return rows.map((row) => viewSignal({ ...row, incident_title: incident.title }, actorOf));
}
