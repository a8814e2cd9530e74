// The timeline of an incident: its entries in the evidence log as sentences, newest first.
import type { z } from 'zod';
import type { Page, PageQuery, TimelineEntry } from '../contract/index.ts';
import { decodeEntry } from '../domain/evidence/entry.ts';
import { timelineText } from '../domain/incident/timeline-text.ts';
import { checkCursor, pageOfRows } from './page-of-rows.ts';
import type { Deps } from './ports/deps.ts';
import { readActors } from './read-actors.ts';
import { requireIncident } from './require-incident.ts';

export type ReadTimeline = { incidentId: string; query: z.output<typeof PageQuery> };

/** Throws `incident.not_found` or `page.bad_cursor`. */
export async function readTimeline(
  deps: Pick<Deps, 'ledger'>,
  { incidentId, query: { cursor, limit } }: ReadTimeline,
): Promise<Page<TimelineEntry>> {
  const { tables } = deps.ledger;
  await requireIncident(tables, incidentId);
  const before = checkCursor(cursor, /^\d{1,15}$/);
  const { total } = await tables
    .selectFrom('evidence_entries')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where('incident_id', '=', incidentId)
    .executeTakeFirstOrThrow();
  const rows = await tables
    .selectFrom('evidence_entries')
    .select(['seq', 'at', 'kind', 'actor_id', 'bytes'])
    .where('incident_id', '=', incidentId)
    .$if(before !== null, (rows) => rows.where('seq', '<', Number(before)))
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const actorOf = await readActors(
    tables,
    rows.map((row) => row.actor_id),
  );
  return pageOfRows({
    rows,
    limit,
    total,
    keyOf: (row) => String(row.seq),
    itemOf: (row) => ({
      evidence_seq: row.seq,
      at: row.at,
      kind: row.kind,
      actor: actorOf(row.actor_id),
      text: timelineText(decodeEntry(row.bytes)),
    }),
  });
}
