// The facts the next step and the checklist rest on, for many incidents in a fixed number of queries. The list of
// incidents and the page of one ask the same way.
import type { Kysely } from 'kysely';
import { AudienceCounts } from '../contract/index.ts';
import type { IncidentState } from '../domain/incident/incident-states.ts';
import type { StepFacts } from '../domain/incident/next-step.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentRecord } from './require-incident.ts';

type Tables = Kysely<LedgerTables>;
export type IncidentFacts = StepFacts & {
  /** People of the frozen audience; null while none is frozen. */
  people: number | null;
};

/** Facts by incident id. */
export async function readStepFacts(
  tables: Tables,
  incidents: readonly Pick<IncidentRecord, 'id' | 'state'>[],
): Promise<ReadonlyMap<string, IncidentFacts>> {
  const ids = incidents.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const scopes = newestOf(await readScopes(tables, ids), ({ version }) => version);
  const allAudiences = await readAudiences(tables, ids);
  const audiences = newestOf(allAudiences, ({ requested_at }) => requested_at);
  const frozenOnes = newestOf(
    allAudiences.filter((audience) => audience.state === 'frozen'),
    ({ requested_at }) => requested_at,
  );
  const manifests = newestOf(await readManifests(tables, ids), ({ prepared_at }) => prepared_at);
  const notices = new Set(await readNoticed(tables, ids));
  const dispatches = await readDispatches(tables, ids);
  const enrolledApprovers = await countApprovers(tables);
  return new Map(
    incidents.map(({ id, state }) => {
      const scope = scopes.get(id);
      const frozen = frozenOnes.get(id);
      // A newer one that failed or is being resolved does not hide frozen people that still fit the scope.
      const audience =
        frozen !== undefined && frozen.scope_id === scope?.id ? frozen : audiences.get(id);
      const counts = countsOf(frozen);
      const facts: IncidentFacts = {
        state: state as IncidentState,
        hasScope: scope !== undefined,
        audience: audienceFact(audience?.state),
        audienceIsStale:
          audience !== undefined && scope !== undefined && audience.scope_id !== scope.id,
        reachable: counts?.reachable ?? null,
        people: counts?.people ?? null,
        hasNotice: notices.has(id),
        manifest: manifestFact(manifests.get(id)?.state),
        dispatch: dispatches.get(id) ?? null,
        enrolledApprovers,
      };
      return [id, facts];
    }),
  );
}

function readScopes(tables: Tables, ids: string[]) {
  return tables
    .selectFrom('scopes')
    .select(['id', 'incident_id', 'version'])
    .where('incident_id', 'in', ids)
    .execute();
}

function readAudiences(tables: Tables, ids: string[]) {
  return tables
    .selectFrom('audiences')
    .select(['id', 'incident_id', 'scope_id', 'state', 'counts_json', 'requested_at'])
    .where('incident_id', 'in', ids)
    .execute();
}

function readManifests(tables: Tables, ids: string[]) {
  return tables
    .selectFrom('manifests')
    .select(['id', 'incident_id', 'state', 'prepared_at'])
    .where('incident_id', 'in', ids)
    .execute();
}

async function readNoticed(tables: Tables, ids: string[]): Promise<string[]> {
  const rows = await tables
    .selectFrom('notices')
    .select('incident_id')
    .distinct()
    .where('incident_id', 'in', ids)
    .execute();
  return rows.map((row) => row.incident_id);
}

/** The newest dispatch of each incident with its open deliveries counted. */
async function readDispatches(
  tables: Tables,
  ids: string[],
): Promise<Map<string, NonNullable<StepFacts['dispatch']>>> {
  const rows = newestOf(
    await tables
      .selectFrom('dispatches')
      .select(['id', 'incident_id', 'state', 'started_at'])
      .where('incident_id', 'in', ids)
      .execute(),
    ({ started_at }) => started_at,
  );
  const open = [...rows.values()].filter(({ state }) => state === 'running' || state === 'paused');
  const counts =
    open.length === 0
      ? []
      : await tables
          .selectFrom('deliveries')
          .select(['dispatch_id', 'state'])
          .select((select) => select.fn.countAll<number>().as('count'))
          .where(
            'dispatch_id',
            'in',
            open.map(({ id }) => id),
          )
          .where('state', 'in', ['pending', 'attempting', 'unknown'])
          .groupBy(['dispatch_id', 'state'])
          .execute();
  const countOf = (dispatchId: string, ...states: string[]) =>
    counts
      .filter((row) => row.dispatch_id === dispatchId && states.includes(row.state))
      .reduce((sum, row) => sum + row.count, 0);
  return new Map(
    [...rows].map(([incidentId, { id, state }]) => [
      incidentId,
      {
        state: state as NonNullable<StepFacts['dispatch']>['state'],
        waiting: countOf(id, 'pending', 'attempting'),
        unknown: countOf(id, 'unknown'),
      },
    ]),
  );
}

async function countApprovers(tables: Tables): Promise<number> {
  const { count } = await tables
    .selectFrom('approvers')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', 'enrolled')
    .executeTakeFirstOrThrow();
  return count;
}

/** The row of each incident with the highest key; of equal keys the one made last. */
function newestOf<Row extends { id: string; incident_id: string }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | number,
): Map<string, Row> {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const known = newest.get(row.incident_id);
    const isNewer =
      known === undefined ||
      keyOf(row) > keyOf(known) ||
      (keyOf(row) === keyOf(known) && row.id > known.id);
    if (isNewer) newest.set(row.incident_id, row);
  }
  return newest;
}

function countsOf(
  audience: { state: string; counts_json: string | null } | undefined,
): AudienceCounts | null {
  if (audience?.state !== 'frozen' || audience.counts_json === null) return null;
  return AudienceCounts.parse(JSON.parse(audience.counts_json));
}

function audienceFact(state: string | undefined): StepFacts['audience'] {
  if (state === 'resolving' || state === 'frozen' || state === 'failed') return state;
  return 'none';
}

function manifestFact(state: string | undefined): StepFacts['manifest'] {
  if (state === undefined) return 'none';
  return state === 'open' || state === 'approved' ? state : 'over';
}
