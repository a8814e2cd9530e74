// The sources of the data map that a reading takes: shipped ones and the operator's own.
import type { Source } from '../../contract/data-map.ts';
import type { SourceFilter } from '../../contract/scope.ts';

export interface SourceCatalogue {
  /** None for a scope without sources. Throws `data_map.unknown_source`, naming what is allowed. */
  sourcesFor(filter: SourceFilter | null): Promise<readonly Source[]>;
}
