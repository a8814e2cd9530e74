// Whether a place is mapped, ignored or a blind spot. Asked again whenever sources or decisions change, so that mapping a
// place counts at once and not with the next scan.
import type { Source, SourceField } from '../../contract/data-map.ts';
import type { DataClass } from '../../contract/scope.ts';
import type { Catalogue, SourceMatch } from './catalogue.ts';
import { coversPath } from './path-coverage.ts';
import type { SeenPlace } from './found-place.ts';
import { bareName } from './place-index.ts';

export type PlaceState = 'mapped' | 'ignored' | 'blind_spot';

export type JudgedPlace = {
  readonly state: PlaceState;
  readonly source: string | null;
  readonly classes: readonly DataClass[];
};

export type PlaceAsk = Pick<SeenPlace, 'prefix' | 'canonical' | 'column' | 'key' | 'parent'>;

/** The sources of a place, in the order they are told: those that read people first. */
export function sourcesAt(catalogue: Catalogue, place: PlaceAsk): readonly SourceMatch[] {
  const { prefix, canonical: table, column, key, parent } = place;
  const ask = { prefix, table, column, key };
  const found = catalogue.find(parent === '' ? ask : { ...ask, parent });
  // Some sources take key/value rows as a table whose rows are chosen by their key instead of by their type.
  const byKey =
    parent === '' || key === ''
      ? []
      : catalogue
          .find({ ...ask, parent: key })
          .filter(
            ({ source }) =>
              source.place.kind === 'table' && !found.some((one) => one.source === source),
          );
  return [...found, ...byKey].sort((a, b) => rank(a.source) - rank(b.source));
}

const RANKS: readonly Source['yields'][] = ['people', 'classes', 'none', 'staff'];
function rank({ yields }: Source): number {
  return RANKS.indexOf(yields);
}

/** The source whose rows are led to a person by this column: read with every row, and so no blind spot. */
export function linkedBy(
  catalogue: Catalogue,
  { prefix, canonical, column }: PlaceAsk,
): Source | null {
  const table = bareName(canonical, prefix);
  const found = catalogue.sources.find(({ place, link: { via, ...columns } }) => {
    if (place.kind !== 'table' && place.kind !== 'pairs') return false;
    if (place.table.toLowerCase() !== table) return false;
    const names = [...Object.values(columns), via?.column];
    return names.some((name) => name?.toLowerCase() === column.toLowerCase());
  });
  return found ?? null;
}

/** The shop's own people and secrets: known, and no place of the map. */
export function isOperatorsOwn(matches: readonly SourceMatch[]): boolean {
  return matches.length > 0 && matches.every(({ source }) => source.yields === 'staff');
}

export function classesOf(matches: readonly SourceMatch[]): DataClass[] {
  return [...new Set(fieldsOf(matches).flatMap(({ classes }) => classes))];
}

export function fieldsOf(matches: readonly SourceMatch[]): SourceField[] {
  return matches.flatMap(({ fields }) => [...fields]);
}

/** The segments of a path as a verdict writes it. */
function splitPath(path: string): string[] {
  return path === '' ? [] : path.split(/(?<!\\)\./).map((name) => name.replace(/\\\./g, '.'));
}

export function judgePlace(place: SeenPlace, catalogue: Catalogue, ignored: boolean): JudgedPlace {
  const matches = sourcesAt(catalogue, place);
  const covers = place.rest
    ? matches.filter(({ fields }) =>
        place.paths.every((path) => coversPath(fields, splitPath(path), place.seen)),
      )
    : matches;
  const [first] = covers;
  if (first !== undefined) {
    const known = place.rest ? [] : classesOf(covers);
    return {
      state: 'mapped',
      source: first.source.id,
      classes: [...new Set([...known, ...place.seen])],
    };
  }
  const linking = place.rest ? null : linkedBy(catalogue, place);
  if (linking !== null) return { state: 'mapped', source: linking.id, classes: place.seen };
  return { state: ignored ? 'ignored' : 'blind_spot', source: null, classes: place.seen };
}
