// The audience of an incident: its newest, and the one whose people count.
import type { Kysely, Selectable } from 'kysely';
import { Audience } from '../contract/audience.ts';
import { CodedError } from '../domain/coded-error.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

export type AudienceRecord = Selectable<LedgerTables['audiences']>;

/** The newest in whatever state, or null when none was ever asked for. */
export async function readAudience(
  deps: Pick<Deps, 'ledger'>,
  incidentId: string,
): Promise<Audience | null> {
  const row = await newest(deps.ledger.tables, incidentId).executeTakeFirst();
  return row === undefined ? null : viewAudience(row);
}

/**
 * The frozen one. A newer audience that is being resolved or has failed does not take its place: nobody of it is sure yet.
 */
export function findFrozenAudience(
  tables: Kysely<LedgerTables>,
  incidentId: string,
): Promise<AudienceRecord | undefined> {
  return newest(tables, incidentId).where('state', '=', 'frozen').executeTakeFirst();
}

/** As `findFrozenAudience`, or throws `audience.not_frozen`. */
export async function requireFrozenAudience(
  tables: Kysely<LedgerTables>,
  incidentId: string,
): Promise<AudienceRecord> {
  const row = await findFrozenAudience(tables, incidentId);
  if (row !== undefined) return row;
  throw new CodedError({
    code: 'audience.not_frozen',
    category: 'conflict',
    message: "couldn't show people: none are frozen for this incident",
    detail: 'Set which data leaked, then freeze the people; wait when that is under way.',
  });
}

function newest(tables: Kysely<LedgerTables>, incidentId: string) {
  return tables
    .selectFrom('audiences')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1);
}

export function viewAudience(row: AudienceRecord): Audience {
  return Audience.parse({
    id: row.id,
    scope_id: row.scope_id,
    state: row.state,
    root: row.root,
    counts: row.counts_json === null ? null : (JSON.parse(row.counts_json) as unknown),
    rows_read: row.rows_read,
    requested_at: row.requested_at,
    frozen_at: row.frozen_at,
    problem:
      row.problem_code === null
        ? null
        : { code: row.problem_code, title: row.problem_title ?? row.problem_code },
  });
}
