// The sources that come as files: those shipped with the sidecar, and the operator's own.
import type { CatalogueFile, Source } from '../../contract/data-map.ts';

export interface CatalogueFiles {
  shipped(): readonly CatalogueFile[];
  /** Those of the setting `data_map.file`, read anew at each call. Throws `data_map.bad_catalogue`. */
  own(): readonly Source[];
  /** Names of the configured decryptors. */
  readonly decryptors: readonly string[];
}
