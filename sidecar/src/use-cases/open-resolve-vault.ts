// Under which key people are resolved at the command line: the incident's, so that ids are those of its audiences, or one
// of this installation, so that they are the same in every reading without an incident.
import type { Kysely } from 'kysely';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { requireIncident, type IncidentRecord } from './require-incident.ts';
import { unlockIncident } from './unlock-incident.ts';
import type { IncidentVault } from './ports/vault.ts';

const SETTING = 'resolve.wrapped_key';

export type ResolveVault = {
  readonly vault: IncidentVault;
  /** The key, wrapped, for commitments. */
  readonly holder: Pick<IncidentRecord, 'wrapped_key'>;
  readonly incidentId: string | null;
};

/** `incident`: id or reference, or null for none. Throws `incident.not_found`, `incident.erased`. */
export async function openResolveVault(
  deps: Pick<Deps, 'ledger' | 'vault'>,
  incident: string | null,
): Promise<ResolveVault> {
  if (incident === null) {
    const wrapped = await installationKey(deps);
    const holder = { wrapped_key: wrapped };
    return { vault: deps.vault.unlock(wrapped), holder, incidentId: null };
  }
  const incidentId = await findIncident(deps.ledger.tables, incident);
  const vault = await unlockIncident(deps, incidentId);
  const holder = await requireIncident(deps.ledger.tables, incidentId);
  return { vault, holder, incidentId };
}

/** By its reference, else the text is taken for an id. */
async function findIncident(tables: Kysely<LedgerTables>, text: string): Promise<string> {
  const found = await tables
    .selectFrom('incidents')
    .select('id')
    .where('reference', '=', text)
    .executeTakeFirst();
  return found?.id ?? text;
}

/** Made by the first who needs it. */
async function installationKey(deps: Pick<Deps, 'ledger' | 'vault'>): Promise<Uint8Array> {
  return deps.ledger.transaction(async ({ tables }) => {
    const known = await tables
      .selectFrom('settings')
      .select('value')
      .where('key', '=', SETTING)
      .executeTakeFirst();
    if (known !== undefined) return new Uint8Array(Buffer.from(known.value, 'base64'));
    const wrapped = deps.vault.createKey();
    const value = Buffer.from(wrapped).toString('base64');
    await tables.insertInto('settings').values({ key: SETTING, value }).execute();
    return wrapped;
  });
}
