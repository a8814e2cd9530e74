// The catalogue as it is now: shipped sources, those of the operator's file, and those mapped in wp-admin. A source of the
// file wins over one of the same name from wp-admin: files are reviewed and versioned, so they are what is meant to last.
import { Source } from '../contract/data-map.ts';
import { makeCatalogue, type Catalogue } from '../domain/data-map/catalogue.ts';
import type { CatalogueFiles } from './ports/catalogue-files.ts';
import type { Deps } from './ports/deps.ts';

export type CatalogueDeps = Pick<Deps, 'ledger'> & { catalogueFiles: CatalogueFiles };

/** Throws `data_map.bad_catalogue` when the operator's file is not right. */
export async function openCatalogue(deps: CatalogueDeps): Promise<Catalogue> {
  return makeCatalogue(deps.catalogueFiles.shipped(), await readOwnSources(deps));
}

/** The operator's sources of both origins. Throws `data_map.bad_catalogue`. */
export async function readOwnSources(deps: CatalogueDeps): Promise<readonly Source[]> {
  const inFile = deps.catalogueFiles.own();
  const taken = new Set(inFile.map(({ id }) => id));
  const rows = await deps.ledger.tables
    .selectFrom('own_sources')
    .select(['id', 'source_json'])
    .orderBy('id')
    .execute();
  const mapped = rows
    .filter(({ id }) => !taken.has(id))
    .map(({ source_json }) => Source.parse(JSON.parse(source_json)));
  return [...inFile, ...mapped];
}
