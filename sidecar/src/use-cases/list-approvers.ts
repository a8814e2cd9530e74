// Who may approve, and who was invited to: for the console's start page and the command line.
import type { ApproverView } from '../contract/index.ts';
import type { Deps } from './ports/deps.ts';

/** Enrolled people and invitations not yet accepted, by name. Removed ones are left out. */
export async function listApprovers(deps: Pick<Deps, 'ledger'>): Promise<ApproverView[]> {
  const rows = await deps.ledger.tables
    .selectFrom('approvers')
    .leftJoin('invites', (join) =>
      join.onRef('invites.approver_id', '=', 'approvers.id').on('invites.used_at', 'is', null),
    )
    .select([
      'approvers.id',
      'approvers.name',
      'approvers.state',
      'approvers.invited_at',
      'approvers.enrolled_at',
      'invites.expires_at as invite_expires_at',
    ])
    .where('approvers.state', 'in', ['invited', 'enrolled'])
    .orderBy('approvers.name')
    .orderBy('approvers.id')
    .execute();
  return rows.map((row) => ({ ...row, state: row.state === 'enrolled' ? 'enrolled' : 'invited' }));
}
