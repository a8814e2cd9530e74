// A MariaDB server and small shops in it, for tests alone: own folder, own loopback port, gone when it is stopped.
import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection, type Connection } from 'mysql2/promise';
import type { StoreConfig } from './store-config.ts';
import { hposTables, woocommerceTables, wordpressTables } from './test-shop-schema.ts';
import { makeShopWriter, type ShopWriter } from './test-shop-writer.ts';

export type TestShop = ShopWriter & {
  readonly config: StoreConfig;
  exec(sql: string, values?: readonly (string | number | null)[]): Promise<void>;
};

export type TestServer = {
  readonly port: number;
  /** An empty shop in a database of its own. */
  makeShop(options?: { prefix?: string; woocommerce?: boolean }): Promise<TestShop>;
  /** A connection as root, to be ended by the caller. */
  connect(database?: string): Promise<Connection>;
  /** Ends the server at once, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

const PASSWORD = 'only-on-loopback';

/** `options`: further options of mariadbd, such as those of replication. */
export async function startTestServer(options: readonly string[] = []): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-shop-'));
  const data = join(folder, 'data');
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  await promisify(execFile)('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asRoot,
  ]);
  const port = await freePort();
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'm.sock')}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=256M',
      '--max-allowed-packet=64M',
      ...options,
      ...asRoot,
    ],
    { stdio: 'ignore' },
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      const gone = once(server, 'exit');
      server.kill(signal);
      await gone;
    }
  };
  const killNow = (): void => {
    server.kill('SIGKILL');
  };
  process.once('exit', killNow);
  const connect = (database?: string): Promise<Connection> =>
    createConnection({ host: '127.0.0.1', port, user: 'root', ...(database ? { database } : {}) });
  await waitUntilUp(server, connect);
  let shops = 0;
  return {
    port,
    connect,
    makeShop: async (options = {}) => {
      shops += 1;
      return makeShop({ connect, port, database: `shop${shops}`, ...options });
    },
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      process.off('exit', killNow);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Connect = (database?: string) => Promise<Connection>;

async function makeShop(input: {
  connect: Connect;
  port: number;
  database: string;
  prefix?: string;
  woocommerce?: boolean;
}): Promise<TestShop> {
  const { connect, port, database, prefix = 'wp_' } = input;
  const user = `reader_${database}`;
  const root = await connect();
  try {
    await root.query(`CREATE DATABASE ${database}`);
    await root.query(`CREATE USER ${user}@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`);
    await root.query(`GRANT SELECT ON ${database}.* TO ${user}@'127.0.0.1'`);
    await root.query(`USE ${database}`);
    const tables = [
      ...wordpressTables(prefix),
      ...(input.woocommerce === false ? [] : [...hposTables(prefix), ...woocommerceTables(prefix)]),
    ];
    for (const table of tables) await root.query(table);
  } finally {
    await root.end();
  }
  const exec = async (
    sql: string,
    values: readonly (string | number | null)[] = [],
  ): Promise<void> => {
    const connection = await connect(database);
    try {
      // As WordPress does it: a zero date is taken as it is.
      await connection.query("SET SESSION sql_mode = ''");
      await connection.query(sql, [...values]);
    } finally {
      await connection.end();
    }
  };
  return {
    config: {
      host: '127.0.0.1',
      port,
      user,
      password: PASSWORD,
      database,
      statementTimeoutMs: 30_000,
    },
    exec,
    ...makeShopWriter(exec, prefix),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function waitUntilUp(server: ChildProcess, connect: Connect): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await (await connect()).end();
      return;
    } catch (cause) {
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error('the test database did not start', { cause });
      }
      await pause(50);
    }
  }
}
