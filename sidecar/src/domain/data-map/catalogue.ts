// All sources this sidecar knows, shipped and the operator's own, and which of them a place of a store belongs to.
import type { CatalogueFile, Source, SourceField, SourceFamily } from '../../contract/data-map.ts';
import { CodedError } from '../coded-error.ts';
import { nearestNames } from './nearest-names.ts';
import { makePlaceIndex, type PlaceIndex } from './place-index.ts';

export { keyMatches } from './key-pattern.ts';
export { checkSource } from './check-source.ts';

/**
 * Sources that code of their own reads (accounts and orders of both stores). They stand in the catalogue so that a scan
 * knows their places; a reader driven by the catalogue leaves them out, or their people would be read twice.
 */
export const READ_BY_CODE: readonly string[] = [
  'wordpress.users',
  'wordpress.usermeta-profile',
  'woocommerce.orders-hpos',
  'woocommerce.order-addresses',
  'woocommerce.orders-legacy',
  'woocommerce.orders-legacy-meta',
];

/** One column, or one key of key/value rows, of one table. */
export type PlaceQuery = {
  /** Of the site: `wp_`, `wp_2_`. */
  readonly prefix: string;
  /** The table's whole name. A users table moved by CUSTOM_USER_TABLE is asked for as `{prefix}users`. */
  readonly table: string;
  readonly column: string;
  /** '' where the column is not the value of a key. */
  readonly key: string;
  /**
   * What the row belongs to, where that is known: post type of posts and postmeta, comment type of comments and
   * commentmeta. Sources of other types are then left out.
   */
  readonly parent?: string;
};

export type SourceMatch = {
  readonly source: Source;
  /** The source's fields in this place. */
  readonly fields: readonly SourceField[];
  /**
   * The types the source is limited to, when the query did not say the row's type; else empty. The same column or key of
   * a row of another type is not this source's.
   */
  readonly onlyOf: readonly string[];
};

export type Catalogue = {
  readonly sources: readonly Source[];
  readonly families: readonly SourceFamily[];
  /** Null for an id nobody knows. */
  source(id: string): Source | null;
  /** The sources a place belongs to, the most exact key first; none for a place nobody knows. */
  find(place: PlaceQuery): readonly SourceMatch[];
  /** `ids`: source ids or `family:<id>`; none means all. Throws `data_map.unknown_source`. */
  select(ids: readonly string[]): readonly Source[];
};

/** The family of sources mapped by hand that name no other. */
const OWN_FAMILY: SourceFamily = { id: 'own', title: 'Mapped by you', kind: 'custom' };

/** Throws `data_map.bad_source` when two sources have one id. */
export function makeCatalogue(
  files: readonly CatalogueFile[],
  own: readonly Source[] = [],
): Catalogue {
  const sources = [...files.flatMap((file) => file.sources), ...own];
  const families = [...files.map(({ family }) => family), OWN_FAMILY];
  const byId = new Map<string, Source>();
  for (const source of sources) {
    if (byId.has(source.id)) throw twice(source.id);
    byId.set(source.id, source);
  }
  const byFamily = Map.groupBy(sources, ({ family }) => family);
  const indexes = new Map<string, PlaceIndex>();
  const indexOf = (prefix: string): PlaceIndex => {
    const index = indexes.get(prefix) ?? makePlaceIndex(sources, prefix);
    indexes.set(prefix, index);
    return index;
  };
  return {
    sources,
    families,
    source: (id) => byId.get(id) ?? null,
    find: (place) => indexOf(place.prefix).find(place),
    select: (ids) => {
      if (ids.length === 0) return sources;
      const known = [...byId.keys(), ...families.map(({ id }) => `family:${id}`)];
      const chosen = new Set(
        ids.flatMap((id, place) => {
          const source = byId.get(id);
          if (source !== undefined) return [source];
          if (!known.includes(id)) throw unknownSource(id, place, known);
          return byFamily.get(id.slice('family:'.length)) ?? [];
        }),
      );
      return sources.filter((source) => chosen.has(source));
    },
  };
}

function unknownSource(id: string, place: number, known: readonly string[]): CodedError {
  const near = nearestNames(id, known);
  const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  return new CodedError({
    code: 'data_map.unknown_source',
    category: 'invalid',
    message: `couldn't choose the source ${id}: the data map has none of that name`,
    detail: `Name a source such as stripe.order-meta, or all of a software as family:stripe.${hint} The data map lists all names.`,
    fields: [{ pointer: `/sources/ids/${place}`, message: 'not a source of the data map' }],
  });
}

function twice(id: string): CodedError {
  return new CodedError({
    code: 'data_map.bad_source',
    category: 'invalid',
    message: `couldn't put the data map together: two sources are called ${id}`,
    detail: 'Give one of them another id. Those of your own begin with own.',
    fields: [{ pointer: '/id', message: `${id} is taken` }],
  });
}
