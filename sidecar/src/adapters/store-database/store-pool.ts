// Connections to the shop's database. Every connection is prepared before its first use: times in UTC, a fixed SQL
// mode, a limit on each statement's time that the server itself enforces. Whatever fails leaves here as a coded error.
import { createPool } from 'mysql2/promise';
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import type { StoreConfig } from './store-config.ts';
import { translateStoreError } from './store-errors.ts';
import { findStorePrefix } from './store-prefix.ts';

/** What may stand for `?` in a statement; a list stands for `IN (?)`. */
export type StoreValue = string | number | null | Uint8Array | readonly (string | number)[];

export interface StoreConnection {
  /** Rows of one SELECT. Dates come as text `YYYY-MM-DD hh:mm:ss` in UTC; integers beyond 2^53 as text. */
  rows<Row>(sql: string, values?: readonly StoreValue[]): Promise<Row[]>;
}

export interface StorePool extends StoreConnection {
  readonly database: string;
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
    multipleStatements: false,
  });
  return makeStorePool(pool, config);
}

function makeStorePool(pool: Pool, config: StoreConfig): StorePool {
  const prepared = new WeakSet<object>();
  let known: string | undefined;

  async function withConnection<T>(work: (connection: StoreConnection) => Promise<T>): Promise<T> {
    const connection = await pool.getConnection().catch((error: unknown) => {
      throw translateStoreError(error);
    });
    let spoilt = true;
    try {
      const session = connection.connection;
      if (!prepared.has(session)) {
        await prepareSession(connection, config.statementTimeoutMs);
        prepared.add(session);
      }
      const result = await work({
        rows: (sql, values) => rowsOf(connection, config, { sql, values }),
      });
      spoilt = false;
      return result;
    } catch (error) {
      if (isOfTheDriver(error)) throw translateStoreError(error);
      throw error;
    } finally {
      if (spoilt) connection.destroy();
      else connection.release();
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
    withConnection,
    rows: (sql, values) => withConnection((connection) => connection.rows(sql, values)),
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
  await connection.query(
    isMariaDb(version)
      ? `SET SESSION max_statement_time = ${(statementTimeoutMs / 1000).toFixed(3)}`
      : `SET SESSION max_execution_time = ${Math.ceil(statementTimeoutMs)}`,
  );
}

export function isMariaDb(version: string): boolean {
  return version.toLowerCase().includes('mariadb');
}

async function rowsOf<Row>(
  connection: PoolConnection,
  config: StoreConfig,
  { sql, values }: { sql: string; values: readonly StoreValue[] | undefined },
): Promise<Row[]> {
  try {
    const [rows] = await connection.query<RowDataPacket[]>({
      sql,
      values: values === undefined ? [] : [...values],
      // The server's limit comes first; this one is for a server or network that no longer answers at all.
      timeout: config.statementTimeoutMs + 5_000,
    });
    return rows as Row[];
  } catch (error) {
    throw translateStoreError(error);
  }
}

function isOfTheDriver(error: unknown): boolean {
  return error instanceof Error && ('sqlState' in error || 'fatal' in error || 'syscall' in error);
}
