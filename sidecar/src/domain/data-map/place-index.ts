// Sources by the tables, columns and keys they name, for one site's prefix: a scan asks it for every place it meets.
import type { Source, SourceField, SourcePlace } from '../../contract/data-map.ts';
import type { PlaceQuery, SourceMatch } from './catalogue.ts';
import { isLiteral, keyExpression } from './key-pattern.ts';

export type PlaceIndex = { find(place: PlaceQuery): readonly SourceMatch[] };

type Entry = { source: Source; fields: SourceField[]; expression: RegExp | null; length: number };
type TableEntries = {
  /** By lower-case column of tables. */
  columns: Map<string, Entry[]>;
  /** Lower-case columns that hold keys and values; both are the source's: some keys hold an address themselves. */
  pairs: Set<string>;
  literal: Map<string, Entry[]>;
  patterns: Entry[];
};

const META_TABLES: Readonly<Record<string, readonly string[]>> = {
  order: ['wc_orders_meta', 'postmeta'],
  user: ['usermeta'],
  post: ['postmeta'],
  comment: ['commentmeta'],
  order_item: ['woocommerce_order_itemmeta'],
  payment_token: ['woocommerce_payment_tokenmeta'],
};

/** Post types of orders, as WooCommerce and its extensions name them. */
const ORDER_TYPE = /^shop_(?:order|subscription)/;

export function makePlaceIndex(sources: readonly Source[], prefix: string): PlaceIndex {
  const tables = new Map<string, TableEntries>();
  for (const source of sources) {
    for (const { table, pairs } of tablesOf(source.place)) {
      const entries = tables.get(table) ?? emptyEntries();
      tables.set(table, entries);
      for (const column of pairs) entries.pairs.add(column);
      const keys = keysOfRows(source.place);
      for (const field of source.fields) {
        if (keys === null) addField(entries, source, field, prefix);
        else for (const key of keys) addKey(entries, source, field, key);
      }
    }
  }
  return {
    find: (place) => {
      const entries = tables.get(bareName(place.table, prefix));
      if (entries === undefined) return [];
      return entriesAt(entries, place)
        .map((entry) => match(entry, place))
        .filter((found) => found !== null);
    },
  };
}

function entriesAt(entries: TableEntries, { column, key }: PlaceQuery): readonly Entry[] {
  const name = column.toLowerCase();
  const ofColumn = entries.columns.get(name) ?? [];
  if (!entries.pairs.has(name)) return ofColumn;
  // Asked for the column as a whole: a source that takes every key covers it.
  if (key === '') return [...entries.patterns.filter(takesEveryKey), ...ofColumn];
  const literal = entries.literal.get(key) ?? [];
  const patterns = entries.patterns.filter(({ expression }) => expression?.test(key) === true);
  return [...literal, ...patterns.sort((a, b) => b.length - a.length), ...ofColumn];
}

function takesEveryKey({ fields }: Entry): boolean {
  return fields.some(({ key }) => key === '*');
}

function match(
  { source, fields }: Entry,
  { table, parent, prefix }: PlaceQuery,
): SourceMatch | null {
  const { place } = source;
  if (place.kind === 'meta' && place.of === 'order') {
    const isPost = bareName(table, prefix) === 'postmeta';
    if (isPost && parent !== undefined && !ORDER_TYPE.test(parent)) return null;
    return { source, fields, onlyOf: [] };
  }
  const onlyOf = typesOf(place);
  if (onlyOf.length === 0) return { source, fields, onlyOf };
  if (parent === undefined) return { source, fields, onlyOf };
  return onlyOf.includes(parent) ? { source, fields, onlyOf: [] } : null;
}

function typesOf(place: SourcePlace): readonly string[] {
  if (place.kind === 'meta') return place.post_types;
  return place.kind === 'table' && keysOfRows(place) === null ? (place.rows?.values ?? []) : [];
}

function addField(entries: TableEntries, source: Source, field: SourceField, prefix: string): void {
  const { column, key } = field;
  if (column !== undefined) {
    const name = column.toLowerCase();
    entries.columns.set(name, withField(entries.columns.get(name) ?? [], source, field, null));
  } else if (key !== undefined && isLiteral(key)) {
    addKey(entries, source, field, key);
  } else if (key !== undefined) {
    entries.patterns = withField(entries.patterns, source, field, keyExpression(key, prefix));
  }
}

/** Also as a scan folds it, which writes `#` for digits. */
function addKey(entries: TableEntries, source: Source, field: SourceField, key: string): void {
  for (const written of new Set([key, key.replace(/\d+/g, '#')])) {
    entries.literal.set(
      written,
      withField(entries.literal.get(written) ?? [], source, field, null),
    );
  }
}

/** The keys of a source that takes rows of a key/value table one by one; null for any other. */
function keysOfRows(place: SourcePlace): readonly string[] | null {
  return place.kind === 'table' && place.rows?.column === 'meta_key' ? place.rows.values : null;
}

function withField(
  list: Entry[],
  source: Source,
  field: SourceField,
  expression: RegExp | null,
): Entry[] {
  const same = list.find(
    (entry) => entry.source === source && entry.expression?.source === expression?.source,
  );
  if (same !== undefined) {
    same.fields.push(field);
    return list;
  }
  return [...list, { source, fields: [field], expression, length: field.key?.length ?? 0 }];
}

/** Tables that a source reads, in lower case and without prefix. */
export function sourceTables({ place }: Source): readonly string[] {
  return tablesOf(place).map(({ table }) => table);
}

function tablesOf(place: SourcePlace): { table: string; pairs: readonly string[] }[] {
  switch (place.kind) {
    case 'table':
      return [
        {
          table: place.table.toLowerCase(),
          pairs: keysOfRows(place) === null ? [] : ['meta_key', 'meta_value'],
        },
      ];
    case 'pairs':
      return [
        {
          table: place.table.toLowerCase(),
          pairs: [place.name.toLowerCase(), place.value.toLowerCase()],
        },
      ];
    case 'meta':
      return (META_TABLES[place.of] ?? []).map((table) => ({
        table,
        pairs: ['meta_key', 'meta_value'],
      }));
    case 'option':
      return [{ table: 'options', pairs: ['option_name', 'option_value'] }];
    case 'file':
      return [];
  }
}

function emptyEntries(): TableEntries {
  return { columns: new Map(), pairs: new Set(), literal: new Map(), patterns: [] };
}

/**
 * Lower case, without the prefix and the number of a site of a network. Servers on some systems fold table names, and
 * Wordfence's have capitals.
 */
export function bareName(table: string, prefix: string): string {
  const name = table.toLowerCase();
  const start = prefix.toLowerCase();
  return name.startsWith(start) ? name.slice(start.length).replace(/^\d+_/, '') : name;
}
