// Removes an approver: signed out at once, invitations void, and no open request keeps an approval of theirs.
import { CodedError } from '../domain/coded-error.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { voidOpenManifest } from './void-open-manifest.ts';

/** From the command line only. Throws `approver.not_found`. A dispatch that runs goes on: it can be stopped at the console. */
export async function removeApprover(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  acting: Acting,
  { approverId }: { approverId: string },
): Promise<void> {
  await deps.ledger.transaction(async (writer) => {
    const { tables } = writer;
    const approver = await tables
      .selectFrom('approvers')
      .selectAll()
      .where('id', '=', approverId)
      .where('state', 'in', ['invited', 'enrolled'])
      .executeTakeFirst();
    if (approver === undefined) {
      throw new CodedError({
        code: 'approver.not_found',
        category: 'not_found',
        message: "couldn't remove this approver: there is none with this id",
        detail: 'List them with: tocsin approver list.',
      });
    }
    await tables
      .updateTable('approvers')
      .set({ state: 'removed' })
      .where('id', '=', approverId)
      .execute();
    await tables.deleteFrom('invites').where('approver_id', '=', approverId).execute();
    await tables.deleteFrom('console_sessions').where('approver_id', '=', approverId).execute();
    if (approver.state !== 'enrolled') return;
    await writer.record({
      kind: 'approver.removed',
      acting,
      incidentId: null,
      data: { approver_id: approverId, reason: 'removed_by_operator' },
    });
    await voidTheirOpenManifests(writer, { approverId, acting, now: deps.clock.now() });
  });
}

/** Their passkey may be the reason they are removed: what it approved and is not yet sent has to be approved anew. */
async function voidTheirOpenManifests(
  writer: LedgerWriter,
  { approverId, acting, now }: { approverId: string; acting: Acting; now: Date },
): Promise<void> {
  const open = await writer.tables
    .selectFrom('manifests')
    .innerJoin('approvals', 'approvals.manifest_id', 'manifests.id')
    .select('manifests.incident_id')
    .where('approvals.approver_id', '=', approverId)
    .where('manifests.state', '=', 'open')
    .execute();
  for (const { incident_id: incidentId } of open) {
    await voidOpenManifest(writer, { incidentId, acting, now, reason: 'approver_removed' });
  }
}
