// Reads the sorted stage person by person: one person in memory, whatever the audience.
import type { DatabaseSync } from 'node:sqlite';
import type { Owner } from '../../domain/audience/staged-row.ts';

export type GroupRow = {
  readonly via: string | null;
  readonly block: number;
  readonly packed: Uint8Array;
};

type Columns = readonly [owner: Owner, via: string | null, block: number, packed: Uint8Array];

export function* readGroups(db: DatabaseSync): Iterable<{ owner: Owner; rows: GroupRow[] }> {
  const statement = db.prepare(
    `SELECT s.owner, s.via, r.block, r.packed
       FROM sorted AS s CROSS JOIN rows AS r ON r.id = s.row_id ORDER BY s.owner, s.row_id`,
  );
  // Rows as arrays: objects with names cost twice the time.
  statement.setReturnArrays(true);
  let owner: Owner | null = null;
  let rows: GroupRow[] = [];
  for (const row of statement.iterate() as unknown as Iterable<Columns>) {
    const [of, via, block, packed] = row;
    if (of !== owner) {
      if (owner !== null) yield { owner, rows };
      owner = of;
      rows = [];
    }
    rows.push({ via, block, packed });
  }
  if (owner !== null) yield { owner, rows };
}
