// Ends open manifests whose hour has come. The rule of who may approve refuses them before this has run, too.
import { SYSTEM } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';

/** The number of manifests ended. */
export async function expireManifests(deps: Pick<Deps, 'ledger' | 'clock'>): Promise<number> {
  const now = deps.clock.now().toISOString();
  const due = await deps.ledger.tables
    .selectFrom('manifests')
    .select('id')
    .where('state', '=', 'open')
    .where('expires_at', '<=', now)
    .limit(1)
    .executeTakeFirst();
  if (due === undefined) return 0;
  return deps.ledger.transaction(async (writer) => {
    const over = await writer.tables
      .selectFrom('manifests')
      .select(['id', 'incident_id'])
      .where('state', '=', 'open')
      .where('expires_at', '<=', now)
      .execute();
    for (const { id, incident_id: incidentId } of over) {
      await writer.tables
        .updateTable('manifests')
        .set({ state: 'expired', ended_at: now, void_reason: 'expired' })
        .where('id', '=', id)
        .execute();
      await writer.record({
        kind: 'manifest.voided',
        acting: SYSTEM,
        incidentId,
        data: { manifest_id: id, reason: 'expired' },
      });
    }
    return over.length;
  });
}
