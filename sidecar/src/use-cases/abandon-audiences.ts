// Ends resolutions that did not come to their end, at start and while serving, and removes their people: half an audience is none.
import { sql } from 'kysely';
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
  await removeLeftPeople(deps);
  return cutOff.length;
}

/** What the background work that resolves an audience is called. */
export function resolutionName(audienceId: string): string {
  return `resolve-audience ${audienceId}`;
}

/** A resolution this young may have been asked for but not begun. */
const GRACE_MS = 60_000;

/**
 * To be called again and again while the sidecar runs: a resolution whose work has ended without an end in the ledger
 * (the ledger could not be written just then) is failed now. Returns how many were ended.
 */
export async function sweepAudiences(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  isRunning: (workName: string) => boolean,
): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - GRACE_MS).toISOString();
  const resolving = await deps.ledger.tables
    .selectFrom('audiences')
    .select('id')
    .where('state', '=', 'resolving')
    .where('requested_at', '<=', before)
    .execute();
  const ended = resolving.filter(({ id }) => !isRunning(resolutionName(id)));
  for (const { id } of ended) {
    await failAudience(deps, id, {
      code: 'audience.interrupted',
      title: "couldn't freeze the people: the reading broke off",
    });
  }
  await removeLeftPeople(deps);
  return ended.length;
}

async function removeLeftPeople(deps: Pick<Deps, 'ledger'>): Promise<void> {
  const failed = await deps.ledger.tables
    .selectFrom('audiences')
    .select('id')
    .where('state', '=', 'failed')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('people').select('number').whereRef('people.audience_id', '=', 'audiences.id'),
      ),
    )
    .execute();
  for (const { id } of failed) await removePeople(deps, id);
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
  // People last: whether there is something left to remove is asked of them.
  await removeSorted(deps, audienceId, 'hints', 'id');
  await removeSorted(deps, audienceId, 'people_keys', 'person_key');
  await removeSorted(deps, audienceId, 'people_terms', 'term');
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
      await tables
        .deleteFrom('people')
        .where('audience_id', '=', audienceId)
        .where('number', '>', from)
        .execute();
      return true;
    });
    if (!removed) return;
  }
}

/** By the key each table is sorted by: by any other column every batch would read the whole table. */
async function removeSorted(
  deps: Pick<Deps, 'ledger'>,
  audienceId: string,
  table: 'hints' | 'people_keys' | 'people_terms',
  column: 'id' | 'person_key' | 'term',
): Promise<void> {
  const key = sql.ref(column);
  const of = sql.table(table);
  for (;;) {
    const { rows } = await sql<{ last: unknown }>`
      SELECT ${key} AS last FROM ${of} WHERE audience_id = ${audienceId}
       ORDER BY ${key} LIMIT 1 OFFSET ${BATCH}`.execute(deps.ledger.tables);
    const [end] = rows;
    const upTo = end === undefined ? sql`` : sql`AND ${key} <= ${end.last}`;
    await deps.ledger.transaction(async ({ tables }) => {
      await sql`DELETE FROM ${of} WHERE audience_id = ${audienceId} ${upTo}`.execute(tables);
    });
    if (end === undefined) return;
  }
}
