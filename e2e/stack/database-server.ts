// A MariaDB of our own: one folder, one loopback port, no system service. Tuned for tests: small
// buffers, and a commit that survives a killed server but not a power cut.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { Connection, ConnectionOptions } from 'mysql2/promise';
import { findProgram, requireProgram } from './find-program.ts';
import { giveUpOn, startGuarded } from './guarded-process.ts';
import type { GuardedProcess } from './guarded-process.ts';
import { runProgram } from './run-program.ts';
import { waitUntil } from './wait-until.ts';

const START_TIMEOUT_MS = 60_000;

/** The system tablespace grows by 64 MB at a time otherwise, and every store is a copy of it. */
const SMALL_STEPS = '--innodb-autoextend-increment=4';

/** How to log in; with `database` it names a schema too. */
export type DatabaseLogin = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database?: string;
};

export type DatabasePlace = {
  readonly dataFolder: string;
  readonly port: number;
  readonly logFile: string;
  /** SQL the server runs before it lets anybody in. */
  readonly initFile?: string;
  /** Further options of the server; they win over ours. */
  readonly extra?: readonly string[];
};

/** Creates the system tables in an empty folder; takes a second or two. */
export async function createDataFolder(dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  await runProgram({
    program: requireProgram('mariadb-install-db'),
    args: [
      '--no-defaults',
      `--datadir=${dataFolder}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--innodb-log-file-size=32M',
      SMALL_STEPS,
      ...asRoot(),
    ],
  });
}

/** Starts the server and waits until this login works. */
export async function startDatabaseServer(
  place: DatabasePlace,
  login: DatabaseLogin,
): Promise<GuardedProcess> {
  const server = await startGuarded({
    name: 'MariaDB',
    program: findProgram('mariadbd', 'mysqld') ?? requireProgram('mariadbd'),
    args: serverArguments(place),
    cwd: place.dataFolder,
    logFile: place.logFile,
  });
  const ready = await waitUntil(async () => !server.isRunning() || (await canLogIn(login)), {
    timeoutMs: START_TIMEOUT_MS,
  });
  if (ready && server.isRunning()) return server;
  throw await giveUpOn(server, {
    what: `start MariaDB on port ${place.port}`,
    logFile: place.logFile,
  });
}

/** Opens a connection that takes several statements at once and returns dates as text. */
export function connectTo(
  login: DatabaseLogin,
  extra: ConnectionOptions = {},
): Promise<Connection> {
  return createConnection({
    host: login.host,
    port: login.port,
    user: login.user,
    password: login.password,
    ...(login.database === undefined ? {} : { database: login.database }),
    charset: 'utf8mb4_unicode_520_ci',
    dateStrings: true,
    multipleStatements: true,
    timezone: 'Z',
    ...extra,
  });
}

function serverArguments(place: DatabasePlace): string[] {
  return [
    '--no-defaults',
    `--datadir=${place.dataFolder}`,
    `--port=${place.port}`,
    '--bind-address=127.0.0.1',
    // Relative to the data folder: the full path may be longer than a socket's name can be.
    '--socket=mariadb.sock',
    `--pid-file=${join(place.dataFolder, 'mariadb.pid')}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_520_ci',
    '--max-allowed-packet=64M',
    '--max-connections=60',
    '--innodb-buffer-pool-size=192M',
    '--innodb-log-file-size=32M',
    SMALL_STEPS,
    '--innodb-flush-log-at-trx-commit=2',
    '--key-buffer-size=1M',
    '--aria-pagecache-buffer-size=8M',
    '--default-time-zone=+00:00',
    ...(place.initFile === undefined ? [] : [`--init-file=${place.initFile}`]),
    ...asRoot(),
    ...(place.extra ?? []),
  ];
}

/** MariaDB refuses to run as root unless told so by name. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

async function canLogIn(login: DatabaseLogin): Promise<boolean> {
  try {
    const connection = await connectTo(login, { connectTimeout: 2_000 });
    await connection.end();
    return true;
  } catch {
    return false;
  }
}
