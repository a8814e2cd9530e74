// The vault of one incident, unless its people were erased.
import { CodedError } from '../domain/coded-error.ts';
import type { Deps } from './ports/deps.ts';
import type { IncidentVault } from './ports/vault.ts';
import { requireIncident } from './require-incident.ts';

export async function unlockIncident(
  deps: Pick<Deps, 'ledger' | 'vault'>,
  incidentId: string,
): Promise<IncidentVault> {
  return deps.vault.unlock(await requireIncidentKey(deps, incidentId));
}

/** The incident's data key, wrapped. Throws `incident.erased`. */
export async function requireIncidentKey(
  deps: Pick<Deps, 'ledger'>,
  incidentId: string,
): Promise<Uint8Array> {
  const incident = await requireIncident(deps.ledger.tables, incidentId);
  if (incident.wrapped_key === null) {
    throw new CodedError({
      code: 'incident.erased',
      category: 'gone',
      message: "couldn't show people: the personal data of this incident was erased",
      detail: 'The proof stays valid; the evidence log shows what was done.',
    });
  }
  return incident.wrapped_key;
}
