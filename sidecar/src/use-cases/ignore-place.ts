// Ignores a blind spot with a reason, or takes that back. The decision stands whatever later scans find there.
import type { DataMapPage } from '../contract/data-map.ts';
import { CodedError } from '../domain/coded-error.ts';
import { placeDigest } from '../domain/data-map/found-place.ts';
import { commitToRecord } from './installation-salt.ts';
import { judgePlaces, lastScan } from './judge-places.ts';
import { DATA_MAP_SALT, type MapPlaceDeps } from './map-place.ts';
import { openCatalogue } from './open-catalogue.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { readDataMap } from './read-data-map.ts';

export type IgnorePlace = { place: string; ignored: boolean; reason: string };

/** Throws `data_map.unknown_place`, `data_map.already_mapped` or `data_map.not_ignored`. */
export async function ignorePlace(
  deps: MapPlaceDeps,
  acting: Acting,
  input: IgnorePlace,
): Promise<DataMapPage> {
  const catalogue = await openCatalogue(deps);
  const digest = placeDigest(input.place);
  await deps.ledger.transaction(async (writer) => {
    const { tables } = writer;
    const last = await lastScan(tables);
    const place = await tables
      .selectFrom('data_places')
      .select('state')
      .where('scan_id', '=', last?.id ?? '')
      .where('digest', '=', digest)
      .executeTakeFirst();
    if (last === undefined || place === undefined) throw unknownPlace();
    if (input.ignored && place.state === 'mapped') throw alreadyMapped();
    if (!input.ignored && place.state !== 'ignored') throw notIgnored();
    if (input.ignored) await keepDecision(deps, writer, { ...input, by: actorKey(acting) });
    else await tables.deleteFrom('place_decisions').where('digest', '=', digest).execute();
    await judgePlaces(tables, catalogue, last.id);
    await writer.record({
      kind: input.ignored ? 'data_map.ignored' : 'data_map.unignored',
      acting,
      incidentId: null,
      data: {
        place: digest,
        content: await commitToRecord(deps, writer, {
          saltKey: DATA_MAP_SALT,
          record: { place: input.place, reason: input.reason },
        }),
      },
    });
  });
  return readDataMap(deps);
}

async function keepDecision(
  { clock }: MapPlaceDeps,
  { tables }: LedgerWriter,
  { place, reason, by }: IgnorePlace & { by: string },
): Promise<void> {
  const row = {
    kind: 'ignored',
    reason,
    decided_at: clock.now().toISOString(),
    decided_by: by,
  };
  await tables
    .insertInto('place_decisions')
    .values({ digest: placeDigest(place), place_id: place, ...row })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet(row))
    .execute();
}

function unknownPlace(): CodedError {
  return new CodedError({
    code: 'data_map.unknown_place',
    category: 'not_found',
    message: "couldn't decide about the place: the last scan found none of that name",
    detail: 'Reload the data map and choose a place that it lists.',
  });
}

function alreadyMapped(): CodedError {
  return new CodedError({
    code: 'data_map.already_mapped',
    category: 'conflict',
    message: "couldn't ignore the place: a source reads it",
    detail: 'Leave a source out of a scope instead. A source of your own can be mapped anew.',
  });
}

function notIgnored(): CodedError {
  return new CodedError({
    code: 'data_map.not_ignored',
    category: 'conflict',
    message: "couldn't take the decision back: the place is not ignored",
    detail: 'Reload the data map; somebody else may have taken it back.',
  });
}
