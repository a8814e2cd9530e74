// The database server itself: that it answers, what it is, what time it has.
import { isMariaDb, type StoreConnection, type StorePool } from './store-pool.ts';

export type StoreServer = {
  /** Such as `MariaDB 10.11.19` or `MySQL 8.4.2`. */
  readonly server: string;
  /** The server's clock, RFC 3339 UTC. */
  readonly now: string;
};

export async function readServer(connection: StoreConnection): Promise<StoreServer> {
  const [row] = await connection.rows<{ version: string; now: string }>(
    "SELECT VERSION() AS version, DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%f') AS now",
  );
  const version = row?.version ?? '';
  const number = /\d+\.\d+\.\d+/.exec(version)?.[0] ?? 'of unknown version';
  return {
    server: `${isMariaDb(version) ? 'MariaDB' : 'MySQL'} ${number}`,
    // %f writes microseconds whatever the precision asked for.
    now: `${(row?.now ?? '').slice(0, 23)}Z`,
  };
}

/** Milliseconds one small question took. Throws the coded error of what is wrong. */
export async function pingStore(pool: StorePool): Promise<number> {
  const start = performance.now();
  await pool.rows('SELECT 1');
  return Math.round(performance.now() - start);
}

/** Server and its clock over a pool, for the doctor. */
export async function readServerVersion(pool: StorePool): Promise<StoreServer> {
  return pool.withConnection(readServer);
}
