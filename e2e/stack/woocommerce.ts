// The three ways a store gets WooCommerce, in this order: the folder WOOCOMMERCE_DIR names, the
// download from wordpress.org, or only the shop's tables from our own schema file.
import { existsSync } from 'node:fs';
import { readFile, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, OWNER } from './database-accounts.ts';
import { connectTo } from './database-server.ts';
import { StoreError } from './store-error.ts';
import { runWpCli } from './wp-cli.ts';

/** Which of the three ways a store was built with. */
export type WooCommerceSource =
  | { readonly how: 'dir'; readonly folder: string; readonly version: string }
  | { readonly how: 'download' }
  | { readonly how: 'schema'; readonly version: string };

/** What the store has: `active` is false when there are only the tables. */
export type WooCommerceState = {
  readonly how: WooCommerceSource['how'];
  readonly version: string;
  readonly active: boolean;
};

/** The release woocommerce-schema.sql follows. */
const SCHEMA_VERSION = '11.0.1';
const SCHEMA_FILE = new URL('./woocommerce-schema.sql', import.meta.url);
const DOWNLOAD_HOST = 'https://downloads.wordpress.org/';
const PROBE_TIMEOUT_MS = 3_000;

export const SCHEMA_SOURCE: WooCommerceSource = { how: 'schema', version: SCHEMA_VERSION };

/** The folder of WOOCOMMERCE_DIR, or null when it is not set; throws when it holds something else. */
export async function woocommerceFromFolder(): Promise<WooCommerceSource | null> {
  const given = process.env.WOOCOMMERCE_DIR;
  if (given === undefined || given === '') return null;
  const main = join(given, 'woocommerce.php');
  const version = existsSync(main)
    ? /^ \* Version: (\S+)$/m.exec(await readFile(main, 'utf8'))
    : null;
  if (version?.[1] === undefined) {
    throw new StoreError(
      'bad_option',
      `couldn't use WOOCOMMERCE_DIR: ${given} holds no woocommerce.php with a version; name the ` +
        'folder of an unpacked WooCommerce, or unset it',
    );
  }
  return { how: 'dir', folder: await realpath(given), version: version[1] };
}

/** Whether the download host answers; decides within three seconds. */
export async function canDownloadWooCommerce(): Promise<boolean> {
  try {
    await fetch(DOWNLOAD_HOST, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}

export type WooCommerceTarget = {
  readonly source: WooCommerceSource;
  readonly siteFolder: string;
  readonly prefix: string;
  readonly databasePort: number;
  readonly ownerPassword: string;
};

/** Installs into a store whose WordPress is installed and whose web server is not needed. */
export async function installWooCommerce(target: WooCommerceTarget): Promise<WooCommerceState> {
  const { source, siteFolder } = target;
  if (source.how === 'schema') {
    await createTables(target);
    return { how: 'schema', version: source.version, active: false };
  }
  if (source.how === 'dir') {
    await symlink(source.folder, join(siteFolder, 'wp-content', 'plugins', 'woocommerce'));
    await runWpCli(siteFolder, ['plugin', 'activate', 'woocommerce']);
    return { how: 'dir', version: source.version, active: true };
  }
  await runWpCli(siteFolder, ['plugin', 'install', 'woocommerce', '--activate']);
  const version = await runWpCli(siteFolder, ['plugin', 'get', 'woocommerce', '--field=version']);
  return { how: 'download', version: version.trim(), active: true };
}

async function createTables(target: WooCommerceTarget): Promise<void> {
  const text = await readFile(SCHEMA_FILE, 'utf8');
  const connection = await connectTo({
    host: '127.0.0.1',
    port: target.databasePort,
    user: OWNER,
    password: target.ownerPassword,
    database: DATABASE,
  });
  try {
    await connection.query(text.replaceAll('{prefix}', target.prefix));
  } finally {
    await connection.end();
  }
}
