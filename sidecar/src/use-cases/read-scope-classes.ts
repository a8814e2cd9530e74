// Which data leaked, for the samples of a notice.
import type { Deps } from './ports/deps.ts';
import { readScope } from './read-scope.ts';
import type { IncidentRecord } from './require-incident.ts';

/** Empty while no scope is set, or once the incident's data was erased. */
export async function readScopeClasses(
  deps: Pick<Deps, 'ledger' | 'vault'>,
  incident: IncidentRecord,
): Promise<readonly string[]> {
  if (incident.wrapped_key === null) return [];
  return (await readScope(deps, incident.id))?.scope.data_classes ?? [];
}
