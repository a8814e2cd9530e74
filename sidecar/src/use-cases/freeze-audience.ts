// Asks for the people of an incident's scope to be frozen. Answers at once with an audience that is being resolved; the
// work goes on in the background and ends with a frozen or a failed audience, never with half of one.
import type { Audience } from '../contract/audience.ts';
import { CodedError } from '../domain/coded-error.ts';
import type { Acting } from './ports/acting.ts';
import { actorKey } from './ports/acting.ts';
import type { Background } from './ports/background.ts';
import { resolutionName } from './abandon-audiences.ts';
import { viewAudience } from './read-audience.ts';
import { findNewestScope } from './read-scope.ts';
import { requireIncident } from './require-incident.ts';
import { requireOpen } from './require-open-incident.ts';
import type { AudienceWork } from './ports/audience-work.ts';
import type { Deps } from './ports/deps.ts';
import { unlockIncident } from './unlock-incident.ts';

export type FreezeDeps = Deps & {
  background: Background;
  audienceWork: Pick<AudienceWork, 'resolve'>;
};

/** Throws `incident.not_found`, `incident.not_open`, `incident.erased`, `scope.not_set`, `audience.being_resolved`. */
export async function freezeAudience(
  deps: FreezeDeps,
  acting: Acting,
  { incidentId }: { incidentId: string },
): Promise<Audience> {
  await unlockIncident(deps, incidentId);
  const id = deps.ids.make('aud');
  const row = await deps.ledger.transaction(async ({ tables }) => {
    requireOpen(await requireIncident(tables, incidentId));
    const scope = await findNewestScope(tables, incidentId);
    if (scope === undefined) throw noScope();
    const busy = await tables
      .selectFrom('audiences')
      .select('id')
      .where('incident_id', '=', incidentId)
      .where('state', '=', 'resolving')
      .executeTakeFirst();
    if (busy !== undefined) throw alreadyResolving();
    return tables
      .insertInto('audiences')
      .values({
        id,
        incident_id: incidentId,
        scope_id: scope.id,
        state: 'resolving',
        root: null,
        counts_json: null,
        rows_read: 0,
        requested_at: deps.clock.now().toISOString(),
        requested_by: actorKey(acting),
        frozen_at: null,
        problem_code: null,
        problem_title: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  deps.background.start(resolutionName(id), () =>
    deps.audienceWork.resolve(acting, { audienceId: id }),
  );
  return viewAudience(row);
}

function noScope(): CodedError {
  return new CodedError({
    code: 'scope.not_set',
    category: 'conflict',
    message: "couldn't freeze the people: which data leaked is not set",
    detail: 'Set the scope of the incident first.',
  });
}

function alreadyResolving(): CodedError {
  return new CodedError({
    code: 'audience.being_resolved',
    category: 'conflict',
    message: "couldn't freeze the people: they are being read from the shop just now",
    detail: 'Wait until that has ended; the incident page shows how far it is.',
  });
}
