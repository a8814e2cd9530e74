// Orders created in a window, by the indexes on their dates. Orders without a usable date are named too: whether they count
// is for the scope to say.
import { chunksOf } from './id-lists.ts';
import type { Run } from './page-through.ts';
import type { StoreValue } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';
import { forceIndex, indexOn } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

export type OrderWindow = {
  /** RFC 3339; from inclusive, to exclusive. */
  readonly from: string | null;
  readonly to: string | null;
  readonly paymentMethods: readonly string[];
};

const DAY_MS = 86_400_000;
/** Before it nothing is a date, NULL and zero dates included. */
const FIRST_DATE = '1000-01-01 00:00:00';
const LAST_DATE = '9999-12-31 23:59:59';

/** WordPress sets the date in UTC when a post is published: of these only the day of the last change may be known. */
const DRAFTS = ['draft', 'auto-draft', 'pending'];

/** Null when there are more than `limit`, or no index to find them by. */
export async function findHposOrders(
  run: Run,
  tables: StoreTables,
  { from, to, paymentMethods }: OrderWindow,
  limit: number,
): Promise<number[] | null> {
  const orders = tables.layout('wc_orders');
  if (orders === null) return [];
  if (from === null && to === null) return null;
  if (indexOn(orders, 'date_created_gmt') === null) return null;
  const paid = paymentMethods.length === 0 ? '' : 'AND payment_method IN (?)';
  const methods: StoreValue[] = paymentMethods.length === 0 ? [] : [paymentMethods];
  const found: number[] = [];
  for (const [condition, values] of [
    ['date_created_gmt BETWEEN ? AND ?', [sqlTime(from, 0, FIRST_DATE), sqlTime(to, 0, LAST_DATE)]],
    ['date_created_gmt < ?', [FIRST_DATE]],
    ['date_created_gmt IS NULL', []],
  ] as const) {
    const rows = await run((connection) =>
      connection.lists(
        `SELECT id FROM ${orders.quoted} ${forceIndex(orders, 'date_created_gmt')}
          WHERE ${condition} ${paid} LIMIT ?`,
        [...values, ...methods, limit + 1],
      ),
    );
    for (const row of rows) found.push(idOf(row[0]));
    if (found.length > limit) return null;
  }
  return found;
}

/** The same for posts. Their index is on the local date, at most a day from the one in UTC. */
export async function findLegacyOrders(
  run: Run,
  tables: StoreTables,
  window: OrderWindow & { readonly types: readonly string[] },
  limit: number,
): Promise<number[] | null> {
  const posts = tables.layout('posts');
  if (posts === null) return [];
  const { from, to, types } = window;
  if (from === null && to === null) return null;
  if (indexOn(posts, 'post_type', 'post_status', 'post_date') === null) return null;
  const index = forceIndex(posts, 'post_type', 'post_status', 'post_date');
  const kinds = await run((connection) =>
    connection.lists(
      `SELECT DISTINCT post_type, post_status FROM ${posts.quoted} ${index} WHERE post_type IN (?)`,
      [types],
    ),
  );
  const statuses = [...new Set(kinds.map((row) => textOf(row[1])))];
  const found = new Set<number>();
  for (const [condition, values] of [
    [
      'post_date BETWEEN ? AND ?',
      [sqlTime(from, -DAY_MS, FIRST_DATE), sqlTime(to, DAY_MS, LAST_DATE)],
    ],
    ['post_date < ?', [FIRST_DATE]],
    ['post_status IN (?)', [DRAFTS]],
  ] as const) {
    if (statuses.length === 0) break;
    const rows = await run((connection) =>
      connection.lists(
        `SELECT ID FROM ${posts.quoted} ${index}
          WHERE post_type IN (?) AND post_status IN (?) AND ${condition} LIMIT ?`,
        [types, statuses, ...values, limit + 1],
      ),
    );
    for (const row of rows) found.add(idOf(row[0]));
    if (rows.length > limit) return null;
  }
  const paid = await keepPaidBy(run, tables, [...found], window.paymentMethods);
  return paid.length > limit ? null : paid;
}

async function keepPaidBy(
  run: Run,
  tables: StoreTables,
  ids: readonly number[],
  methods: readonly string[],
): Promise<number[]> {
  const postmeta = tables.layout('postmeta');
  if (postmeta === null || methods.length === 0) return [...ids];
  const kept = new Set<number>();
  for (const chunk of chunksOf(ids)) {
    const rows = await run((connection) =>
      connection.lists(
        `SELECT post_id FROM ${postmeta.quoted} ${forceIndex(postmeta, 'post_id')}
          WHERE post_id IN (?) AND meta_key = '_payment_method' AND meta_value IN (?)`,
        [chunk, methods],
      ),
    );
    for (const row of rows) kept.add(idOf(row[0]));
  }
  return [...kept];
}

/** A moment as the server writes it, to the second and not after it; `otherwise` when there is none. */
function sqlTime(time: string | null, shiftMs: number, otherwise: string): string {
  if (time === null) return otherwise;
  const at = new Date(Date.parse(time) + shiftMs);
  return at.getUTCFullYear() > 9999 || at.getUTCFullYear() < 1000
    ? otherwise
    : at.toISOString().slice(0, 19).replace('T', ' ');
}
