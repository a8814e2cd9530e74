// Places of the data map as rows of the ledger, and back.
import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { DataClass } from '../contract/scope.ts';
import { FoundPlace } from '../contract/data-map.ts';
import { placeDigest, type SeenPlace } from '../domain/data-map/found-place.ts';
import type { JudgedPlace } from '../domain/data-map/place-state.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

export type PlaceRow = Selectable<LedgerTables['data_places']>;

const Names = z.array(z.string());
const Classes = z.array(DataClass);
const Links = FoundPlace.shape.link_candidates;

export function toPlaceRow(
  place: SeenPlace,
  judged: JudgedPlace,
  { scanId, firstSeenAt }: { scanId: string; firstSeenAt: string },
): Insertable<LedgerTables['data_places']> {
  return {
    scan_id: scanId,
    digest: placeDigest(place.id),
    place_id: place.id,
    prefix: place.prefix,
    table_name: place.table,
    canonical: place.canonical,
    column_name: place.column,
    key_name: place.key,
    parent: place.parent,
    is_rest: place.rest ? 1 : 0,
    seen_json: JSON.stringify(place.seen),
    encodings_json: JSON.stringify(place.encodings),
    paths_json: JSON.stringify(place.paths),
    found_by_json: JSON.stringify(place.foundBy),
    table_key: place.tableKey,
    links_json: JSON.stringify(place.links),
    rows_sampled: place.rowsSampled,
    rows_matching: place.rowsMatching,
    rows_estimated: place.rowsEstimated,
    first_seen_at: firstSeenAt,
    ...judgedColumns(judged),
  };
}

export function judgedColumns({ state, source, classes }: JudgedPlace) {
  return { state, source, classes_json: JSON.stringify(classes) };
}

export function fromPlaceRow(row: PlaceRow): SeenPlace {
  return {
    id: row.place_id,
    prefix: row.prefix,
    table: row.table_name,
    canonical: row.canonical,
    column: row.column_name,
    key: row.key_name,
    parent: row.parent,
    rest: row.is_rest === 1,
    seen: Classes.parse(JSON.parse(row.seen_json)),
    encodings: Names.parse(JSON.parse(row.encodings_json)),
    paths: Names.parse(JSON.parse(row.paths_json)),
    foundBy: Names.parse(JSON.parse(row.found_by_json)),
    rowsSampled: row.rows_sampled,
    rowsMatching: row.rows_matching,
    rowsEstimated: row.rows_estimated,
    tableKey: row.table_key,
    links: Links.parse(JSON.parse(row.links_json)),
  };
}

export function classesOfRow(row: Pick<PlaceRow, 'classes_json'>): DataClass[] {
  return Classes.parse(JSON.parse(row.classes_json));
}
