// One scan: every table of the schema in turn, each written to the ledger when it is done, so that a restart goes on with the
// next one. A table that cannot be read is said so and the others are read all the same.
import { CodedError, isCoded } from '../domain/coded-error.ts';
import type { Catalogue } from '../domain/data-map/catalogue.ts';
import { makePlaceClassifier } from '../domain/data-map/classify/place-classifier.ts';
import type { SeenPlace } from '../domain/data-map/found-place.ts';
import { judgePlace } from '../domain/data-map/place-state.ts';
import { layOutTables } from '../domain/data-map/scan-layout.ts';
import type { ScanTable } from '../domain/data-map/scan-table.ts';
import { makeTableSurvey, type TableSurvey } from '../domain/data-map/table-survey.ts';
import { keepScan, letGoOfScan, type ClaimDeps } from './claim-scan.ts';
import { failScan, finishScan } from './finish-scan.ts';
import { openCatalogue, type CatalogueDeps } from './open-catalogue.ts';
import { toPlaceRow } from './place-record.ts';
import type { Acting } from './ports/acting.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { SchemaFacts, StoreScanner, Unread } from './ports/store-scanner.ts';
import type { Kysely } from 'kysely';

export type RunScanDeps = ClaimDeps & CatalogueDeps & { scanner: StoreScanner };

/** With these the shop's database itself is away; any other fault is one table's. */
const SHOP_IS_AWAY: readonly string[] = [
  'store.unreachable',
  'store.connection_lost',
  'store.busy',
  'store.no_database',
  'store.tls_failed',
];

/** Rows between two renewals of the lease. */
const KEEP_EVERY_ROWS = 5_000;

/** Runs a claimed scan to its end, `failed` included; rejects only with what ends this process's part in it. */
export async function runScan(deps: RunScanDeps, acting: Acting, scanId: string): Promise<void> {
  try {
    await readTables(deps, scanId);
    await finishScan(deps, acting, scanId);
  } catch (error) {
    if (isCoded(error, 'scan.taken_over')) throw error;
    if (isCoded(error, 'scan.stopped')) {
      await letGoOfScan(deps, scanId);
      throw error;
    }
    await failScan(deps, scanId, problemOf(error));
    throw error;
  }
}

function problemOf(error: unknown): { code: string; title: string } {
  if (isCoded(error)) return { code: error.code, title: error.message };
  return {
    code: 'scan.failed',
    title: "couldn't finish the scan: the sidecar met a fault of its own",
  };
}

async function readTables(deps: RunScanDeps, scanId: string): Promise<void> {
  const schema = await deps.scanner.schema();
  const catalogue = await openCatalogue(deps);
  const { sources } = catalogue;
  const tables = layOutTables({ tables: schema.tables, prefixes: schema.prefixes, sources });
  await deps.ledger.tables
    .updateTable('scans')
    .set({
      tables_seen: tables.length,
      prefixes_json: JSON.stringify(schema.prefixes),
      tables_json: JSON.stringify(tables.map(({ canonical }) => canonical)),
    })
    .where('id', '=', scanId)
    .execute();
  await addUnread(deps.ledger.tables, scanId, schema.unread);
  const done = await deps.ledger.tables
    .selectFrom('scanned_tables')
    .select('name')
    .where('scan_id', '=', scanId)
    .execute();
  const names = new Set(done.map(({ name }) => name));
  for (const table of tables) {
    if (!names.has(table.name)) await scanTable(deps, { scanId, table, schema, catalogue });
  }
}

type TableInput = { scanId: string; table: ScanTable; schema: SchemaFacts; catalogue: Catalogue };

