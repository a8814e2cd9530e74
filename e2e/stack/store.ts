// The store in a box: WordPress with a shop's tables on its own MariaDB and PHP, on free loopback
// ports, in a folder of its own. Several can run side by side; nothing of one outlives its process.
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyFolder } from './copy-folder.ts';
import { DATABASE, OWNER, READER } from './database-accounts.ts';
import { connectTo, startDatabaseServer } from './database-server.ts';
import type { DatabaseLogin } from './database-server.ts';
import { freePort } from './free-port.ts';
import type { GuardedProcess } from './guarded-process.ts';
import { startPhpServer } from './php-server.ts';
import { createStateFolder, removeStateFolder } from './state-folder.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { StoreError } from './store-error.ts';
import { planStore } from './store-options.ts';
import type { StoreOptions, StorePlan, StoreUser } from './store-options.ts';
import { provideSnapshot } from './store-snapshot.ts';
import type { SnapshotFacts } from './store-snapshot.ts';
import type { WooCommerceState } from './woocommerce.ts';
import { runWpCli } from './wp-cli.ts';
import { writeWpConfig } from './wp-config.ts';

const PLUGIN = fileURLToPath(new URL('../../plugin/', import.meta.url));

export type StoreDatabase = Required<DatabaseLogin> & { readonly prefix: string };

/** One row of a query's answer. */
export type SqlRow = Readonly<Record<string, unknown>>;

export type Store = {
  /** `http://localhost:PORT`: by name, because passkeys refuse an IP address. */
  readonly url: string;
  readonly adminUrl: string;
  readonly folder: string;
  readonly siteFolder: string;
  /** The owner's account: may do everything on this server. */
  readonly db: StoreDatabase;
  /** The sidecar's account: SELECT in the shop's schema, nothing else. */
  readonly reader: StoreDatabase;
  readonly users: readonly StoreUser[];
  readonly woocommerce: WooCommerceState;
  readonly logs: { readonly database: string; readonly php: string; readonly wordpress: string };
  /** Process ids of all servers that run at the moment, guards included. */
  readonly pids: () => number[];
  /** Runs WP-CLI and returns what it printed. */
  readonly wp: (args: readonly string[]) => Promise<string>;
  /** Runs SQL as the owner; the rows of the last statement that has any. */
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<SqlRow[]>;
  /** Rejects with WP-CLI's words when the plugin is not there or cannot be activated. */
  readonly activatePlugin: () => Promise<void>;
  readonly stopWordPress: () => Promise<void>;
  /** On the same port as before. */
  readonly startWordPress: () => Promise<void>;
  readonly stopDatabase: () => Promise<void>;
  readonly startDatabase: () => Promise<void>;
  /** Ends the servers and removes the folder (unless `keep`); may be called twice. */
  readonly stop: () => Promise<void>;
};

/** Brings a store up; on failure nothing is left behind. Errors are `StoreError`s. */
export async function startStore(options: StoreOptions = {}): Promise<Store> {
  const plan = planStore(options);
  const folder = await createStateFolder(plan.name, plan.keep);
  try {
    const facts = await provideSnapshot(plan, join(folder, 'store'));
    return await bringUp({ plan, folder, facts });
  } catch (error) {
    if (!plan.keep) await removeStateFolder(folder);
    throw error;
  }
}

