// Values found in the shop, to choose from when a scope is written. Counted by the database, so that a screen can ask for
// them; orders that stand in both stores count once, by their HPOS copy.
import type { StoreFacts } from '../../contract/scope.ts';
import { bareStatus } from '../../domain/audience/store-rows.ts';
import { NOT_ORDERS } from './read-hpos-orders.ts';
import { readOrderTypes } from './read-legacy-orders.ts';
import { readDate } from './store-dates.ts';
import type { StoreConnection, StoreValue } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';

type Found = Omit<StoreFacts, 'read_at'>;
type Ask = (sql: string, values?: readonly StoreValue[]) => Promise<Map<string, number>>;

export async function readStoreFacts(
  connection: StoreConnection,
  tables: StoreTables,
): Promise<Found> {
  const types = await readOrderTypes(connection, tables);
  const hpos = hposQueries(tables);
  const legacy = legacyQueries(tables, types);
  // Grouped by bytes: the shop's collation would take `Visa` and `vísa` for one value.
  const ask: Ask = async (sql, values) => {
    const rows = await connection.rows<{ k: string | null; n: number | string }>(sql, values);
    return sumByKey(rows.map((row) => [row.k ?? '', Number(row.n)]));
  };
  const all = async (pick: (queries: Queries) => Query | null): Promise<Map<string, number>> => {
    const parts = [hpos, legacy].map(pick).filter((query) => query !== null);
    const found: [string, number][] = [];
    for (const { sql, values } of parts) found.push(...(await ask(sql, values)));
    return sumByKey(found);
  };
  const statuses = await all((queries) => queries.statuses);
  return {
    payment_methods: tallies(await all((queries) => queries.methods)),
    order_statuses: tallies(sumByKey([...statuses].map(([k, n]) => [bareStatus(k), n]))),
    countries: tallies(
      sumByKey(
        [...(await all((queries) => queries.countries))].map(([k, n]) => [
          k.trim().toUpperCase(),
          n,
        ]),
      ),
    ).filter(({ key }) => /^[A-Z]{2}$/.test(key)),
    ...(await readEnds(connection, [hpos, legacy])),
    order_store: await readPlaces(connection, hpos, legacy),
  };
}

type Query = { sql: string; values: readonly StoreValue[] };
type Queries = {
  statuses: Query | null;
  methods: Query | null;
  countries: Query | null;
  /** First and last day. */
  ends: Query | null;
  /** One row when there is an order at all, also one that the other store holds too. */
  any: Query | null;
};
const NOTHING: Queries = { statuses: null, methods: null, countries: null, ends: null, any: null };

function hposQueries(tables: StoreTables): Queries {
  const orders = tables.table('wc_orders');
  const addresses = tables.table('wc_order_addresses');
  if (orders === null) return NOTHING;
  const values = [NOT_ORDERS];
  const real = '(o.type IS NULL OR o.type NOT IN (?))';
  const by = (column: string): Query => ({
    sql: `SELECT o.${column} AS k, COUNT(*) AS n FROM ${orders} o WHERE ${real} GROUP BY CAST(o.${column} AS BINARY)`,
    values,
  });
  return {
    statuses: by('status'),
    methods: by('payment_method'),
    countries:
      addresses === null
        ? null
        : {
            sql: `SELECT a.country AS k, COUNT(*) AS n FROM ${addresses} a JOIN ${orders} o ON o.id = a.order_id
                   WHERE a.address_type = 'billing' AND ${real} GROUP BY CAST(a.country AS BINARY)`,
            values,
          },
    ends: {
      sql: `SELECT MIN(o.date_created_gmt) AS first, MAX(o.date_created_gmt) AS last FROM ${orders} o
             WHERE ${real} AND o.date_created_gmt > '1000-01-01'`,
      values,
    },
    any: { sql: `SELECT 1 AS found FROM ${orders} o WHERE ${real} LIMIT 1`, values },
  };
}

function legacyQueries(tables: StoreTables, types: readonly string[]): Queries {
  const posts = tables.table('posts');
  const postmeta = tables.table('postmeta');
  const orders = tables.table('wc_orders');
  if (posts === null) return NOTHING;
  const here = 'p.post_type IN (?)';
  // Tied by number only: texts of tables with different collations must not meet in one statement.
  const own =
    orders === null ? here : `${here} AND NOT EXISTS (SELECT 1 FROM ${orders} o WHERE o.id = p.ID)`;
  const byMeta = (key: string): Query | null =>
    postmeta === null
      ? null
      : {
          sql: `SELECT LEFT(m.meta_value, 100) AS k, COUNT(DISTINCT p.ID) AS n
                  FROM ${posts} p JOIN ${postmeta} m ON m.post_id = p.ID AND m.meta_key = '${key}'
                 WHERE ${own} GROUP BY CAST(LEFT(m.meta_value, 100) AS BINARY)`,
          values: [types],
        };
  return {
    statuses: {
      sql: `SELECT p.post_status AS k, COUNT(*) AS n FROM ${posts} p WHERE ${own} GROUP BY CAST(p.post_status AS BINARY)`,
      values: [types],
    },
    methods: byMeta('_payment_method'),
    countries: byMeta('_billing_country'),
    ends: {
      sql: `SELECT MIN(p.post_date_gmt) AS first, MAX(p.post_date_gmt) AS last FROM ${posts} p
             WHERE ${own} AND p.post_date_gmt > '1000-01-01'`,
      values: [types],
    },
    any: { sql: `SELECT 1 AS found FROM ${posts} p WHERE ${here} LIMIT 1`, values: [types] },
  };
}

async function readEnds(
  connection: StoreConnection,
  stores: readonly Queries[],
): Promise<Pick<Found, 'first_order_at' | 'last_order_at'>> {
  const days: number[] = [];
  for (const { ends } of stores) {
    if (ends === null) continue;
    const [row] = await connection.rows<{ first: string | null; last: string | null }>(
      ends.sql,
      ends.values,
    );
    for (const day of [readDate(row?.first ?? null), readDate(row?.last ?? null)]) {
      if (day !== null) days.push(day);
    }
  }
  return {
    first_order_at: days.length === 0 ? null : new Date(Math.min(...days)).toISOString(),
    last_order_at: days.length === 0 ? null : new Date(Math.max(...days)).toISOString(),
  };
}

async function readPlaces(
  connection: StoreConnection,
  hpos: Queries,
  legacy: Queries,
): Promise<Found['order_store']> {
  const holds = async ({ any }: Queries): Promise<boolean> =>
    any !== null && (await connection.rows(any.sql, any.values)).length > 0;
  const inHpos = await holds(hpos);
  const inLegacy = await holds(legacy);
  if (inHpos && inLegacy) return 'both';
  if (inHpos) return 'hpos';
  return inLegacy ? 'legacy' : 'none';
}

function sumByKey(pairs: readonly (readonly [string, number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [key, n] of pairs) sums.set(key, (sums.get(key) ?? 0) + n);
  return sums;
}

/** Most first; rows without a value are no choice. */
function tallies(found: ReadonlyMap<string, number>): { key: string; count: number }[] {
  return [...found]
    .filter(([key]) => key !== '')
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}
