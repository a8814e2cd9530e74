// Accounts that use one of these addresses: as their own, in their address book, or on one of their orders.
import { foldAddress } from '../../domain/audience/fold-address.ts';
import { ascending, chunksOf } from './id-lists.ts';
import type { Run } from './page-through.ts';
import { readMetaKey } from './read-meta-key.ts';
import type { StoreTables } from './store-tables.ts';
import { forceIndex, type TableLayout } from './table-layout.ts';
import { idOf } from './text-cell.ts';

export async function findAccountsUsing(
  run: Run,
  tables: StoreTables,
  emails: readonly string[],
): Promise<number[]> {
  const wanted = new Set(emails.map(foldAddress));
  wanted.delete('');
  const found = new Set<number>();
  if (wanted.size === 0) return [];
  const folded = [...wanted];
  const users = tables.layout('users');
  if (users !== null) {
    for (const id of await idsByEmail(run, users, 'ID', 'user_email', folded)) found.add(id);
  }
  const usermeta = tables.layout('usermeta');
  if (usermeta !== null) {
    await readMetaKey(
      run,
      { table: usermeta, owner: 'user_id', key: 'billing_email' },
      (user, email) => {
        if (wanted.has(foldAddress(email))) found.add(user);
      },
    );
  }
  for (const id of await customersOfOrders(run, tables, folded)) found.add(id);
  for (const id of await customersOfPosts(run, tables, wanted)) found.add(id);
  found.delete(0);
  return ascending(found);
}

/**
 * Ids of rows whose column is one of these in any letter case. By index, unless its collation tells letter cases apart:
 * then every value is looked at.
 */
async function idsByEmail(
  run: Run,
  table: TableLayout,
  id: string,
  column: string,
  folded: readonly string[],
): Promise<number[]> {
  const collation = table.columns.get(column)?.collation ?? '';
  const exact = /_(?:bin|cs)$|_cs_/.test(collation);
  const found: number[] = [];
  for (const chunk of chunksOf(folded)) {
    const rows = await run((connection) =>
      connection.lists(
        exact
          ? `SELECT ${id} FROM ${table.quoted} WHERE LOWER(${column}) IN (?)`
          : `SELECT ${id} FROM ${table.quoted} ${forceIndex(table, column)} WHERE ${column} IN (?)`,
        [chunk],
      ),
    );
    for (const row of rows) found.push(idOf(row[0]));
  }
  return found;
}

async function customersOfOrders(
  run: Run,
  tables: StoreTables,
  folded: readonly string[],
): Promise<number[]> {
  const orders = tables.layout('wc_orders');
  if (orders === null) return [];
  const addresses = tables.layout('wc_order_addresses');
  const customers = await idsByEmail(run, orders, 'customer_id', 'billing_email', folded);
  const ofAddresses =
    addresses === null ? [] : await idsByEmail(run, addresses, 'order_id', 'email', folded);
  for (const ids of chunksOf([...new Set(ofAddresses)])) {
    const rows = await run((connection) =>
      connection.lists(`SELECT customer_id FROM ${orders.quoted} WHERE id IN (?)`, [ids]),
    );
    for (const row of rows) customers.push(idOf(row[0]));
  }
  return customers;
}

async function customersOfPosts(
  run: Run,
  tables: StoreTables,
  wanted: ReadonlySet<string>,
): Promise<number[]> {
  const postmeta = tables.layout('postmeta');
  if (postmeta === null) return [];
  const posts = new Set<number>();
  await readMetaKey(
    run,
    { table: postmeta, owner: 'post_id', key: '_billing_email' },
    (post, email) => {
      if (wanted.has(foldAddress(email))) posts.add(post);
    },
  );
  const customers: number[] = [];
  for (const ids of chunksOf([...posts])) {
    const rows = await run((connection) =>
      connection.lists(
        `SELECT LEFT(meta_value, 20) FROM ${postmeta.quoted} ${forceIndex(postmeta, 'post_id')}
          WHERE post_id IN (?) AND meta_key = '_customer_user'`,
        [ids],
      ),
    );
    for (const row of rows) customers.push(idOf(row[0]));
  }
  return customers;
}
