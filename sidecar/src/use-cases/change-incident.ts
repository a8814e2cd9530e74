// Changes what an incident says. What approvers were shown must stay true: a change of it makes an open request for
// approval void, and a notice that says when the leak happened is rendered anew.
import type { Incident, IncidentChange } from '../contract/index.ts';
import { CodedError } from '../domain/coded-error.ts';
import { checkTimes } from '../domain/incident/incident-times.ts';
import type { ShopIdentity } from '../domain/notice/compile-notice.ts';
import { commitContent } from './commit-content.ts';
import { evidenceTimes } from './evidence-times.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { readScopeClasses } from './read-scope-classes.ts';
import { refreshNotice } from './refresh-notice.ts';
import { requireIncident, type IncidentRecord } from './require-incident.ts';
import { requireOpen } from './require-open-incident.ts';
import { readIncident } from './view-incident.ts';
import { voidOpenManifest } from './void-open-manifest.ts';

type ChangeDeps = Pick<Deps, 'ledger' | 'clock' | 'ids' | 'vault'> & { shop: ShopIdentity };
export type ChangeIncident = { incidentId: string; change: IncidentChange };

const CHANGEABLE = [
  'title',
  'type',
  'severity',
  'description',
  'occurred_from',
  'occurred_to',
  'detected_at',
  'aware_at',
] as const;
type Changeable = (typeof CHANGEABLE)[number];

/** What the approval page and the notice show of an incident. */
const SHOWN_TO_APPROVERS: ReadonlySet<Changeable> = new Set([
  'title',
  'description',
  'occurred_from',
  'occurred_to',
]);

/** Throws `incident.not_found`, `incident.not_open`, `incident.changed_meanwhile` or `incident.times_invalid`. */
export async function changeIncident(
  deps: ChangeDeps,
  acting: Acting,
  { incidentId, change }: ChangeIncident,
): Promise<Incident> {
  const { tables } = deps.ledger;
  // Read before the transaction, which may await nothing but its own queries.
  const dataClasses = await readScopeClasses(deps, await requireIncident(tables, incidentId));
  await deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now();
    const before = requireOpen(await requireIncident(writer.tables, incidentId));
    requireVersion(before, change.version);
    const after = mergeChange(before, change, now);
    const changed = CHANGEABLE.filter((name) => before[name] !== after[name]);
    if (changed.length === 0) return;
    await writeChange(deps, writer, { acting, after, changed });
    if (changed.some((name) => SHOWN_TO_APPROVERS.has(name))) {
      await voidOpenManifest(writer, { incidentId, acting, now, reason: 'incident_changed' });
    }
    if (changed.includes('occurred_from') || changed.includes('occurred_to')) {
      await refreshNotice(deps, writer, { incident: after, acting, now, dataClasses });
    }
  });
  return readIncident(deps, incidentId);
}

function mergeChange(before: IncidentRecord, change: IncidentChange, now: Date): IncidentRecord {
  const given = Object.fromEntries(
    CHANGEABLE.filter((name) => change[name] !== undefined).map((name) => [name, change[name]]),
  ) as Partial<Pick<IncidentRecord, Changeable>>;
  const merged = { ...before, ...given };
  const times = checkTimes({
    times: {
      occurred_from: merged.occurred_from,
      occurred_to: merged.occurred_to,
      detected_at: merged.detected_at,
      aware_at: merged.aware_at,
    },
    confirmedAt: before.confirmed_at,
    now,
  });
  return { ...merged, ...times, updated_at: now.toISOString(), version: before.version + 1 };
}

async function writeChange(
  deps: ChangeDeps,
  writer: LedgerWriter,
  { acting, after, changed }: { acting: Acting; after: IncidentRecord; changed: Changeable[] },
): Promise<void> {
  const { id, ...columns } = after;
  await writer.tables.updateTable('incidents').set(columns).where('id', '=', id).execute();
  await writer.record({
    kind: 'incident.updated',
    acting,
    incidentId: id,
    data: {
      changed,
      content: commitContent(deps.vault, after, {
        title: after.title,
        description: after.description,
      }),
      ...evidenceTimes(after),
    },
  });
}

function requireVersion(incident: IncidentRecord, version: number): void {
  if (incident.version === version) return;
  throw new CodedError({
    code: 'incident.changed_meanwhile',
    category: 'conflict',
    message: "couldn't change the incident: somebody else changed it meanwhile",
    detail: 'Reload it, look at what changed, and make your change again.',
    context: { given: version, current: incident.version },
  });
}
