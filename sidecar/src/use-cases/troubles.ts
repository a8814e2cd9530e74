// What stands in the way of a dispatch now, for the screens: raised once, kept until cleared.
import type { Kysely } from 'kysely';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

export type Trouble = {
  dispatchId: string | null;
  code: string;
  /** Plain words, no personal data. */
  sentence: string;
  needsPerson: boolean;
};

/** Raises a trouble unless the same one stands already, so that `since` stays the first time. */
export async function raiseTrouble(
  deps: Pick<Deps, 'clock' | 'ids'> & { tables: Kysely<LedgerTables> },
  trouble: Trouble,
): Promise<void> {
  const standing = await standingTroubles(deps.tables, trouble.dispatchId);
  const same = standing.find((row) => row.code === trouble.code);
  if (same !== undefined) {
    if (same.sentence !== trouble.sentence) {
      await deps.tables
        .updateTable('troubles')
        .set({ sentence: trouble.sentence })
        .where('id', '=', same.id)
        .execute();
    }
    return;
  }
  await deps.tables
    .insertInto('troubles')
    .values({
      id: deps.ids.make('trb'),
      dispatch_id: trouble.dispatchId,
      code: trouble.code,
      sentence: trouble.sentence,
      since: deps.clock.now().toISOString(),
      needs_person: trouble.needsPerson ? 1 : 0,
      cleared_at: null,
    })
    .execute();
}

/** Clears the named troubles of a dispatch, or all of them when no code is given. */
export async function clearTroubles(
  deps: Pick<Deps, 'clock'> & { tables: Kysely<LedgerTables> },
  input: { dispatchId: string | null; codes?: readonly string[] },
): Promise<void> {
  let query = deps.tables
    .updateTable('troubles')
    .set({ cleared_at: deps.clock.now().toISOString() })
    .where('cleared_at', 'is', null)
    .where('dispatch_id', input.dispatchId === null ? 'is' : '=', input.dispatchId);
  if (input.codes !== undefined) query = query.where('code', 'in', [...input.codes]);
  await query.execute();
}

export function standingTroubles(tables: Kysely<LedgerTables>, dispatchId: string | null) {
  return tables
    .selectFrom('troubles')
    .selectAll()
    .where('dispatch_id', dispatchId === null ? 'is' : '=', dispatchId)
    .where('cleared_at', 'is', null)
    .orderBy('since')
    .execute();
}
