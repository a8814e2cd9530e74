// All tables of a schema sorted by the site they belong to. Tables are taken by presence, never by which plugins are active:
// data outlives plugins.
import type { Source } from '../../contract/data-map.ts';
import {
  pairColumns,
  valueColumns,
  type PairColumns,
  type ScanTable,
  type TableFacts,
  type TypeColumn,
} from './scan-table.ts';

const USERS: readonly string[] = ['user_login', 'user_pass', 'user_email', 'user_nicename'];
const USERMETA: readonly string[] = ['umeta_id', 'user_id', 'meta_key', 'meta_value'];
/** The plugin's own queue, which the sidecar reads anyway, and which holds ids and codes. */
const OWN_TABLE = 'tocsin_outbox';

type LayoutInput = {
  readonly tables: readonly TableFacts[];
  /** Of all sites in the schema. */
  readonly prefixes: readonly string[];
  /** Sources whose key/value columns have names of their own. */
  readonly sources: readonly Source[];
};

export function layOutTables({ tables, prefixes, sources }: LayoutInput): ScanTable[] {
  const byLength = [...prefixes].sort((a, b) => b.length - a.length);
  const prefixOf = (name: string): string =>
    byLength.find((prefix) => prefix !== '' && name.startsWith(prefix)) ?? '';
  const names = new Set(tables.map(({ name }) => name.toLowerCase()));
  const known = pairsOfSources(sources);
  return tables
    .filter(({ name }) => !name.endsWith(OWN_TABLE))
    .map((table) => {
      const moved = movedUserTable(table, prefixes, names);
      const prefix = moved?.prefix ?? prefixOf(table.name);
      const canonical = moved === null ? table.name : moved.prefix + moved.bare;
      const bare = canonical.slice(prefix.length).toLowerCase();
      const pairs = known(bare, table);
      return {
        name: table.name,
        prefix,
        canonical,
        rows: table.rows,
        key: table.key,
        values: valueColumns(table).filter(
          (column) => column !== pairs?.name && column !== pairs?.owner,
        ),
        columns: table.columns.map(({ name }) => name),
        pairs,
        type: typeColumn(bare, prefix, names),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** CUSTOM_USER_TABLE and CUSTOM_USER_META_TABLE give these tables any name, so their columns tell. */
function movedUserTable(
  { name, columns }: TableFacts,
  prefixes: readonly string[],
  names: ReadonlySet<string>,
): { prefix: string; bare: string } | null {
  const own = new Set(columns.map((column) => column.name.toLowerCase()));
  const bare = USERS.every((column) => own.has(column))
    ? 'users'
    : USERMETA.every((column) => own.has(column))
      ? 'usermeta'
      : null;
  if (bare === null || prefixes.some((prefix) => name === prefix + bare)) return null;
  // A site of a network never has users of its own: its shortest prefix is the network's.
  const without = prefixes.filter((prefix) => !names.has(`${prefix}${bare}`.toLowerCase()));
  const prefix = (without.length > 0 ? without : prefixes)
    .toSorted((a, b) => a.length - b.length)
    .at(0);
  return prefix === undefined ? null : { prefix, bare };
}

/**
 * What sources say of a table comes before what its columns look like: sessions have a key and a value too, and are read by
 * their columns.
 */
function pairsOfSources(sources: readonly Source[]) {
  const known = new Map<string, { name: string; value: string; owner: string }>();
  const byColumn = new Set<string>();
  for (const { place, fields } of sources) {
    if (place.kind === 'pairs') known.set(place.table.toLowerCase(), place);
    if (place.kind !== 'table') continue;
    for (const { column } of fields) {
      byColumn.add(`${place.table}/${column ?? ''}`.toLowerCase());
    }
  }
  return (bare: string, table: TableFacts): PairColumns | null => {
    const name = bare.replace(/^\d+_/, '');
    const likely = pairColumns(table);
    const pairs = known.get(name);
    if (pairs === undefined) {
      const value = likely?.value.toLowerCase() ?? '';
      const isMeta = value === 'meta_value' || value === 'option_value';
      return byColumn.has(`${name}/${value}`) && !isMeta ? null : likely;
    }
    const real = (wanted: string): string | undefined =>
      table.columns.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.name;
    const [keys, values] = [real(pairs.name), real(pairs.value)];
    if (keys === undefined || values === undefined) return likely;
    return { name: keys, value: values, owner: real(pairs.owner) ?? null };
  };
}

/** Posts and comments of all types share one table, and so do their key/value rows. */
function typeColumn(bare: string, prefix: string, names: ReadonlySet<string>): TypeColumn | null {
  const has = (table: string): boolean => names.has(`${prefix}${table}`.toLowerCase());
  switch (bare) {
    case 'posts':
      return { of: 'row', column: 'post_type' };
    case 'comments':
      return { of: 'row', column: 'comment_type' };
    case 'postmeta':
      return has('posts') ? ofOwner(`${prefix}posts`, 'ID', 'post_type', 'post_id') : null;
    case 'commentmeta':
      return has('comments')
        ? ofOwner(`${prefix}comments`, 'comment_ID', 'comment_type', 'comment_id')
        : null;
    default:
      return null;
  }
}

function ofOwner(table: string, key: string, column: string, owner: string): TypeColumn {
  return { of: 'owner', table, key, column, owner };
}
