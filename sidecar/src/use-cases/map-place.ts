// Maps places by hand: makes or replaces a source of the operator's own. The places it covers are mapped from then on, and
// the next audience reads them.
import type { DataMapPage, Source } from '../contract/data-map.ts';
import { CodedError } from '../domain/coded-error.ts';
import { checkSource } from '../domain/data-map/check-source.ts';
import { makeCatalogue } from '../domain/data-map/catalogue.ts';
import { placeDigest } from '../domain/data-map/found-place.ts';
import { canonicalHash } from '../domain/evidence/canonical-json.ts';
import { commitToRecord } from './installation-salt.ts';
import { judgePlaces, lastScan, placesOf } from './judge-places.ts';
import { readOwnSources, type CatalogueDeps } from './open-catalogue.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { readDataMap } from './read-data-map.ts';

export const DATA_MAP_SALT = 'data_map.salt';

export type MapPlaceDeps = CatalogueDeps & Pick<Deps, 'clock' | 'randomness'>;

/** Throws `data_map.bad_source` with every fault by its JSON pointer, or `data_map.in_file`. */
export async function mapPlace(
  deps: MapPlaceDeps,
  acting: Acting,
  { source, reason }: { source: Source; reason: string },
): Promise<DataMapPage> {
  const { catalogueFiles: files } = deps;
  checkSource(source, { own: true, decryptors: files.decryptors });
  if (files.own().some(({ id }) => id === source.id)) throw inFile(source.id);
  const others = (await readOwnSources(deps)).filter(({ id }) => id !== source.id);
  const catalogue = makeCatalogue(files.shipped(), [...others, source]);
  const hash = canonicalHash(source);
  const now = deps.clock.now().toISOString();
  await deps.ledger.transaction(async (writer) => {
    const { tables } = writer;
    const row = {
      source_json: JSON.stringify(source),
      hash,
      reason,
      mapped_at: now,
      mapped_by: actorKey(acting),
    };
    await tables
      .insertInto('own_sources')
      .values({ id: source.id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
    const last = await lastScan(tables);
    if (last !== undefined) await judgePlaces(tables, catalogue, last.id);
    const covered = last === undefined ? [] : await coveredBy(writer, last.id, source.id);
    for (const id of covered) await decide(writer, { id, reason, now, by: actorKey(acting) });
    await writer.record({
      kind: 'data_map.mapped',
      acting,
      incidentId: null,
      data: {
        source_id: source.id,
        hash,
        places: covered.map(placeDigest),
        content: await commitToRecord(deps, writer, {
          saltKey: DATA_MAP_SALT,
          record: { source_id: source.id, reason },
        }),
      },
    });
  });
  return readDataMap(deps);
}

async function coveredBy(
  { tables }: LedgerWriter,
  scanId: string,
  sourceId: string,
): Promise<string[]> {
  const places = await placesOf(tables, scanId);
  return places.filter(({ source }) => source === sourceId).map(({ place_id }) => place_id);
}

/** Takes the place of an earlier decision: a place that is mapped is no longer ignored. */
async function decide(
  { tables }: LedgerWriter,
  decision: { id: string; reason: string; now: string; by: string },
): Promise<void> {
  const row = {
    kind: 'mapped',
    reason: decision.reason,
    decided_at: decision.now,
    decided_by: decision.by,
  };
  await tables
    .insertInto('place_decisions')
    .values({ digest: placeDigest(decision.id), place_id: decision.id, ...row })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet(row))
    .execute();
}

function inFile(id: string): CodedError {
  return new CodedError({
    code: 'data_map.in_file',
    category: 'conflict',
    message: `couldn't map the place: ${id} is a source of the file of data_map.file`,
    detail: 'Change it in that file, or choose another id.',
    fields: [{ pointer: '/source/id', message: 'is taken by the file' }],
  });
}
