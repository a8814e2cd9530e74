// A store that is installed and stopped: a data folder, WordPress files and what one must know to
// start it. Stores are started from copies of one, because installing takes many seconds and
// copying takes one.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountsScript, newPasswords, OWNER } from './database-accounts.ts';
import type { DatabasePasswords } from './database-accounts.ts';
import { createDataFolder, startDatabaseServer } from './database-server.ts';
import { requireProgram } from './find-program.ts';
import { freePort } from './free-port.ts';
import { copyFolder } from './copy-folder.ts';
import { cacheFolder, publishFolder, wordpressFolder } from './prepare/cache-folder.mjs';
import { runProgram } from './run-program.ts';
import { StoreError } from './store-error.ts';
import { firstAdministrator } from './store-options.ts';
import type { StorePlan } from './store-options.ts';
import {
  canDownloadWooCommerce,
  installWooCommerce,
  SCHEMA_SOURCE,
  woocommerceFromFolder,
} from './woocommerce.ts';
import type { WooCommerceSource, WooCommerceState } from './woocommerce.ts';
import { runWpCli } from './wp-cli.ts';
import { writeWpConfig } from './wp-config.ts';

/** What snapshot.json holds; the passwords protect a throw-away database on loopback. */
export type SnapshotFacts = {
  readonly passwords: DatabasePasswords;
  readonly woocommerce: WooCommerceState;
};

const FACTS = 'snapshot.json';
const SNAPSHOT_LIFE_MS = 7 * 24 * 60 * 60 * 1000;
/** Files whose content decides what a snapshot holds. */
const RECIPE = [
  'install-store.php',
  'woocommerce-schema.sql',
  'woocommerce.ts',
  'store-snapshot.ts',
  'database-accounts.ts',
  'database-server.ts',
];

/** Puts a ready store (data/, site/, snapshot.json) at `target`, from the cache when it may. */
export async function provideSnapshot(plan: StorePlan, target: string): Promise<SnapshotFacts> {
  if (!existsSync(wordpressFolder())) {
    throw new StoreError(
      'not_prepared',
      "couldn't start a store: WordPress is not unpacked; run: node e2e/stack/prepare.mjs",
    );
  }
  const sources = await possibleSources(plan);
  if (!plan.reuse) {
    await buildSnapshot({ plan, source: await reachable(sources), target });
    return readFacts(target);
  }
  const cached = await cachedSnapshot(plan, sources);
  await utimes(cached, new Date(), new Date());
  plan.log('copying the installed store');
  await copyFolder(cached, target);
  return readFacts(target);
}

/** In order of preference; a download comes with what is taken when its host does not answer. */
async function possibleSources(plan: StorePlan): Promise<WooCommerceSource[]> {
  if (plan.woocommerce === 'schema') return [SCHEMA_SOURCE];
  const folder = await woocommerceFromFolder();
  return folder === null ? [{ how: 'download' }, SCHEMA_SOURCE] : [folder];
}

async function reachable(sources: readonly WooCommerceSource[]): Promise<WooCommerceSource> {
  const [first, fallback] = sources;
  if (first?.how === 'download' && fallback && !(await canDownloadWooCommerce())) return fallback;
  return first ?? SCHEMA_SOURCE;
}

async function cachedSnapshot(
  plan: StorePlan,
  sources: readonly WooCommerceSource[],
): Promise<string> {
  const [first] = sources;
  const known = first ? await snapshotFolder(plan, first) : '';
  // A store downloaded once is used again without asking the host.
  if (existsSync(known)) return known;
  const source = await reachable(sources);
  const target = await snapshotFolder(plan, source);
  if (!existsSync(target)) {
    await sweepSnapshots();
    await publishFolder(target, (draft) => buildSnapshot({ plan, source, target: draft }));
  }
  return target;
}

