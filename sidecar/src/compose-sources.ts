// The data map's sources as a reading takes them: the shipped catalogue, the operator's file, what was mapped in wp-admin.
import { loadDecryptors } from './adapters/decryptors/load-decryptors.ts';
import { catalogueFiles } from './compose-data-map.ts';
import type { Config } from './config/load-config.ts';
import type { Decryptor } from './domain/data-map/decrypt/decryptor.ts';
import { sourcesOfScope } from './domain/data-map/sources-of-scope.ts';
import { openCatalogue } from './use-cases/open-catalogue.ts';
import type { Ledger } from './use-cases/ports/ledger.ts';
import type { SourceCatalogue } from './use-cases/ports/source-catalogue.ts';

export type OpenSources = {
  readonly sources: SourceCatalogue;
  readonly decryptors: ReadonlyMap<string, Decryptor>;
};

/** Throws `data_map.bad_catalogue`, `data_map.bad_source` and what loadDecryptors throws. */
export async function openSources(config: Config, ledger: Ledger): Promise<OpenSources> {
  const decryptors = await loadDecryptors(config.decryptors);
  const deps = { ledger, catalogueFiles: catalogueFiles(config) };
  return {
    decryptors,
    sources: {
      sourcesFor: async (filter) => {
        if (filter === null) return [];
        return sourcesOfScope(await openCatalogue(deps), filter);
      },
    },
  };
}
