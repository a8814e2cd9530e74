// Connections to the shop's database. Every connection is prepared before its first use: times in UTC, a fixed SQL
// mode, a limit on each statement's time that the server itself enforces. Whatever fails leaves here as a coded error.
import { createPool } from 'mysql2/promise';
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import type { ReplicaConfig, StoreConfig } from './store-config.ts';
import { makeLease, type StoreLease } from './store-lease.ts';
import { translateStoreError } from './store-errors.ts';
import { findStorePrefix } from './store-prefix.ts';

/** What may stand for `?` in a statement; a list stands for `IN (?)`. */
export type StoreValue = string | number | null | Uint8Array | readonly (string | number)[];

/** A value of a row: a Buffer of columns that are bytes, such as `CAST(x AS BINARY)`. */
export type StoreCell = string | number | Buffer | null;

export interface StoreConnection {
  /** Rows of one SELECT. Dates come as text `YYYY-MM-DD hh:mm:ss` in UTC; integers beyond 2^53 as text. */
  rows<Row>(sql: string, values?: readonly StoreValue[]): Promise<Row[]>;
  /** The same as lists in the order of the columns: a third less work for millions of rows. */
  lists(sql: string, values?: readonly StoreValue[]): Promise<StoreCell[][]>;
  /** The same, one row at a time, for results that need not fit into memory. */
  each(
    sql: string,
    values: readonly StoreValue[],
    onRow: (row: readonly StoreCell[]) => void,
  ): Promise<void>;
}

export interface StorePool extends StoreConnection {
  readonly database: string;
  /** Null for the shop's own server. */
  readonly replica: ReplicaConfig | null;
  /** The caller gives the connection back, whatever happens. */
  lease(): Promise<StoreLease>;
  /** Runs `work` on one connection, for transactions. A connection that failed is closed, not given to others. */
  withConnection<T>(work: (connection: StoreConnection) => Promise<T>): Promise<T>;
  /**
   * Prefix of the shop's tables: the configured one once it is found to be there, else the only one in the database.
   * Asked once and kept. Throws `store.wrong_prefix` or `store.several_shops`, both naming the candidates.
   */
  prefix(): Promise<string>;
  /** Backquoted name of a table: `table('posts')` is `` `wp_posts` ``. */
  table(name: string): Promise<string>;
  close(): Promise<void>;
}

/** Connects at the first query, not here: the shop's database may be down while the sidecar starts. */
export function openStorePool(config: StoreConfig): StorePool {
  const pool = createPool({
    ...(config.socket === undefined
      ? { host: config.host ?? '127.0.0.1', port: config.port ?? 3306 }
      : { socketPath: config.socket }),
    user: config.user,
    password: config.password,
    database: config.database,
    ...(config.ssl === undefined ? {} : { ssl: { ...config.ssl } }),
    connectTimeout: config.connectTimeoutMs ?? 5_000,
    connectionLimit: config.connections ?? 4,
    maxIdle: 1,
    idleTimeout: 60_000,
    enableKeepAlive: true,
    charset: 'utf8mb4',
    // Text, not Date: '0000-00-00' and other dates that do not exist must arrive as they are.
    dateStrings: true,
    supportBigNumbers: true,
    // MariaDB's JSON columns are text; the driver would parse them, and fail on what is not JSON.
    jsonStrings: true,
    multipleStatements: false,
  });
  return makeStorePool(pool, config);
}

function makeStorePool(pool: Pool, config: StoreConfig): StorePool {
  const prepared = new WeakSet<object>();
  let known: string | undefined;

  async function lease(): Promise<StoreLease> {
    const connection = await pool.getConnection().catch((error: unknown) => {
      throw translateStoreError(error);
    });
    const session = connection.connection;
    try {
      if (!prepared.has(session)) {
        await prepareSession(connection, config.statementTimeoutMs);
        prepared.add(session);
      }
    } catch (error) {
      connection.destroy();
      throw translateStoreError(error);
    }
    return makeLease(connection, config.statementTimeoutMs);
  }

  async function withConnection<T>(work: (connection: StoreConnection) => Promise<T>): Promise<T> {
    const { connection, give } = await lease();
    let spoilt = true;
    try {
      const result = await work(connection);
      spoilt = false;
      return result;
    } catch (error) {
      if (isOfTheDriver(error)) throw translateStoreError(error);
      throw error;
    } finally {
      give({ spoilt });
    }
  }

  async function prefix(): Promise<string> {
    known ??= await withConnection((connection) =>
      findStorePrefix(connection, config.prefix === undefined ? {} : { expected: config.prefix }),
    );
    return known;
  }

  return {
    database: config.database,
    replica: config.replica ?? null,
    lease,
    withConnection,
    rows: (sql, values) => withConnection((connection) => connection.rows(sql, values)),
    lists: (sql, values) => withConnection((connection) => connection.lists(sql, values)),
    each: (sql, values, onRow) =>
      withConnection((connection) => connection.each(sql, values, onRow)),
    prefix,
    table: async (name) => quoteName((await prefix()) + name),
    close: () => pool.end(),
  };
}

/** A name for use in SQL. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

async function prepareSession(
  connection: PoolConnection,
  statementTimeoutMs: number,
): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
  const version = String(rows[0]?.['version'] ?? '');
  await connection.query("SET SESSION time_zone = '+00:00', sql_mode = ''");
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  // A table that is being altered is waited for as long as for any statement; the server's own limit is a day.
  await connection.query(`SET SESSION lock_wait_timeout = ${Math.ceil(statementTimeoutMs / 1000)}`);
  await connection.query(
    isMariaDb(version)
      ? `SET SESSION max_statement_time = ${(statementTimeoutMs / 1000).toFixed(3)}`
      : `SET SESSION max_execution_time = ${Math.ceil(statementTimeoutMs)}`,
  );
}

export function isMariaDb(version: string): boolean {
  return version.toLowerCase().includes('mariadb');
}

function isOfTheDriver(error: unknown): boolean {
  return error instanceof Error && ('sqlState' in error || 'fatal' in error || 'syscall' in error);
}
