// The store reader: one snapshot, one connection, everything by pages of the primary key.
import type { StoreReader, StoreSnapshot } from '../../use-cases/ports/store-reader.ts';
import { orderStoreState } from './order-store-state.ts';
import { pairCopies } from './pair-copies.ts';
import { readAccounts } from './read-accounts.ts';
import { readHposOrders } from './read-hpos-orders.ts';
import { readLegacyOrders } from './read-legacy-orders.ts';
import { readStoreFacts } from './read-facts.ts';
import { findGaps } from './store-gaps.ts';
import type { StoreConnection, StorePool } from './store-pool.ts';
import { readServer } from './store-server.ts';
import { readStoreTables, type StoreTables } from './store-tables.ts';

export function openStoreReader(pool: StorePool): StoreReader {
  return {
    withSnapshot: async (work) => {
      const prefix = await pool.prefix();
      return inSnapshot(pool, async (connection) => {
        const tables = await readStoreTables(connection, prefix);
        return work(await makeSnapshot(connection, tables));
      });
    },
    readFacts: async () => {
      const prefix = await pool.prefix();
      return inSnapshot(pool, async (connection) =>
        readStoreFacts(connection, await readStoreTables(connection, prefix)),
      );
    },
  };
}

/**
 * READ ONLY: the server itself refuses a write. When `work` fails the connection is closed, which ends the transaction.
 */
async function inSnapshot<T>(
  pool: StorePool,
  work: (connection: StoreConnection) => Promise<T>,
): Promise<T> {
  return pool.withConnection(async (connection) => {
    await connection.rows('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    const result = await work(connection);
    await connection.rows('COMMIT');
    return result;
  });
}

async function makeSnapshot(
  connection: StoreConnection,
  tables: StoreTables,
): Promise<StoreSnapshot> {
  const { server, now } = await readServer(connection);
  const state = await orderStoreState(connection, tables);
  return {
    about: {
      server,
      at: now,
      prefix: tables.prefix,
      authoritative: state.hposEnabled ? 'orders_hpos' : 'orders_legacy',
      missing: findGaps(tables),
    },
    accounts: () => readAccounts(connection, tables),
    orders: () =>
      pairCopies(readHposOrders(connection, tables), readLegacyOrders(connection, tables)),
  };
}
