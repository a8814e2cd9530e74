// The sources a scope's reading takes from the data map.
import type { Source } from '../../contract/data-map.ts';
import type { SourceFilter } from '../../contract/scope.ts';
import { CodedError } from '../coded-error.ts';
import { READ_BY_CODE, type Catalogue } from './catalogue.ts';

/**
 * Those that name people or add data classes to them. Left out: what concerns the shop's own staff or nobody, files, and
 * accounts and orders, which a scope names by filters of their own. Throws `data_map.unknown_source`, and
 * `scope.source_has_no_people` when nothing of what was chosen by name is left.
 */
export function sourcesOfScope(
  catalogue: Catalogue,
  filter: SourceFilter | null,
): readonly Source[] {
  if (filter === null) return [];
  const chosen = catalogue.select(filter.ids);
  const read = chosen.filter(
    ({ id, yields, place }) =>
      (yields === 'people' || yields === 'classes') &&
      place.kind !== 'file' &&
      !READ_BY_CODE.includes(id),
  );
  if (read.length === 0 && filter.ids.length > 0) {
    throw new CodedError({
      code: 'scope.source_has_no_people',
      category: 'invalid',
      message: "couldn't take the scope: the chosen sources name nobody by themselves",
      detail:
        'Accounts and orders are chosen by their own filters; sources of staff, of the shop’s secrets and files hold no customers.',
      fields: [{ pointer: '/sources/ids', message: 'must hold a source that names people' }],
    });
  }
  return read;
}
