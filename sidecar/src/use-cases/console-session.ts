// Sessions of approvers at the console: eight hours, ended by signing out or by removal of the approver.
import type { ConsoleSession } from '../contract/index.ts';
import { notSignedIn } from '../domain/approval/console-errors.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { hashToken, makeSecretToken } from './secret-token.ts';

export const SESSION_MS = 8 * 3_600_000;

export type ApproverIdentity = { id: string; name: string; subject: string };

export type OpenedSession = {
  /** For the cookie; not kept. */
  token: string;
  session: ConsoleSession;
};

export type SignedIn = { acting: Acting; approver: ApproverIdentity; session: ConsoleSession };

/** In the transaction that proved who it is. */
export async function openSession(
  writer: LedgerWriter,
  deps: Pick<Deps, 'clock' | 'randomness'>,
  approver: ApproverIdentity,
): Promise<OpenedSession> {
  const now = deps.clock.now();
  const { token, hash } = makeSecretToken(deps.randomness);
  const csrf = Buffer.from(deps.randomness.bytes(32)).toString('base64url');
  const expiresAt = new Date(now.getTime() + SESSION_MS).toISOString();
  await writer.tables
    .insertInto('console_sessions')
    .values({
      token_hash: hash,
      approver_id: approver.id,
      csrf,
      created_at: now.toISOString(),
      expires_at: expiresAt,
    })
    .execute();
  return {
    token,
    session: {
      approver: { id: approver.id, name: approver.name },
      expires_at: expiresAt,
      csrf,
    },
  };
}

/** Throws `console.not_signed_in` without a live session of an enrolled approver. */
export async function readSession(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  { token }: { token: string | null },
): Promise<SignedIn> {
  if (token === null) throw notSignedIn();
  const row = await deps.ledger.tables
    .selectFrom('console_sessions')
    .innerJoin('approvers', 'approvers.id', 'console_sessions.approver_id')
    .select(['approvers.id', 'approvers.name', 'approvers.subject', 'csrf', 'expires_at'])
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', deps.clock.now().toISOString())
    .where('approvers.state', '=', 'enrolled')
    .executeTakeFirst();
  if (row === undefined) throw notSignedIn();
  const approver = { id: row.id, name: row.name, subject: row.subject };
  return {
    approver,
    acting: actingApprover(approver),
    session: {
      approver: { id: row.id, name: row.name },
      expires_at: row.expires_at,
      csrf: row.csrf,
    },
  };
}

export async function endSession(
  deps: Pick<Deps, 'ledger'>,
  { token }: { token: string },
): Promise<void> {
  await deps.ledger.tables
    .deleteFrom('console_sessions')
    .where('token_hash', '=', hashToken(token))
    .execute();
}

/** An approver has no capability of the WordPress side: what they may do is what the console offers. */
export function actingApprover(approver: ApproverIdentity): Acting {
  return {
    actor: { id: approver.id, kind: 'approver', name: approver.name },
    subject: approver.subject,
    capabilities: [],
  };
}
