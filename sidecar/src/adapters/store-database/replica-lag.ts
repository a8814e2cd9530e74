// How far a replica is behind the shop. Told by the server to whoever may ask, or by a row that is written on the shop's
// own server every second (pt-heartbeat).
import { CodedError, isCoded } from '../../domain/coded-error.ts';
import type { ReplicaConfig } from './store-config.ts';
import { quoteName, type StoreConnection } from './store-pool.ts';

/** The lag in whole seconds. Throws `store.replica_lagging` when it is more than allowed, `store.replica_lag_unknown`. */
export async function requireFresh(
  connection: StoreConnection,
  { maxLagSeconds, heartbeatTable }: ReplicaConfig,
): Promise<number> {
  const lag =
    heartbeatTable === undefined
      ? await lagByServer(connection)
      : await lagByHeartbeat(connection, heartbeatTable);
  if (lag === 'unknown') {
    throw new CodedError({
      code: 'store.replica_lag_unknown',
      category: 'unavailable',
      message: "couldn't tell how far the replica of the shop's database is behind",
      detail:
        'Grant the user REPLICA MONITOR (MariaDB) or REPLICATION CLIENT (MySQL) on the replica, or name a table of pt-heartbeat in store_database.replica.heartbeat_table.',
    });
  }
  if (lag === 'stopped' || lag > maxLagSeconds) {
    throw new CodedError({
      code: 'store.replica_lagging',
      category: 'unavailable',
      message:
        lag === 'stopped'
          ? "couldn't read the replica of the shop's database: it does not replicate"
          : `couldn't read the replica of the shop's database: it is ${lag} seconds behind, and ${maxLagSeconds} are allowed`,
      detail:
        'People who came meanwhile would be missed. Let the replica catch up, raise store_database.replica.max_lag_seconds, or take the replica out of the settings.',
      context: {
        max_lag_seconds: maxLagSeconds,
        ...(lag === 'stopped' ? {} : { lag_seconds: lag }),
      },
    });
  }
  return lag;
}

type Lag = number | 'stopped' | 'unknown';

/** As each server calls it; the first that it knows counts. */
const STATEMENTS = ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS'];

async function lagByServer(connection: StoreConnection): Promise<Lag> {
  // MariaDB tells the channels of a replica with several sources by a statement of its own.
  for (const sql of ['SHOW ALL REPLICAS STATUS', ...STATEMENTS]) {
    try {
      const rows = await connection.rows<Record<string, string | number | null>>(sql);
      return rows.length === 0 ? 'unknown' : worst(rows.map(secondsBehind));
    } catch (error) {
      if (!isCoded(error, 'store.failed', 'store.access_denied')) throw error;
    }
  }
  return 'unknown';
}

function secondsBehind(row: Readonly<Record<string, string | number | null>>): Lag {
  const behind = row['Seconds_Behind_Source'] ?? row['Seconds_Behind_Master'];
  return behind === null || behind === undefined ? 'stopped' : Number(behind);
}

function worst(lags: readonly Lag[]): Lag {
  if (lags.includes('stopped')) return 'stopped';
  return Math.max(...lags.map(Number));
}

async function lagByHeartbeat(connection: StoreConnection, table: string): Promise<Lag> {
  const name = table.split('.').map(quoteName).join('.');
  const [row] = await connection.rows<{ age: number | string | null }>(
    `SELECT TIMESTAMPDIFF(MICROSECOND, REPLACE(MAX(ts), 'T', ' '), UTC_TIMESTAMP(6)) AS age FROM ${name}`,
  );
  if (row?.age === null || row?.age === undefined) return 'unknown';
  return Math.max(0, Math.floor(Number(row.age) / 1_000_000));
}
