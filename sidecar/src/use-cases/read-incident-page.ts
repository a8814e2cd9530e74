// The incident page in one request: everything from "what happened" to "proof", and the one next step.
import type { IncidentPage } from '../contract/index.ts';
import { checklistOf, nextStepOf } from '../domain/incident/next-step.ts';
import { listSignalsOfIncident } from './list-signals.ts';
import type { Deps } from './ports/deps.ts';
import { readActors } from './read-actors.ts';
import { readAudience } from './read-audience.ts';
import { readDispatchOfIncident } from './read-dispatch.ts';
import { readCurrentManifest, type ManifestDeps } from './read-manifest.ts';
import { readNotice } from './read-notice.ts';
import { readScope } from './read-scope.ts';
import { readStepFacts } from './read-step-facts.ts';
import { requireIncident } from './require-incident.ts';
import { viewIncident } from './view-incident.ts';

type PageDeps = ManifestDeps & Pick<Deps, 'vault'>;

/** Throws `incident.not_found`. After an erasure the page still shows what was done; the scope is gone with the people. */
export async function readIncidentPage(deps: PageDeps, incidentId: string): Promise<IncidentPage> {
  const { tables } = deps.ledger;
  const row = await requireIncident(tables, incidentId);
  const facts = (await readStepFacts(tables, [row])).get(row.id);
  if (facts === undefined) throw new TypeError('facts are read for every incident asked for');
  return {
    incident: viewIncident(row, await readActors(tables, [row.created_by])),
    signals: await listSignalsOfIncident(deps, row),
    scope: row.wrapped_key === null ? null : await readScope(deps, incidentId),
    audience: await readAudience(deps, incidentId),
    audience_is_stale: facts.audienceIsStale,
    notice: await readNotice(deps, incidentId),
    manifest: await readCurrentManifest(deps, incidentId),
    dispatch: await readDispatchOfIncident(deps, incidentId),
    next_step: nextStepOf(facts),
    checklist: checklistOf(facts),
  };
}
