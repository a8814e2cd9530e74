// The store in a box: WordPress with a shop's tables on its own MariaDB and PHP, on free loopback
// ports, in a folder of its own. Several can run side by side; nothing of one outlives its process.
import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyFolder } from './copy-folder.ts';
import { connectTo } from './database-server.ts';
import { createStateFolder, removeStateFolder } from './state-folder.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { planStore } from './store-options.ts';
import type { StoreOptions, StorePlan, StoreUser } from './store-options.ts';
import { startServers, stopBoth } from './store-servers.ts';
import type { StoreDatabase, StoreGround, StoreLogs, StoreServers } from './store-servers.ts';
import { provideSnapshot } from './store-snapshot.ts';
import type { WooCommerceState } from './woocommerce.ts';
import { runWpCli } from './wp-cli.ts';

const PLUGIN = fileURLToPath(new URL('../../plugin/', import.meta.url));

/** One row of a query's answer. */
export type SqlRow = Readonly<Record<string, unknown>>;

export type { StoreDatabase };

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
  readonly logs: StoreLogs;
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
  const siteFolder = join(folder, 'store', 'site');
  try {
    const facts = await provideSnapshot(plan, join(folder, 'store'));
    await placePlugin(plan, siteFolder);
    plan.log('starting MariaDB and PHP');
    const ground = { plan, folder, siteFolder, facts };
    const servers = await startServers(ground);
    const store = assembleStore(ground, servers);
    await tellItsAddress(store);
    return store;
  } catch (error) {
    if (!plan.keep) await removeStateFolder(folder);
    throw error;
  }
}

function assembleStore(ground: StoreGround, servers: StoreServers): Store {
  const { plan, folder, siteFolder, facts } = ground;
  const { url, db, reader, database, wordpress, logs } = servers;
  const stop = once(async () => {
    forgetSignals();
    await stopBoth(servers);
    if (!plan.keep) await removeStateFolder(folder);
  });
  const forgetSignals = plan.stopOnSignals ? stopOnSignals(stop) : () => {};
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
    sql: (text, values = []) => runSql(db, text, values),
    activatePlugin: async () => {
      await runWpCli(siteFolder, ['plugin', 'activate', 'tocsin']);
    },
    stopWordPress: wordpress.stop,
    startWordPress: wordpress.start,
    stopDatabase: database.stop,
    startDatabase: database.start,
    stop,
  };
}

/** The constants in wp-config.php decide, but a program that reads the table must see the same. */
async function tellItsAddress(store: Store): Promise<void> {
  const options = `\`${store.db.prefix}options\``;
  try {
    await store.sql(
      `UPDATE ${options} SET option_value = ? WHERE option_name IN ('siteurl', 'home')`,
      [store.url],
    );
  } catch (error) {
    await store.stop();
    throw error;
  }
}

async function placePlugin(plan: StorePlan, siteFolder: string): Promise<void> {
  const place = join(siteFolder, 'wp-content', 'plugins', 'tocsin');
  await rm(place, { recursive: true, force: true });
  if (plan.plugin === 'none' || !existsSync(PLUGIN)) return;
  if (plan.plugin === 'copy') await copyFolder(PLUGIN.replace(/\/$/, ''), place);
  else await symlink(PLUGIN, place);
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
