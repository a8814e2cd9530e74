// Withdraws an open manifest. What a person writes as the reason stays in the ledger; the open log holds a code.
import type { Manifest } from '../contract/index.ts';
import { CodedError } from '../domain/coded-error.ts';
import type { Acting } from './ports/acting.ts';
import { readManifest, requireManifest, type ManifestDeps } from './read-manifest.ts';

/** Throws `approval.manifest_not_open` for one that is approved, void, withdrawn or expired. */
export async function withdrawManifest(
  deps: ManifestDeps,
  acting: Acting,
  { manifestId, reason }: { manifestId: string; reason: string },
): Promise<Manifest> {
  await deps.ledger.transaction(async (writer) => {
    const manifest = await requireManifest(writer.tables, manifestId);
    if (manifest.state !== 'open') {
      throw new CodedError({
        code: 'approval.manifest_not_open',
        category: 'conflict',
        message: `couldn't withdraw: this request is ${manifest.state}`,
        detail:
          manifest.state === 'approved'
            ? 'Sending has begun; it can be stopped at the console only.'
            : 'There is nothing left to withdraw.',
      });
    }
    await writer.tables
      .updateTable('manifests')
      .set({
        state: 'withdrawn',
        ended_at: deps.clock.now().toISOString(),
        void_reason: reason,
      })
      .where('id', '=', manifestId)
      .execute();
    await writer.record({
      kind: 'manifest.withdrawn',
      acting,
      incidentId: manifest.incident_id,
      data: { manifest_id: manifestId, reason: 'withdrawn_by_person' },
    });
  });
  return readManifest(deps, manifestId);
}
