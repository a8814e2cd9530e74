// The scope of an incident, opened.
import type { Kysely, Selectable } from 'kysely';
import { Scope, type SavedScope } from '../contract/scope.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { unlockIncident } from './unlock-incident.ts';

export type ScopeRecord = Selectable<LedgerTables['scopes']>;

/** The newest version, or null when none was ever set. Throws `incident.not_found`, `incident.erased`. */
export async function readScope(
  deps: Pick<Deps, 'ledger' | 'vault'>,
  incidentId: string,
): Promise<SavedScope | null> {
  const row = await findNewestScope(deps.ledger.tables, incidentId);
  if (row === undefined) return null;
  const vault = await unlockIncident(deps, incidentId);
  const actor = await deps.ledger.tables
    .selectFrom('actors')
    .select('name')
    .where('id', '=', row.set_by)
    .executeTakeFirst();
  return {
    id: row.id,
    hash: row.hash,
    scope: Scope.parse(JSON.parse(vault.open(row.sealed, `scope:${row.id}`))),
    set_at: row.set_at,
    set_by: actor?.name ?? row.set_by,
  };
}

/** Without opening it. */
export async function findNewestScope(
  tables: Kysely<LedgerTables>,
  incidentId: string,
): Promise<ScopeRecord | undefined> {
  return tables
    .selectFrom('scopes')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}
