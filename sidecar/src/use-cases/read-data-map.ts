// The store's data map: the last finished scan, what changed by it, every place, and the sources known here.
import type { Selectable } from 'kysely';
import { z } from 'zod';
import {
  ScanChange,
  type DataMapPage,
  type FoundPlace,
  type Source,
} from '../contract/data-map.ts';
import type { Catalogue } from '../domain/data-map/catalogue.ts';
import { sourceTables } from '../domain/data-map/place-index.ts';
import { entryOf, lastScan, placesOf } from './judge-places.ts';
import { openCatalogue, readOwnSources, type CatalogueDeps } from './open-catalogue.ts';
import { fromPlaceRow, type PlaceRow } from './place-record.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { readActors } from './read-actors.ts';
import { ScanLists, viewScan } from './view-scan.ts';

/** Throws `data_map.bad_catalogue` when the operator's file is not right. */
export async function readDataMap(deps: CatalogueDeps): Promise<DataMapPage> {
  const { tables } = deps.ledger;
  const catalogue = await openCatalogue(deps);
  const own = new Set((await readOwnSources(deps)).map(({ id }) => id));
  const last = await lastScan(tables);
  const running = await tables
    .selectFrom('scans')
    .selectAll()
    .where('state', '=', 'running')
    .executeTakeFirst();
  const shown = last ?? (await lastFailed(deps));
  const places = last === undefined ? [] : await viewPlaces(deps, last.id);
  const here = ScanLists.tables.parse(JSON.parse(last?.tables_json ?? '[]'));
  const prefixes = ScanLists.prefixes.parse(JSON.parse(last?.prefixes_json ?? '[]'));
  return {
    scan: shown === undefined ? null : await viewScan(tables, shown),
    running: running === undefined ? null : await viewScan(tables, running),
    changes: z.array(ScanChange).parse(JSON.parse(last?.changes_json ?? '[]')),
    prefixes,
    places,
    sources: listSources(catalogue, own, presence(here, prefixes)),
    decryptors: [...deps.catalogueFiles.decryptors],
  };
}

/** Before any scan has finished, why the last one did not. */
async function lastFailed({ ledger }: CatalogueDeps) {
  return ledger.tables
    .selectFrom('scans')
    .selectAll()
    .where('state', '=', 'failed')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

type Decision = Selectable<LedgerTables['place_decisions']>;

async function viewPlaces({ ledger }: CatalogueDeps, scanId: string): Promise<FoundPlace[]> {
  const rows = await placesOf(ledger.tables, scanId);
  const decisions = await ledger.tables.selectFrom('place_decisions').selectAll().execute();
  const nameOf = await readActors(
    ledger.tables,
    decisions.map((decision) => decision.decided_by),
  );
  const byDigest = new Map(decisions.map((decision) => [decision.digest, decision]));
  return rows.map((row) => viewPlace(row, byDigest.get(row.digest), (key) => nameOf(key).name));
}

function viewPlace(
  row: PlaceRow,
  decision: Decision | undefined,
  nameOf: (key: string) => string,
): FoundPlace {
  const place = fromPlaceRow(row);
  const { state, classes } = entryOf(row);
  return {
    id: place.id,
    prefix: place.prefix,
    table: place.table,
    column: place.column,
    key: place.key,
    ...(place.parent === '' ? {} : { parent: place.parent }),
    ...(place.tableKey === null ? {} : { table_key: place.tableKey }),
    state,
    source: row.source,
    classes: [...classes],
    encodings: [...place.encodings],
    paths: [...place.paths].slice(0, 20),
    found_by: [...place.foundBy],
    rows_sampled: place.rowsSampled,
    rows_matching: place.rowsMatching,
    rows_estimated: place.rowsEstimated,
    first_seen_at: row.first_seen_at,
    decision:
      decision === undefined || (decision.kind === 'mapped' && state !== 'mapped')
        ? null
        : { by: nameOf(decision.decided_by), at: decision.decided_at, reason: decision.reason },
    link_candidates: [...place.links],
  };
}

/** Whether any site of the schema has the table of a source. */
function presence(tables: readonly string[], prefixes: readonly string[]) {
  const here = new Set(tables.map((name) => name.toLowerCase()));
  return (source: Source): boolean =>
    sourceTables(source).some((table) =>
      ['', ...prefixes].some((prefix) => here.has(`${prefix}${table}`.toLowerCase())),
    );
}

function listSources(
  { sources, families }: Catalogue,
  own: ReadonlySet<string>,
  isPresent: (source: Source) => boolean,
): DataMapPage['sources'] {
  const byId = new Map(families.map((family) => [family.id, family]));
  return sources.map((source) => ({
    id: source.id,
    title: source.title,
    family: source.family,
    family_title: byId.get(source.family)?.title ?? source.family,
    family_kind: byId.get(source.family)?.kind ?? 'custom',
    role: source.role,
    yields: source.yields,
    classes: [...new Set(source.fields.flatMap(({ classes }) => classes))],
    own: own.has(source.id),
    present: isPresent(source),
  }));
}
