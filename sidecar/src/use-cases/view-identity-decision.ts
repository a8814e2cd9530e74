// A reviewer's decision as the contract shows it.
import type { Selectable } from 'kysely';
import { IdentityDecision } from '../contract/audience.ts';
import type { Actor } from '../contract/values.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import { openDecision } from './read-effective-decisions.ts';

export type DecisionRecord = Selectable<LedgerTables['identity_decisions']>;

export function viewDecision(
  vault: IncidentVault,
  row: DecisionRecord,
  actorOf: (key: string) => Actor,
): IdentityDecision {
  const { reason, rows } = openDecision(vault, row);
  return IdentityDecision.parse({
    id: row.id,
    kind: row.kind,
    people: JSON.parse(row.people_json) as unknown,
    rows: rows.map(({ source, row: key }) => ({ source, row: key })),
    accounts: row.accounts,
    decided_at: row.decided_at,
    decided_by: actorOf(row.decided_by).name,
    reason,
    undone_at: row.undone_at,
  });
}
