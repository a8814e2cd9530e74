// A scan as screens and commands see it.
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { ScanSummary } from '../contract/data-map.ts';
import { coverageOf, type MapCounts } from '../domain/data-map/compare-scans.ts';
import { lastScan } from './judge-places.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

export type ScanRow = Selectable<LedgerTables['scans']>;

export const ScanLists = {
  prefixes: z.array(z.string()),
  tables: z.array(z.string()),
  unread: ScanSummary.shape.unread,
};

export async function viewScan(tables: Kysely<LedgerTables>, scan: ScanRow): Promise<ScanSummary> {
  const counts = await countStates(tables, scan.id);
  return {
    id: scan.id,
    state: ScanSummary.shape.state.parse(scan.state),
    started_at: scan.started_at,
    finished_at: scan.finished_at,
    tables: scan.tables_seen,
    rows_sampled: scan.rows_sampled,
    places: counts.mapped + counts.ignored + counts.blind_spots,
    ...counts,
    coverage: coverageOf(counts),
    unread: ScanLists.unread.parse(JSON.parse(scan.unread_json)),
    problem:
      scan.problem_code === null
        ? null
        : { code: scan.problem_code, title: scan.problem_title ?? '' },
  };
}

async function countStates(tables: Kysely<LedgerTables>, scanId: string) {
  const rows = await tables
    .selectFrom('data_places')
    .select((row) => ['state', row.fn.countAll<number>().as('places')])
    .where('scan_id', '=', scanId)
    .groupBy('state')
    .execute();
  const of = (state: string): number => rows.find((row) => row.state === state)?.places ?? 0;
  return { mapped: of('mapped'), ignored: of('ignored'), blind_spots: of('blind_spot') };
}

export async function readScan(tables: Kysely<LedgerTables>, scanId: string): Promise<ScanSummary> {
  const scan = await tables
    .selectFrom('scans')
    .selectAll()
    .where('id', '=', scanId)
    .executeTakeFirstOrThrow();
  return viewScan(tables, scan);
}

export type MapFigures = {
  /** Null before the first scan has finished, which is not the same as nothing found. */
  readonly counts: MapCounts | null;
  readonly scannedAt: string | null;
  readonly unread: number;
};

/** The last finished scan in figures. */
export async function readMapFigures(tables: Kysely<LedgerTables>): Promise<MapFigures> {
  const last = await lastScan(tables);
  if (last === undefined) return { counts: null, scannedAt: null, unread: 0 };
  return {
    counts: await countStates(tables, last.id),
    scannedAt: last.finished_at,
    unread: ScanLists.unread.parse(JSON.parse(last.unread_json)).length,
  };
}