async function bringUp({
  plan,
  folder,
  facts,
}: {
  plan: StorePlan;
  folder: string;
  facts: SnapshotFacts;
}): Promise<Store> {
  const siteFolder = join(folder, 'store', 'site');
  const logs = {
    database: join(folder, 'logs', 'database.log'),
    php: join(folder, 'logs', 'php.log'),
    wordpress: join(folder, 'logs', 'wordpress.log'),
  };
  await mkdir(join(folder, 'logs'));
  const [databasePort, sitePort] = [await freePort(), await freePort()];
  const url = `http://localhost:${sitePort}`;
  const at = { host: '127.0.0.1', port: databasePort, database: DATABASE, prefix: plan.prefix };
  const db: StoreDatabase = { ...at, user: OWNER, password: facts.passwords.owner };
  const reader: StoreDatabase = { ...at, user: READER, password: facts.passwords.reader };
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
  await placePlugin(plan, siteFolder);

  const dataFolder = join(folder, 'store', 'data');
  const database = switchable('the database', () =>
    startDatabaseServer({ dataFolder, port: databasePort, logFile: logs.database }, db),
  );
  const wordpress = switchable('WordPress', () =>
    startPhpServer({ siteFolder, port: sitePort, logFile: logs.php }),
  );
  const sql = (text: string, values: readonly unknown[] = []): Promise<SqlRow[]> =>
    runSql(db, text, values);

  const stopAll = once(async () => {
    forgetSignals();
    await Promise.all([wordpress.stop(), database.stop()]);
    if (!plan.keep) await removeStateFolder(folder);
  });
  const forgetSignals = plan.stopOnSignals ? stopOnSignals(stopAll) : () => {};

  try {
    plan.log('starting MariaDB and PHP');
    await Promise.all([database.start(), wordpress.start()]);
    const home = `UPDATE \`${plan.prefix}options\` SET option_value = ? WHERE option_name IN ('siteurl', 'home')`;
    await sql(home, [url]);
  } catch (error) {
    await stopAll();
    throw error;
  }
  return {
    url,
    adminUrl: `${url}/wp-admin/`,
    folder,
    siteFolder,
    db,
    reader,
    users: plan.users,
    woocommerce: facts.woocommerce,
    logs,
    pids: () => [...database.pids(), ...wordpress.pids()],
    wp: (args) => runWpCli(siteFolder, args),
    sql,
    activatePlugin: async () => {
      await runWpCli(siteFolder, ['plugin', 'activate', 'tocsin']);
    },
    stopWordPress: wordpress.stop,
    startWordPress: wordpress.start,
    stopDatabase: database.stop,
    startDatabase: database.start,
    stop: stopAll,
  };
}

async function placePlugin(plan: StorePlan, siteFolder: string): Promise<void> {
  const place = join(siteFolder, 'wp-content', 'plugins', 'tocsin');
  await rm(place, { recursive: true, force: true });
  if (plan.plugin === 'none' || !existsSync(PLUGIN)) return;
  if (plan.plugin === 'copy') await copyFolder(PLUGIN.replace(/\/$/, ''), place);
  else await symlink(PLUGIN, place);
}

type Switchable = {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly pids: () => number[];
};

/** A server that can be off and on; starting one that runs is refused, stopping twice is fine. */
function switchable(name: string, start: () => Promise<GuardedProcess>): Switchable {
  let current: GuardedProcess | null = null;
  return {
    start: async () => {
      if (current?.isRunning()) {
        throw new StoreError(
          'bad_option',
          `couldn't start ${name}: it runs already; stop it first`,
        );
      }
      current = await start();
    },
    stop: async () => {
      await current?.end();
      current = null;
    },
    pids: () => (current?.isRunning() ? [current.pid, current.guardPid] : []),
  };
}

async function runSql(
  db: StoreDatabase,
  text: string,
  values: readonly unknown[],
): Promise<SqlRow[]> {
  const connection = await connectTo(db);
  try {
    const [answer] = await connection.query(text, [...values]);
    return lastRows(answer);
  } finally {
    await connection.end();
  }
}

/** mysql2 returns rows for one statement, and a list of answers for several. */
function lastRows(answer: unknown): SqlRow[] {
  if (!Array.isArray(answer)) return [];
  const lists = answer.filter((part): part is SqlRow[] => Array.isArray(part));
  const rows = lists.length > 0 ? lists.at(-1) : answer;
  return (rows ?? []).filter((row: unknown): row is SqlRow => !isHeader(row));
}

function isHeader(row: unknown): boolean {
  return typeof row === 'object' && row !== null && row.constructor.name === 'ResultSetHeader';
}

function once(act: () => Promise<void>): () => Promise<void> {
  let outcome: Promise<void> | null = null;
  return () => (outcome ??= act());
}
