// What people will be told about an incident, as it stands now.
import type { Kysely } from 'kysely';
import type { Notice } from '../contract/index.ts';
import { viewNotice, type NoticeRecord } from './notice-view.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { readActors } from './read-actors.ts';

/** The newest notice, or null when none was set. */
export async function readNotice(
  deps: Pick<Deps, 'ledger'>,
  incidentId: string,
): Promise<Notice | null> {
  const row = await newestNotice(deps.ledger.tables, incidentId);
  if (row === undefined) return null;
  return viewNotice(row, await readActors(deps.ledger.tables, [row.set_by]));
}

export async function newestNotice(
  tables: Kysely<LedgerTables>,
  incidentId: string,
): Promise<NoticeRecord | undefined> {
  return tables
    .selectFrom('notices')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('set_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
