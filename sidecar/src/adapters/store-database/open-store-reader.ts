// The store reader: one snapshot, one connection at a time, everything by pages of a key.
import type { Decryptor } from '../../domain/data-map/decrypt/decryptor.ts';
import type { StoreReader, StoreSnapshot } from '../../use-cases/ports/store-reader.ts';
import { makeNarrowFinder } from './narrow-finder.ts';
import { orderStoreState } from './order-store-state.ts';
import { pairCopies } from './pair-copies.ts';
import { readAccounts } from './read-accounts.ts';
import { readStoreFacts } from './read-facts.ts';
import { readHposOrders } from './read-hpos-orders.ts';
import { readLegacyOrders } from './read-legacy-orders.ts';
import { readMentions } from './read-mentions.ts';
import { openSnapshotSession, type SnapshotSession } from './snapshot-session.ts';
import { findGaps } from './store-gaps.ts';
import type { StorePool } from './store-pool.ts';
import { readStoreTables, type StoreTables } from './store-tables.ts';

export type StoreReaderOptions = {
  /** By the name that sources use: `decrypt:<name>`. */
  readonly decryptors?: ReadonlyMap<string, Decryptor>;
  /** How long a server that restarts is given before a second try, in milliseconds. Default 1,000. */
  readonly reconnectPauseMs?: number;
  /** Another view of the shop's tables for the readings: see suppose-indexes.ts. */
  readonly tables?: (found: StoreTables) => StoreTables;
};

export function openStoreReader(pool: StorePool, options: StoreReaderOptions = {}): StoreReader {
  return {
    withSnapshot: (work) =>
      inSession(pool, options, async (session, prefix) =>
        work(await makeSnapshot(session, prefix, options)),
      ),
    readFacts: () =>
      inSession(pool, options, (session, prefix) =>
        session.run(async (connection) =>
          readStoreFacts(connection, await readStoreTables(connection, prefix)),
        ),
      ),
  };
}

/** When `work` fails the connection is closed, which ends the transaction. */
async function inSession<T>(
  pool: StorePool,
  { reconnectPauseMs }: StoreReaderOptions,
  work: (session: SnapshotSession, prefix: string) => Promise<T>,
): Promise<T> {
  const prefix = await pool.prefix();
  const session = await openSnapshotSession(
    pool,
    reconnectPauseMs === undefined ? {} : { pauseMs: reconnectPauseMs },
  );
  let spoilt = true;
  try {
    const result = await work(session, prefix);
    spoilt = false;
    return result;
  } finally {
    await session.close({ spoilt });
  }
}

async function makeSnapshot(
  session: SnapshotSession,
  prefix: string,
  { decryptors = new Map(), tables: viewed = (found) => found }: StoreReaderOptions,
): Promise<StoreSnapshot> {
  const { run, gaps, opened, lagSeconds } = session;
  const { tables, state } = await run(async (connection) => {
    const tables = viewed(await readStoreTables(connection, prefix));
    return { tables, state: await orderStoreState(connection, tables) };
  });
  return {
    about: {
      server: opened.server,
      at: opened.now,
      prefix: tables.prefix,
      authoritative: state.hposEnabled ? 'orders_hpos' : 'orders_legacy',
      missing: findGaps(tables),
      replica: lagSeconds === null ? null : { lag_seconds: lagSeconds },
    },
    accounts: (only) => {
      session.reading('accounts');
      return readAccounts(run, tables, only?.ids);
    },
    orders: (reading = {}) => {
      session.reading('orders');
      const options = { only: reading.ids, products: reading.products };
      return pairCopies(
        readHposOrders(run, tables, options),
        readLegacyOrders(run, tables, options),
      );
    },
    mentions: (sources, only) => readMentions({ session, tables, decryptors }, sources, only),
    find: makeNarrowFinder(run, tables),
    gaps: () => [...gaps],
  };
}
