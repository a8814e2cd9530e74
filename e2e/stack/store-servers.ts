// The two servers of a store on ports nobody else uses, and how to reach them.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, OWNER, READER } from './database-accounts.ts';
import { startDatabaseServer } from './database-server.ts';
import type { DatabaseLogin } from './database-server.ts';
import { freePort } from './free-port.ts';
import { startPhpServer } from './php-server.ts';
import { StoreError } from './store-error.ts';
import type { StorePlan } from './store-options.ts';
import type { SnapshotFacts } from './store-snapshot.ts';
import { switchableServer } from './switchable-server.ts';
import type { SwitchableServer } from './switchable-server.ts';
import { writeWpConfig } from './wp-config.ts';

/** Between finding a free port and listening on it another program may take it. */
const PORT_ATTEMPTS = 3;

export type StoreDatabase = Required<DatabaseLogin> & { readonly prefix: string };

export type StoreLogs = {
  readonly database: string;
  readonly php: string;
  readonly wordpress: string;
};

export type StoreServers = {
  readonly url: string;
  readonly db: StoreDatabase;
  readonly reader: StoreDatabase;
  readonly database: SwitchableServer;
  readonly wordpress: SwitchableServer;
  readonly logs: StoreLogs;
};

export type StoreGround = {
  readonly plan: StorePlan;
  readonly folder: string;
  readonly siteFolder: string;
  readonly facts: SnapshotFacts;
};

/** Starts both; when one cannot start, none runs. */
export async function startServers(ground: StoreGround): Promise<StoreServers> {
  for (let attempt = 1; ; attempt += 1) {
    const servers = await prepareServers(ground);
    try {
      await Promise.all([servers.database.start(), servers.wordpress.start()]);
      return servers;
    } catch (error) {
      await stopBoth(servers);
      const portTaken = error instanceof StoreError && error.code === 'port_taken';
      if (!portTaken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

export async function stopBoth(servers: StoreServers): Promise<void> {
  await Promise.all([servers.wordpress.stop(), servers.database.stop()]);
}

async function prepareServers(ground: StoreGround): Promise<StoreServers> {
  const { plan, folder, siteFolder, facts } = ground;
  const logs = await createLogs(folder);
  const [databasePort, sitePort] = [await freePort(), await freePort()];
  const url = `http://localhost:${sitePort}`;
  const at = { host: '127.0.0.1', port: databasePort, database: DATABASE, prefix: plan.prefix };
  const db: StoreDatabase = { ...at, user: OWNER, password: facts.passwords.owner };
  await writeWpConfig({
    siteFolder,
    url,
    prefix: plan.prefix,
    databasePort,
    databasePassword: facts.passwords.wordpress,
    debugLog: logs.wordpress,
    outgoing: false,
    constants: plan.constants,
  });
  const dataFolder = join(folder, 'store', 'data');
  const databasePlace = { dataFolder, port: databasePort, logFile: logs.database };
  const sitePlace = { siteFolder, port: sitePort, logFile: logs.php };
  return {
    url,
    db,
    reader: { ...at, user: READER, password: facts.passwords.reader },
    database: switchableServer('the database', () => startDatabaseServer(databasePlace, db)),
    wordpress: switchableServer('WordPress', () => startPhpServer(sitePlace)),
    logs,
  };
}

async function createLogs(folder: string): Promise<StoreLogs> {
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  return {
    database: join(logs, 'database.log'),
    php: join(logs, 'php.log'),
    wordpress: join(logs, 'wordpress.log'),
  };
}
