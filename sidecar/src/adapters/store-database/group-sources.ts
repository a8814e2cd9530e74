// Which sources are read together, and how: one walk for all that live in the same rows.
import type { Source, SourcePlace } from '../../contract/data-map.ts';
import type { SourcePage } from '../../use-cases/ports/store-reader.ts';
import { readKeyedSources, type KeyedRows } from './read-keyed-sources.ts';
import { readTableSources } from './read-table-sources.ts';
import type { Members } from './source-members.ts';
import {
  accountOwners,
  hposOrderOwners,
  legacyOrderOwners,
  linkedOwners,
  noOwners,
  ownersBy,
  ownersVia,
} from './source-owners.ts';
import type { SourceReading } from './source-reading.ts';

export type SourceWalk = {
  readonly sources: readonly Source[];
  readonly read: (members: Members) => AsyncGenerator<SourcePage>;
};

/** What a walk needs to know that takes a statement to find out. */
export type WalkFacts = {
  readonly orderTypes: readonly string[];
  /** Items and tokens of the orders and accounts asked for; null when all are wanted. */
  readonly only: { readonly items: readonly number[]; readonly tokens: readonly number[] } | null;
};

/** Walks in the order of the first of their sources. Sources whose table is not there have none. */
export function groupSources(
  reading: SourceReading,
  sources: readonly Source[],
  facts: WalkFacts,
): SourceWalk[] {
  const groups = Map.groupBy(sources, ({ place }) => groupOf(place));
  return [...groups.values()].flatMap((group) => walksOf(reading, group, facts));
}

/** Tables that a source and its link name, without prefix. */
export function tablesOf({ place, link }: Source): string[] {
  return [
    ...(place.kind === 'table' || place.kind === 'pairs' ? [place.table] : []),
    ...(link.via === undefined ? [] : [link.via.table]),
  ];
}

function groupOf(place: SourcePlace): string {
  switch (place.kind) {
    case 'table':
      return JSON.stringify([place.kind, place.scope, place.table, place.key, place.rows ?? null]);
    case 'pairs':
      return JSON.stringify([
        place.kind,
        place.scope,
        place.table,
        place.owner,
        place.name,
        place.value,
      ]);
    case 'meta':
      return `meta ${place.of}`;
    default:
      return place.kind;
  }
}

function walksOf(
  reading: SourceReading,
  sources: readonly Source[],
  facts: WalkFacts,
): SourceWalk[] {
  const place = sources[0]?.place;
  if (place === undefined || place.kind === 'file') return [];
  if (place.kind === 'table') {
    const table = reading.table(place.table, place.scope);
    if (table === null) return [];
    return [{ sources, read: (members) => readTableSources(reading, table, members) }];
  }
  return keyedRowsOf(reading, sources, facts).map((rows) => ({
    sources,
    read: (members) => readKeyedSources(reading, rows, members),
  }));
}

const META = { name: 'meta_key', value: 'meta_value' };

function keyedRowsOf(
  reading: SourceReading,
  sources: readonly Source[],
  { orderTypes, only }: WalkFacts,
): KeyedRows[] {
  const place = sources[0]?.place;
  const rowsOf = (name: string, rest: Omit<KeyedRows, 'table'>): KeyedRows[] => {
    const table = reading.table(name, 'site');
    return table === null ? [] : [{ table, ...rest }];
  };
  if (place?.kind === 'option') {
    return rowsOf('options', {
      owner: 'option_id',
      name: 'option_name',
      value: 'option_value',
      owners: noOwners(),
    });
  }
  if (place?.kind === 'pairs') {
    const table = reading.table(place.table, place.scope);
    const { owner, name, value, scope } = place;
    return table === null
      ? []
      : [{ table, owner, name, value, owners: ownersVia(reading, sources, scope) }];
  }
  if (place?.kind !== 'meta') return [];
  const orders = reading.only?.orderIds;
  switch (place.of) {
    case 'order':
      return [
        ...rowsOf('wc_orders_meta', {
          owner: 'order_id',
          ...META,
          only: orders,
          owners: hposOrderOwners(reading),
        }),
        ...rowsOf('postmeta', {
          owner: 'post_id',
          ...META,
          only: orders,
          owners: legacyOrderOwners(reading, orderTypes),
        }),
      ];
    case 'user':
      return rowsOf('usermeta', {
        owner: 'user_id',
        ...META,
        only: reading.only?.userIds,
        owners: accountOwners(),
      });
    case 'post':
      return rowsOf('postmeta', {
        owner: 'post_id',
        ...META,
        owners: linkedOwners(reading, POSTS, sources),
      });
    case 'comment':
      return rowsOf('commentmeta', {
        owner: 'comment_id',
        ...META,
        owners: linkedOwners(reading, COMMENTS, sources),
      });
    case 'order_item':
      return rowsOf('woocommerce_order_itemmeta', {
        owner: 'order_item_id',
        ...META,
        only: only?.items,
        owners: ownersBy(reading, ITEMS),
      });
    case 'payment_token':
      return rowsOf('woocommerce_payment_tokenmeta', {
        owner: 'payment_token_id',
        ...META,
        only: only?.tokens,
        owners: ownersBy(reading, TOKENS),
      });
  }
}

const POSTS = { table: 'posts', key: 'ID', typeColumn: 'post_type' } as const;
const COMMENTS = { table: 'comments', key: 'comment_ID', typeColumn: 'comment_type' } as const;
export const ITEMS = {
  table: 'woocommerce_order_items',
  key: 'order_item_id',
  order_id: 'order_id',
};
export const TOKENS = {
  table: 'woocommerce_payment_tokens',
  key: 'token_id',
  user_id: 'user_id',
};

/** Of the tables WordPress and WooCommerce make, those that sources or their owners are in. */
export const COMMON_TABLES: readonly string[] = [
  'options',
  'posts',
  'postmeta',
  'comments',
  'commentmeta',
  'wc_orders',
  'wc_orders_meta',
  'wc_customer_lookup',
  'woocommerce_order_items',
  'woocommerce_order_itemmeta',
  'woocommerce_payment_tokens',
  'woocommerce_payment_tokenmeta',
];
