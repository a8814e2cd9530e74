// Finds the rows a narrow scope needs by index, so that a question about 30 days does not read five years. May name too
// many, never too few: whoever asks reads the rows themselves and decides.
import type { NarrowFinder } from '../../use-cases/ports/store-reader.ts';
import { findAccountsUsing } from './find-accounts-using.ts';
import { findHposOrders, findLegacyOrders } from './find-orders-in-window.ts';
import { ascending, chunksOf } from './id-lists.ts';
import { readMetaKey } from './read-meta-key.ts';
import type { Run } from './page-through.ts';
import { readOrderTypes } from './read-legacy-orders.ts';
import type { StoreTables } from './store-tables.ts';
import { forceIndex } from './table-layout.ts';
import { idOf } from './text-cell.ts';

export function makeNarrowFinder(run: Run, tables: StoreTables): NarrowFinder {
  return {
    orderIds: async (filter, limit) => {
      const hpos = await findHposOrders(run, tables, filter, limit);
      if (hpos === null) return null;
      const types = await run((connection) => readOrderTypes(connection, tables));
      const legacy = await findLegacyOrders(run, tables, { ...filter, types }, limit);
      if (legacy === null) return null;
      const ids = ascending(new Set([...hpos, ...legacy]));
      return ids.length > limit ? null : ids;
    },
    accountsUsing: (emails) => findAccountsUsing(run, tables, emails),
    ordersOfAccounts: (userIds) => findOrdersOfAccounts(run, tables, userIds),
  };
}

async function findOrdersOfAccounts(
  run: Run,
  tables: StoreTables,
  userIds: readonly number[],
): Promise<number[]> {
  const found = new Set<number>();
  const orders = tables.layout('wc_orders');
  if (orders !== null) {
    for (const ids of chunksOf(userIds)) {
      const rows = await run((connection) =>
        connection.lists(
          `SELECT id FROM ${orders.quoted} ${forceIndex(orders, 'customer_id')} WHERE customer_id IN (?)`,
          [ids],
        ),
      );
      for (const row of rows) found.add(idOf(row[0]));
    }
  }
  const postmeta = tables.layout('postmeta');
  if (postmeta !== null && userIds.length > 0) {
    const wanted = new Set(userIds.map(String));
    await readMetaKey(
      run,
      { table: postmeta, owner: 'post_id', key: '_customer_user' },
      (post, user) => {
        if (wanted.has(user.trim())) found.add(post);
      },
    );
  }
  return ascending(found);
}