async function scanTable(deps: RunScanDeps, input: TableInput): Promise<void> {
  const { scanId, table, schema, catalogue } = input;
  await keepScan(deps, scanId);
  const unread: Unread[] = [];
  const survey = makeTableSurvey({
    table,
    catalogue,
    makeClassifier: makePlaceClassifier,
    isOperators: schema.isOperators,
  });
  let rows = 0;
  let isWhole = true;
  try {
    for await (const chunk of deps.scanner.sample(table, (what) => unread.push(what))) {
      for (const row of chunk) survey.addRow(row);
      if (Math.floor(rows / KEEP_EVERY_ROWS) < Math.floor((rows + chunk.length) / KEEP_EVERY_ROWS))
        await keepScan(deps, scanId);
      rows += chunk.length;
    }
  } catch (error) {
    unread.push(unreadTable(table, error));
    isWhole = false;
  }
  const places = await closeSurvey(deps, survey, input);
  await keepTable(deps, input, { places, rows, isWhole, unread });
}

async function closeSurvey(
  { scanner }: RunScanDeps,
  survey: TableSurvey,
  { table, schema }: TableInput,
): Promise<readonly SeenPlace[]> {
  const prefixes = table.prefix === '' ? schema.prefixes : [table.prefix];
  try {
    return survey.finish(await scanner.matchNumbers(prefixes, survey.candidates()));
  } catch (error) {
    // Links are a proposal: places count without them.
    rethrowIfAway(error);
    return survey.finish(new Map());
  }
}

/** The fault as a line of the report; throws what is no fault of this table. */
function unreadTable(table: ScanTable, error: unknown): Unread {
  rethrowIfAway(error);
  if (!isCoded(error)) throw error;
  const why = REASONS[error.code] ?? 'the server reported a fault';
  return {
    code: error.code,
    sentence: `Table ${table.name} could not be read to its end: ${why}.`,
  };
}

const REASONS: Readonly<Record<string, string>> = {
  'store.timeout': 'it is locked, or reading it takes longer than allowed',
  'store.access_denied': 'the database user may not read it',
  'store.changed_meanwhile': 'it was removed or changed during the scan',
  'store.unexpected_schema': 'its columns were changed during the scan',
};

function rethrowIfAway(error: unknown): void {
  if (!isCoded(error) || SHOP_IS_AWAY.includes(error.code) || error.code.startsWith('scan.'))
    throw error instanceof CodedError ? error : new Error('the scan broke off', { cause: error });
}

type TableResult = {
  places: readonly SeenPlace[];
  rows: number;
  isWhole: boolean;
  unread: readonly Unread[];
};

async function keepTable(
  deps: RunScanDeps,
  { scanId, table, catalogue }: TableInput,
  { places, rows, isWhole, unread }: TableResult,
): Promise<void> {
  const firstSeenAt = deps.clock.now().toISOString();
  await deps.ledger.transaction(async ({ tables }) => {
    for (const place of places) {
      const judged = judgePlace(place, catalogue, false);
      await tables
        .insertInto('data_places')
        .values(toPlaceRow(place, judged, { scanId, firstSeenAt }))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await tables
      .insertInto('scanned_tables')
      .values({
        scan_id: scanId,
        name: table.name,
        rows_sampled: rows,
        is_whole: isWhole ? 1 : 0,
      })
      .execute();
    await tables
      .updateTable('scans')
      .set((row) => ({ rows_sampled: row('rows_sampled', '+', rows) }))
      .where('id', '=', scanId)
      .execute();
    await addUnread(tables, scanId, unread);
  });
}

async function addUnread(
  tables: Kysely<LedgerTables>,
  scanId: string,
  more: readonly Unread[],
): Promise<void> {
  if (more.length === 0) return;
  const row = await tables
    .selectFrom('scans')
    .select('unread_json')
    .where('id', '=', scanId)
    .executeTakeFirstOrThrow();
  const known = JSON.parse(row.unread_json) as Unread[];
  const fresh = more.filter(
    ({ code, sentence }) => !known.some((one) => one.code === code && one.sentence === sentence),
  );
  await tables
    .updateTable('scans')
    .set({ unread_json: JSON.stringify([...known, ...fresh]) })
    .where('id', '=', scanId)
    .execute();
}
