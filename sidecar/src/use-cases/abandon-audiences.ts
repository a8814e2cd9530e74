// Ends resolutions that did not come to their end, and removes their people: half an audience is none.
import type { Deps } from './ports/deps.ts';

/** People removed in one transaction. */
const BATCH = 5_000;

/**
 * To be called once at start, before anything is resolved: whatever is `resolving` then was cut off. Returns how many
 * audiences were ended. Safe to be cut off itself: the next start goes on.
 */
export async function abandonAudiences(deps: Pick<Deps, 'ledger'>): Promise<number> {
  const cutOff = await deps.ledger.tables
    .selectFrom('audiences')
    .select('id')
    .where('state', '=', 'resolving')
    .execute();
  for (const { id } of cutOff) {
    await failAudience(deps, id, {
      code: 'audience.interrupted',
      title: "couldn't freeze the people: the sidecar stopped while they were being read",
    });
  }
  const failed = await deps.ledger.tables
    .selectFrom('audiences')
    .select('id')
    .where('state', '=', 'failed')
    .execute();
  for (const { id } of failed) await removePeople(deps, id);
  return cutOff.length;
}

/** The state first: people of a failed audience are nobody's, however many are still there. */
export async function failAudience(
  deps: Pick<Deps, 'ledger'>,
  audienceId: string,
  problem: { code: string; title: string },
): Promise<void> {
  await deps.ledger.transaction(async ({ tables }) => {
    await tables
      .updateTable('audiences')
      .set({ state: 'failed', problem_code: problem.code, problem_title: problem.title })
      .where('id', '=', audienceId)
      .where('state', '=', 'resolving')
      .execute();
  });
  await removePeople(deps, audienceId);
}

async function removePeople(deps: Pick<Deps, 'ledger'>, audienceId: string): Promise<void> {
  for (;;) {
    const removed = await deps.ledger.transaction(async ({ tables }) => {
      const last = await tables
        .selectFrom('people')
        .select('number')
        .where('audience_id', '=', audienceId)
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (last === undefined) return false;
      const from = last.number - BATCH;
      for (const table of ['people_terms', 'people'] as const) {
        await tables
          .deleteFrom(table)
          .where('audience_id', '=', audienceId)
          .where('number', '>', from)
          .execute();
      }
      return true;
    });
    if (!removed) return;
  }
}
