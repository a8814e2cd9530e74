// Forgets what is over: answered or late questions, ended sessions, message ids too old to be taken again anyway.
import type { Deps } from './ports/deps.ts';

/** Twice the time a signed message is accepted around its timestamp. */
const REPLAY_MEMORY_MS = 2 * 300_000;

/** Rows forgotten, for the log. */
export async function sweepExpired(
  deps: Pick<Deps, 'ledger' | 'clock'>,
): Promise<{ challenges: number; sessions: number; replays: number }> {
  const { tables } = deps.ledger;
  const now = deps.clock.now();
  const challenges = await tables
    .deleteFrom('challenges')
    .where('expires_at', '<=', now.toISOString())
    .executeTakeFirst();
  const sessions = await tables
    .deleteFrom('console_sessions')
    .where('expires_at', '<=', now.toISOString())
    .executeTakeFirst();
  const replays = await tables
    .deleteFrom('replays')
    .where('seen_at', '<=', new Date(now.getTime() - REPLAY_MEMORY_MS).toISOString())
    .executeTakeFirst();
  return {
    challenges: Number(challenges.numDeletedRows),
    sessions: Number(sessions.numDeletedRows),
    replays: Number(replays.numDeletedRows),
  };
}
