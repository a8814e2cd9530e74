// The reviewers' decisions about an incident that nobody took back, opened.
import type { Kysely } from 'kysely';
import {
  effectiveDecisions,
  type StandingDecision,
} from '../domain/audience/identity-decisions.ts';
import type { DecidedRow, EffectiveDecisions } from '../domain/audience/identity-rules.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';

/** What is sealed of a decision. */
export type SealedDecision = { readonly reason: string; readonly rows: readonly DecidedRow[] };

/** As they stand for the next freeze. */
export async function readEffectiveDecisions(
  tables: Kysely<LedgerTables>,
  vault: IncidentVault,
  incidentId: string,
): Promise<EffectiveDecisions> {
  return effectiveDecisions(await readStandingDecisions(tables, vault, incidentId));
}

/** In the order they were made. */
export async function readStandingDecisions(
  tables: Kysely<LedgerTables>,
  vault: IncidentVault,
  incidentId: string,
): Promise<StandingDecision[]> {
  const rows = await tables
    .selectFrom('identity_decisions')
    .select(['id', 'kind', 'people_json', 'sealed'])
    .where('incident_id', '=', incidentId)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as StandingDecision['kind'],
    people: JSON.parse(row.people_json) as string[],
    rows: openDecision(vault, row).rows,
  }));
}

export function sealDecision(vault: IncidentVault, id: string, said: SealedDecision): Uint8Array {
  return vault.seal(JSON.stringify(said), `identity:${id}`);
}

/** Throws `vault.cannot_open`. */
export function openDecision(
  vault: IncidentVault,
  row: { id: string; sealed: Uint8Array },
): SealedDecision {
  return JSON.parse(vault.open(row.sealed, `identity:${row.id}`)) as SealedDecision;
}