/** Snapshots of earlier recipes would pile up; one that is missed is built again. */
async function sweepSnapshots(): Promise<void> {
  if (!existsSync(cacheFolder())) return;
  for (const name of await readdir(cacheFolder())) {
    const path = join(cacheFolder(), name);
    if (!name.startsWith('store-')) continue;
    if (Date.now() - (await stat(path)).mtimeMs > SNAPSHOT_LIFE_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

async function snapshotFolder(plan: StorePlan, source: WooCommerceSource): Promise<string> {
  const hash = createHash('sha256');
  for (const file of RECIPE) hash.update(await readFile(new URL(file, import.meta.url)));
  const programs = await Promise.all([
    runProgram({ program: requireProgram('mariadbd'), args: ['--version'] }),
    runProgram({ program: requireProgram('php'), args: ['--version'] }),
  ]);
  hash.update(JSON.stringify([wordpressFolder(), source, programs.map((each) => each.stdout)]));
  hash.update(JSON.stringify([plan.prefix, plan.title, plan.users]));
  return join(cacheFolder(), `store-${hash.digest('hex').slice(0, 16)}`);
}

async function readFacts(folder: string): Promise<SnapshotFacts> {
  return JSON.parse(await readFile(join(folder, FACTS), 'utf8')) as SnapshotFacts;
}

async function buildSnapshot({
  plan,
  source,
  target,
}: {
  plan: StorePlan;
  source: WooCommerceSource;
  target: string;
}): Promise<void> {
  plan.log(`installing a store (WooCommerce: ${source.how})`);
  const passwords = newPasswords();
  const port = await freePort();
  const place = {
    dataFolder: join(target, 'data'),
    port,
    logFile: join(target, 'install-database.log'),
    initFile: join(target, 'accounts.sql'),
  };
  await Promise.all([createDataFolder(place.dataFolder), copyWordpress(join(target, 'site'))]);
  await writeFile(place.initFile, accountsScript(passwords), { mode: 0o600 });
  const login = { host: '127.0.0.1', port, user: OWNER, password: passwords.owner };
  const server = await startDatabaseServer(place, login);
  try {
    const woocommerce = await installSite({ plan, source, target, port, passwords });
    const facts: SnapshotFacts = { passwords, woocommerce };
    await writeFile(join(target, FACTS), JSON.stringify(facts), { mode: 0o600 });
  } finally {
    await server.end();
  }
  await rm(place.initFile);
}

/**
 * The parts of core no store writes to are links into the unpacked WordPress: creating thousands of
 * files is most of the time a start takes. wp-admin's programs are real files, because they look
 * for wp-config.php relative to themselves.
 */
const LINKED = ['wp-includes', 'wp-admin/js', 'wp-admin/css', 'wp-admin/images'];

/** Left out: one theme is enough, and no foreign plugin. */
const LEFT_OUT = [
  'wp-content/themes/twentytwentythree',
  'wp-content/themes/twentytwentyfour',
  'wp-content/plugins/akismet',
  'wp-content/plugins/hello.php',
];

async function copyWordpress(siteFolder: string): Promise<void> {
  const core = join(wordpressFolder(), 'wordpress');
  const skipped = new Set([...LINKED, ...LEFT_OUT].map((part) => join(core, part)));
  await cp(core, siteFolder, { recursive: true, filter: (source) => !skipped.has(source) });
  for (const part of LINKED) await symlink(join(core, part), join(siteFolder, part));
}

async function installSite({
  plan,
  source,
  target,
  port,
  passwords,
}: {
  plan: StorePlan;
  source: WooCommerceSource;
  target: string;
  port: number;
  passwords: DatabasePasswords;
}): Promise<WooCommerceState> {
  const siteFolder = join(target, 'site');
  const url = 'http://localhost';
  await writeWpConfig({
    siteFolder,
    url,
    prefix: plan.prefix,
    databasePort: port,
    databasePassword: passwords.wordpress,
    debugLog: join(target, 'install-wordpress.log'),
    outgoing: source.how === 'download',
    constants: {},
  });
  const owner = firstAdministrator(plan);
  await runWpCli(siteFolder, [
    'core',
    'install',
    `--url=${url}`,
    `--title=${plan.title}`,
    `--admin_user=${owner.login}`,
    `--admin_password=${owner.password}`,
    `--admin_email=${owner.email}`,
    '--skip-email',
  ]);
  const shop = { source, siteFolder, prefix: plan.prefix, databasePort: port };
  const woocommerce = await installWooCommerce({ ...shop, ownerPassword: passwords.owner });
  const script = new URL('./install-store.php', import.meta.url).pathname;
  await runWpCli(siteFolder, ['eval-file', script], {
    TOCSIN_STORE_PLAN: JSON.stringify({
      users: plan.users,
      woocommerceVersion: woocommerce.version,
    }),
  });
  return woocommerce;
}
