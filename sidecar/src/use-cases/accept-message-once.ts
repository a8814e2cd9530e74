// A signed message is taken in once: its id is remembered for longer than its timestamp is accepted.
import { CodedError } from '../domain/coded-error.ts';
import type { Deps } from './ports/deps.ts';

/** Throws `request.replayed`. `id` names the sender too, since two senders may choose the same id. */
export async function acceptMessageOnce(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  id: string,
): Promise<void> {
  await deps.ledger.transaction(async ({ tables }) => {
    const seen = await tables
      .selectFrom('replays')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst();
    if (seen !== undefined) {
      throw new CodedError({
        code: 'request.replayed',
        category: 'conflict',
        message: "couldn't take this message: one with the same webhook-id was taken in already",
        detail: 'Nothing needs to be sent again. A new message needs a new webhook-id.',
      });
    }
    await tables
      .insertInto('replays')
      .values({ id, seen_at: deps.clock.now().toISOString() })
      .execute();
  });
}

/** For a sender that repeats a failed message under its own id: what could not be handled may come again. */
export async function forgetMessage(deps: Pick<Deps, 'ledger'>, id: string): Promise<void> {
  await deps.ledger.tables.deleteFrom('replays').where('id', '=', id).execute();
}
