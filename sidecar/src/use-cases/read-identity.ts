// What an incident already knows of its people before they are resolved anew: reviewers' decisions, addresses that bounced.
import type { Kysely } from 'kysely';
import { makeIdentityRules, type IdentityRules } from '../domain/audience/identity-rules.ts';
import type { BlindKey } from '../domain/audience/staged-row.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import { readEffectiveDecisions } from './read-effective-decisions.ts';

export async function readIdentity(
  tables: Kysely<LedgerTables>,
  vault: IncidentVault,
  incidentId: string,
): Promise<{ identity: IdentityRules; bounced: ReadonlySet<BlindKey> }> {
  const bounced = await tables
    .selectFrom('deliveries as d')
    .innerJoin('dispatches as s', 's.id', 'd.dispatch_id')
    .select('d.address_index')
    .distinct()
    .where('s.incident_id', '=', incidentId)
    .where('d.state', '=', 'bounced')
    .where('d.channel', '=', 'email')
    .execute();
  return {
    identity: makeIdentityRules(await readEffectiveDecisions(tables, vault, incidentId)),
    bounced: new Set(
      bounced.flatMap(({ address_index: index }) =>
        index === null ? [] : [Buffer.from(index).toString('hex')],
      ),
    ),
  };
}
