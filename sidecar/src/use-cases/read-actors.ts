// Who acted, by the key that stands in the ledger and the log; names are for screens only.
import type { Kysely } from 'kysely';
import { Actor } from '../contract/index.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

/** Every key gets an actor: one whose name is not known is shown by its key. */
export async function readActors(
  tables: Kysely<LedgerTables>,
  keys: Iterable<string | null>,
): Promise<(key: string) => Actor> {
  const wanted = [...new Set([...keys].filter((key) => key !== null))];
  const rows =
    wanted.length === 0
      ? []
      : await tables.selectFrom('actors').selectAll().where('id', 'in', wanted).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  return (key) => {
    const row = known.get(key);
    const parsed = Actor.safeParse({ id: key, kind: row?.kind, name: row?.name });
    return parsed.success
      ? parsed.data
      : { id: key, kind: kindOf(key), name: key.split(':')[0] ?? key };
  };
}

function kindOf(key: string): Actor['kind'] {
  if (key.startsWith('wordpress:')) return 'wordpress';
  if (key.startsWith('approver:')) return 'approver';
  if (key.startsWith('sensor:')) return 'monitor';
  return key === 'operator' ? 'operator' : 'system';
}
