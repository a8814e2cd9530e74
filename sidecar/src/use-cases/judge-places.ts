// Says anew of every place of a scan whether it is mapped, ignored or a blind spot: after a scan, a mapping or a decision.
import type { Kysely } from 'kysely';
import type { Catalogue } from '../domain/data-map/catalogue.ts';
import type { MapEntry } from '../domain/data-map/compare-scans.ts';
import { judgePlace, type PlaceState } from '../domain/data-map/place-state.ts';
import { classesOfRow, fromPlaceRow, judgedColumns, type PlaceRow } from './place-record.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

/** Inside a transaction. Returns the places as they are now. */
export async function judgePlaces(
  tables: Kysely<LedgerTables>,
  catalogue: Catalogue,
  scanId: string,
): Promise<readonly MapEntry[]> {
  const rows = await placesOf(tables, scanId);
  const decisions = await tables
    .selectFrom('place_decisions')
    .select('digest')
    .where('kind', '=', 'ignored')
    .execute();
  const ignored = new Set(decisions.map(({ digest }) => digest));
  const entries: MapEntry[] = [];
  for (const row of rows) {
    const judged = judgePlace(fromPlaceRow(row), catalogue, ignored.has(row.digest));
    const columns = judgedColumns(judged);
    if (
      row.state !== columns.state ||
      row.source !== columns.source ||
      row.classes_json !== columns.classes_json
    ) {
      await tables
        .updateTable('data_places')
        .set(columns)
        .where('scan_id', '=', scanId)
        .where('digest', '=', row.digest)
        .execute();
    }
    entries.push({ id: row.place_id, state: judged.state, classes: judged.classes });
  }
  return entries;
}

export async function placesOf(
  tables: Kysely<LedgerTables>,
  scanId: string,
): Promise<readonly PlaceRow[]> {
  return tables
    .selectFrom('data_places')
    .selectAll()
    .where('scan_id', '=', scanId)
    .orderBy('place_id')
    .execute();
}

export function entryOf(row: PlaceRow): MapEntry {
  return { id: row.place_id, state: row.state as PlaceState, classes: classesOfRow(row) };
}

/** The last finished scan; undefined before the first. */
export async function lastScan(tables: Kysely<LedgerTables>) {
  return tables
    .selectFrom('scans')
    .selectAll()
    .where('state', '=', 'done')
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
