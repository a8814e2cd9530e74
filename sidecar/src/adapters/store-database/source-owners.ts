// Whose the key/value rows are: an order's, an account's, or those of a post, comment, item or token that leads to one.
import type { Source, SourceLink } from '../../contract/data-map.ts';
import type { RowOwner } from '../../domain/data-map/row-mentions.ts';
import { chunksOf } from './id-lists.ts';
import {
  dateOf,
  NO_LINK,
  orderIn,
  readLinked,
  readOwners,
  userOfSession,
  type LinkedRow,
} from './linked-rows.ts';
import type { KeyedRows, OwnerTest } from './read-keyed-sources.ts';
import type { SourceReading } from './source-reading.ts';
import type { StoreCell } from './store-pool.ts';
import { hasColumn, type TableLayout } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

type Owners = KeyedRows['owners'];

const NOBODY = { userId: 0, orderId: 0, emails: [], at: null };

export function accountOwners(): Owners {
  return () => Promise.resolve((owner) => ({ ...NOBODY, row: owner, userId: idOf(owner) }));
}

/** Nothing but the values themselves leads to anybody. */
export function noOwners(): Owners {
  return () => Promise.resolve((owner) => ({ ...NOBODY, row: owner }));
}

/** A refund is nobody: its rows are the order's it belongs to. */
export function hposOrderOwners({ run, table }: SourceReading): Owners {
  const orders = table('wc_orders', 'site');
  return async (ids) => {
    const refunds =
      orders === null || !hasColumn(orders, 'parent_order_id')
        ? new Map<number, number>()
        : await readParents(run, orders, ids.map(idOf));
    return (owner) => ({
      ...NOBODY,
      row: owner,
      orderId: refunds.get(idOf(owner)) ?? idOf(owner),
    });
  };
}

async function readParents(
  run: SourceReading['run'],
  orders: TableLayout,
  ids: readonly number[],
): Promise<Map<number, number>> {
  const parents = new Map<number, number>();
  for (const chunk of chunksOf(ids)) {
    const rows = await run((connection) =>
      connection.lists(
        `SELECT id, parent_order_id FROM ${orders.quoted} WHERE id IN (?) AND type = 'shop_order_refund'`,
        [chunk],
      ),
    );
    for (const [id, parent] of rows) if (idOf(parent) !== 0) parents.set(idOf(id), idOf(parent));
  }
  return parents;
}

/** `types`: post types of orders. Placeholders keep rows of orders that have moved to the HPOS tables. */
export function legacyOrderOwners({ run, table }: SourceReading, types: readonly string[]): Owners {
  const posts = table('posts', 'site');
  const kept = new Set([...types, 'shop_order_placehold']);
  return async (ids) => {
    const found =
      posts === null
        ? new Map<number, readonly StoreCell[]>()
        : await readOwners(run, posts, 'ID', ['post_type', 'post_parent'], ids.map(idOf));
    return (owner) => {
      const [type, parent] = found.get(idOf(owner)) ?? [];
      const kind = textOf(type);
      if (kind === 'shop_order_refund') return { ...NOBODY, row: owner, orderId: idOf(parent) };
      return kept.has(kind) ? { ...NOBODY, row: owner, orderId: idOf(owner) } : null;
    };
  };
}

/** Rows of posts or comments: link and date are columns of the post or comment. */
export function linkedOwners(
  { run, table }: SourceReading,
  owners: { table: 'posts' | 'comments'; key: string; typeColumn: string },
  sources: readonly Source[],
): Owners {
  const layout = table(owners.table, 'site');
  const columns = [...new Set([owners.typeColumn, ...sources.flatMap(columnsOfLink)])];
  return async (ids) => {
    const found =
      layout === null
        ? new Map<number, readonly StoreCell[]>()
        : await readOwners(run, layout, owners.key, columns, ids.map(idOf));
    const customers = await readCustomers({ run, table }, sources, columns, found);
    return (owner, member) => {
      const source = sources[member];
      const cells = found.get(idOf(owner));
      if (source?.place.kind !== 'meta' || cells === undefined) return null;
      const { post_types: types } = source.place;
      if (types.length > 0 && !types.includes(textOf(cells[0]))) return null;
      return ownerFrom(
        owner,
        source,
        (column) => (column === undefined ? null : (cells[columns.indexOf(column)] ?? null)),
        customers,
      );
    };
  };
}

