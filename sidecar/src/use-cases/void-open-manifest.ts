// Makes the open manifest of an incident void, in the transaction of the change that made it untrue.
// Approvals given so far do not carry over: the next manifest has another hash.
import type { VoidReason } from '../domain/approval/void-reason.ts';
import type { Acting } from './ports/acting.ts';
import type { LedgerWriter } from './ports/ledger.ts';

export type VoidOpenManifest = {
  incidentId: string;
  acting: Acting;
  now: Date;
  reason: VoidReason;
};

/** True when there was an open manifest; it is void when this returns. An approved one is left alone: it is being sent. */
export async function voidOpenManifest(
  writer: LedgerWriter,
  { incidentId, acting, now, reason }: VoidOpenManifest,
): Promise<boolean> {
  const open = await writer.tables
    .selectFrom('manifests')
    .select('id')
    .where('incident_id', '=', incidentId)
    .where('state', '=', 'open')
    .execute();
  for (const { id } of open) {
    await writer.tables
      .updateTable('manifests')
      .set({ state: 'void', ended_at: now.toISOString(), void_reason: reason })
      .where('id', '=', id)
      .execute();
    await writer.record({
      kind: 'manifest.voided',
      acting,
      incidentId,
      data: { manifest_id: id, reason },
    });
  }
  return open.length > 0;
}
