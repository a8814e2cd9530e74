// Decisions about who is one human, newest first, those taken back among them.
import type { IdentityDecision } from '../contract/audience.ts';
import type { Page, PageQuery } from '../contract/values.ts';
import type { z } from 'zod';
import { checkCursor, pageOfRows } from './page-of-rows.ts';
import type { Deps } from './ports/deps.ts';
import { readActors } from './read-actors.ts';
import { unlockIncident } from './unlock-incident.ts';
import { viewDecision } from './view-identity-decision.ts';

/** Throws `page.bad_cursor`, `incident.not_found`, `incident.erased`. */
export async function listIdentityDecisions(
  deps: Pick<Deps, 'ledger' | 'vault'>,
  { incidentId, query }: { incidentId: string; query: z.output<typeof PageQuery> },
): Promise<Page<IdentityDecision>> {
  const { tables } = deps.ledger;
  const vault = await unlockIncident(deps, incidentId);
  const before = checkCursor(query.cursor, /^idd_[0-9a-z]{10,40}$/);
  const { total } = await tables
    .selectFrom('identity_decisions')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where('incident_id', '=', incidentId)
    .executeTakeFirstOrThrow();
  const rows = await tables
    .selectFrom('identity_decisions')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .$if(before !== null, (select) => select.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const actorOf = await readActors(
    tables,
    rows.map((row) => row.decided_by),
  );
  return pageOfRows({
    rows,
    limit: query.limit,
    total,
    keyOf: ({ id }) => id,
    itemOf: (row) => viewDecision(vault, row, actorOf),
  });
}