function columnsOfLink({ link, date }: Source): string[] {
  return [
    link.user_id,
    link.order_id,
    link.order_text,
    link.customer_id,
    link.session_key,
    date?.column,
  ].filter((column) => column !== undefined);
}

/** Guests and accounts by their ids in WooCommerce's lookup, which are no user ids. */
export async function readCustomers(
  { run, table }: Pick<SourceReading, 'run' | 'table'>,
  sources: readonly Source[],
  columns: readonly string[],
  rows: ReadonlyMap<unknown, readonly StoreCell[]>,
): Promise<ReadonlyMap<string, LinkedRow>> {
  const places = sources
    .map(({ link }) => (link.customer_id === undefined ? -1 : columns.indexOf(link.customer_id)))
    .filter((place) => place >= 0);
  const lookup = table('wc_customer_lookup', 'site');
  if (places.length === 0 || lookup === null) return new Map();
  const ids = [...rows.values()].flatMap((cells) => places.map((place) => textOf(cells[place])));
  return readLinked(run, lookup, { key: 'customer_id', user_id: 'user_id', email: 'email' }, ids);
}

/** `linked`: what a row of another table says; `cell`: a column of the row itself, or of the post or comment it belongs to. */
export function ownerFrom(
  row: string,
  { link, date }: Pick<Source, 'date'> & { link: SourceLink },
  cell: (column: string | undefined) => StoreCell,
  customers: ReadonlyMap<string, LinkedRow>,
  linked: LinkedRow = NO_LINK,
): RowOwner {
  const customer = customers.get(textOf(cell(link.customer_id))) ?? NO_LINK;
  return {
    row,
    userId: firstId(
      idOf(cell(link.user_id)),
      userOfSession(textOf(cell(link.session_key))),
      linked.userId,
      customer.userId,
    ),
    orderId: firstId(
      idOf(cell(link.order_id)),
      orderIn(textOf(cell(link.order_text))),
      linked.orderId,
    ),
    emails: [linked.email, customer.email].filter((email) => email.trim() !== ''),
    at: date === null ? linked.at : (dateOf(date.kind, cell(date.column)) ?? linked.at),
  };
}

function firstId(...ids: readonly number[]): number {
  return ids.find((id) => id !== 0) ?? 0;
}

/** Rows whose owner is a row of another table with an order's or an account's id. */
export function ownersBy(
  { run, table }: SourceReading,
  other: { table: string; key: string; user_id?: string; order_id?: string },
): Owners {
  const layout = table(other.table, 'site');
  return async (ids) => {
    const found =
      layout === null ? new Map<string, LinkedRow>() : await readLinked(run, layout, other, ids);
    return (owner) => {
      const { userId, orderId } = found.get(owner) ?? NO_LINK;
      return { ...NOBODY, row: owner, userId, orderId };
    };
  };
}

/** Owners of pairs, which another row names the person of. */
export function ownersVia(
  { run, table }: SourceReading,
  sources: readonly Source[],
  scope: 'site' | 'network',
): Owners {
  return async (ids) => {
    const found: ReadonlyMap<string, LinkedRow>[] = [];
    for (const { link } of sources) {
      const other = link.via === undefined ? null : table(link.via.table, scope);
      found.push(
        link.via === undefined || other === null
          ? new Map<string, LinkedRow>()
          : await readLinked(run, other, link.via, ids),
      );
    }
    const test: OwnerTest = (owner, member) => {
      const linked = found[member]?.get(owner) ?? NO_LINK;
      return {
        row: owner,
        userId: linked.userId,
        orderId: linked.orderId,
        emails: linked.email.trim() === '' ? [] : [linked.email],
        at: linked.at,
      };
    };
    return test;
  };
}
