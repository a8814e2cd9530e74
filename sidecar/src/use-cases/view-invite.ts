// What an invitation link is for, before it is accepted.
import type { InviteView } from '../contract/index.ts';
import { inviteUnusable } from '../domain/approval/console-errors.ts';
import type { Kysely } from 'kysely';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { hashToken } from './secret-token.ts';

export type Invite = {
  tokenHash: string;
  approverId: string;
  name: string;
  subject: string;
  expiresAt: string;
};

export async function viewInvite(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  { token }: { token: string },
): Promise<InviteView> {
  const invite = await requireInvite(deps.ledger.tables, { token, now: deps.clock.now() });
  return { name: invite.name, expires_at: invite.expiresAt };
}

/** Throws `invite.unknown`, `invite.used` or `invite.expired`. */
export async function requireInvite(
  tables: Kysely<LedgerTables>,
  { token, now }: { token: string; now: Date },
): Promise<Invite> {
  const row = await tables
    .selectFrom('invites')
    .innerJoin('approvers', 'approvers.id', 'invites.approver_id')
    .select([
      'invites.token_hash',
      'invites.expires_at',
      'invites.used_at',
      'approvers.id',
      'approvers.name',
      'approvers.subject',
      'approvers.state',
    ])
    .where('invites.token_hash', '=', hashToken(token))
    .executeTakeFirst();
  if (row === undefined) throw inviteUnusable('invite.unknown');
  if (row.used_at !== null || row.state !== 'invited') throw inviteUnusable('invite.used');
  if (row.expires_at <= now.toISOString()) throw inviteUnusable('invite.expired');
  return {
    tokenHash: row.token_hash,
    approverId: row.id,
    name: row.name,
    subject: row.subject,
    expiresAt: row.expires_at,
  };
}
