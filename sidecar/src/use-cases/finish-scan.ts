// Ends a scan: its places become the store's data map, compared with the one before.
import type { Kysely } from 'kysely';
import { compareScans, countMap, hashOfMap } from '../domain/data-map/compare-scans.ts';
import { takenOver, type ClaimDeps } from './claim-scan.ts';
import { entryOf, judgePlaces, lastScan, placesOf } from './judge-places.ts';
import { openCatalogue, type CatalogueDeps } from './open-catalogue.ts';
import type { PlaceRow } from './place-record.ts';
import type { Acting } from './ports/acting.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

export async function finishScan(
  deps: ClaimDeps & CatalogueDeps,
  acting: Acting,
  scanId: string,
): Promise<void> {
  const catalogue = await openCatalogue(deps);
  await deps.ledger.transaction(async ({ tables, record }) => {
    const scan = await tables
      .selectFrom('scans')
      .selectAll()
      .where('id', '=', scanId)
      .where('owner', '=', deps.owner)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (scan === undefined) throw takenOver();
    const last = await lastScan(tables);
    const before = last === undefined ? [] : await placesOf(tables, last.id);
    await carryOver(tables, scanId, before);
    const entries = await judgePlaces(tables, catalogue, scanId);
    // The first map has nothing to differ from.
    const changes = last === undefined ? [] : compareScans(before.map(entryOf), entries);
    await tables
      .updateTable('scans')
      .set({
        state: 'done',
        finished_at: deps.clock.now().toISOString(),
        changes_json: JSON.stringify(changes),
      })
      .where('id', '=', scanId)
      .execute();
    await forgetTables(tables, scanId);
    if (last !== undefined) await removePlaces(tables, last.id);
    const unread = JSON.parse(scan.unread_json) as unknown[];
    await record({
      kind: 'data_map.scanned',
      acting,
      incidentId: null,
      data: {
        scan_id: scanId,
        tables: scan.tables_seen,
        places: entries.length,
        ...countMap(entries),
        unread: unread.length,
        hash: hashOfMap(entries),
      },
    });
  });
}

/** Since when each place is known; and places of tables that could not be read this time, which are not gone. */
async function carryOver(
  tables: Kysely<LedgerTables>,
  scanId: string,
  before: readonly PlaceRow[],
): Promise<void> {
  const unread = await tables
    .selectFrom('scanned_tables')
    .select('name')
    .where('scan_id', '=', scanId)
    .where('is_whole', '=', 0)
    .execute();
  const broken = new Set(unread.map(({ name }) => name));
  const found = new Set((await placesOf(tables, scanId)).map(({ digest }) => digest));
  for (const place of before) {
    if (found.has(place.digest)) {
      await tables
        .updateTable('data_places')
        .set({ first_seen_at: place.first_seen_at })
        .where('scan_id', '=', scanId)
        .where('digest', '=', place.digest)
        .execute();
    } else if (broken.has(place.table_name)) {
      await tables
        .insertInto('data_places')
        .values({ ...place, scan_id: scanId })
        .execute();
    }
  }
}

/** Its places are nobody's map; what was found before stands. */
export async function failScan(
  deps: ClaimDeps,
  scanId: string,
  problem: { code: string; title: string },
): Promise<void> {
  await deps.ledger.transaction(async ({ tables }) => {
    const failed = await tables
      .updateTable('scans')
      .set({
        state: 'failed',
        finished_at: deps.clock.now().toISOString(),
        problem_code: problem.code,
        problem_title: problem.title,
      })
      .where('id', '=', scanId)
      .where('owner', '=', deps.owner)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (Number(failed.numUpdatedRows) === 0) return;
    await forgetTables(tables, scanId);
    await removePlaces(tables, scanId);
  });
}

async function forgetTables(tables: Kysely<LedgerTables>, scanId: string): Promise<void> {
  await tables.deleteFrom('scanned_tables').where('scan_id', '=', scanId).execute();
}

async function removePlaces(tables: Kysely<LedgerTables>, scanId: string): Promise<void> {
  await tables.deleteFrom('data_places').where('scan_id', '=', scanId).execute();
}
