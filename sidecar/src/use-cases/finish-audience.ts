// The last transaction of a resolution: from here on the people count, or they never do.
import type { AudienceCounts } from '../contract/scope.ts';
import { CodedError } from '../domain/coded-error.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { SnapshotAbout } from './ports/store-reader.ts';
import type { AudienceRecord } from './read-audience.ts';
import { findNewestScope } from './read-scope.ts';
import { requireIncident } from './require-incident.ts';
import { requireOpen } from './require-open-incident.ts';
import { voidOpenManifest } from './void-open-manifest.ts';

export type FinishAudience = {
  audience: AudienceRecord;
  scopeHash: string;
  root: string;
  counts: AudienceCounts;
  about: SnapshotAbout;
  rowsRead: number;
};

/** Throws `audience.scope_changed` when the scope is another one by now, `incident.not_open`, `audience.interrupted`. */
export async function finishAudience(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  acting: Acting,
  { audience, scopeHash, root, counts, about, rowsRead }: FinishAudience,
): Promise<void> {
  const now = deps.clock.now();
  const incidentId = audience.incident_id;
  await deps.ledger.transaction(async (writer) => {
    const { tables } = writer;
    requireOpen(await requireIncident(tables, incidentId));
    const scope = await findNewestScope(tables, incidentId);
    if (scope?.id !== audience.scope_id) throw scopeChanged();
    await tables
      .updateTable('audiences')
      .set({ state: 'superseded' })
      .where('incident_id', '=', incidentId)
      .where('state', '=', 'frozen')
      .execute();
    const frozen = await tables
      .updateTable('audiences')
      .set({
        state: 'frozen',
        root,
        counts_json: JSON.stringify(counts),
        rows_read: rowsRead,
        frozen_at: now.toISOString(),
      })
      .where('id', '=', audience.id)
      .where('state', '=', 'resolving')
      .executeTakeFirst();
    if (frozen.numUpdatedRows !== 1n) throw interrupted();
    await voidOpenManifest(writer, { incidentId, acting, now, reason: 'audience_changed' });
    await writer.record({
      kind: 'audience.frozen',
      acting,
      incidentId,
      data: {
        audience_id: audience.id,
        scope_id: audience.scope_id,
        root,
        count: counts.people,
        reachable: counts.reachable,
        scope_hash: scopeHash,
        counts,
        snapshot: { server: about.server.replaceAll(' ', '/'), taken_at: about.at },
      },
    });
  });
}

function scopeChanged(): CodedError {
  return new CodedError({
    code: 'audience.scope_changed',
    category: 'conflict',
    message: "couldn't freeze the people: which data leaked was changed while they were being read",
    detail: 'Freeze the people again.',
  });
}

/** Another process has already given this resolution up. */
function interrupted(): CodedError {
  return new CodedError({
    code: 'audience.interrupted',
    category: 'conflict',
    message: "couldn't freeze the people: the reading was given up",
    detail: 'Freeze the people again.',
  });
}
