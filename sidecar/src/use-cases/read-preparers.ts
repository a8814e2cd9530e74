// The subjects of everybody who had a hand in a manifest: they may not approve it.
import type { Kysely } from 'kysely';
import type { Acting } from './ports/acting.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

/** `keys`: as `actorKey` makes them. The operator and the sidecar itself have no subject and are left out. */
export async function readPreparers(
  tables: Kysely<LedgerTables>,
  { acting, keys }: { acting: Acting; keys: readonly string[] },
): Promise<string[]> {
  const known = await tables
    .selectFrom('actors')
    .select('subject')
    .where('id', 'in', [...new Set(keys)])
    .execute();
  const subjects = [acting.subject, ...known.map(({ subject }) => subject)];
  return [...new Set(subjects.filter((subject) => subject !== null))].sort();
}
