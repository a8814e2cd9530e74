// A MariaDB of its own with two shops in it: one of N customers and one of N/10, to see how time grows. Its durability is
// loosened: a store that is lost in a power cut is built again.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { READER, readerStatements } from '../../stack/database-accounts.ts';
import {
  connectTo,
  createDataFolder,
  startDatabaseServer,
  type DatabaseLogin,
} from '../../stack/database-server.ts';
import { freePort } from '../../stack/free-port.ts';
import { createStateFolder, removeStateFolder } from '../../stack/state-folder.ts';
import { stopOnSignals } from '../../stack/stop-on-signals.ts';
import { StoreError } from '../../stack/store-error.ts';
import { bytesNeeded, requireRoom } from './disk-room.ts';
import { fillShop, type ShopFacts } from './fill-shop.ts';

export const PREFIX = 'wp_';
const SHOPS = ['tenth', 'full'] as const;
export type ShopName = (typeof SHOPS)[number];

export type BigStore = {
  readonly customers: number;
  readonly folder: string;
  readonly shops: Readonly<Record<ShopName, ShopFacts>>;
  /** Account with SELECT only. */
  reader(shop: ShopName): Required<DatabaseLogin>;
  /** Stops the server; removes the store unless it is kept. */
  close(): Promise<void>;
};

export type BigStoreOptions = {
  readonly customers: number;
  /** Folder to build it in and leave it there. */
  readonly keep?: string;
  /** Folder of one that was kept; `customers` is then what that one has. */
  readonly use?: string;
  readonly log: (line: string) => void;
};

type Facts = {
  readonly format: typeof FORMAT;
  readonly customers: number;
  readonly password: string;
  readonly shops: Record<ShopName, ShopFacts>;
};
/** Raised when rows are made otherwise: a kept store of another format is refused. */
const FORMAT = 2;
const FACTS = 'big-store.json';

export async function openBigStore(options: BigStoreOptions): Promise<BigStore> {
  const { folder, temporary } = await placeOf(options);
  let endServer = (): Promise<void> => Promise.resolve();
  let isFinished = options.use !== undefined;
  const close = async (): Promise<void> => {
    unlisten();
    await endServer();
    if (temporary) await removeStateFolder(folder);
    else if (!isFinished) await removeParts(folder);
  };
  const unlisten = stopOnSignals(close);
  try {
    const known = options.use === undefined ? null : await readFacts(folder);
    const dataFolder = join(folder, 'data');
    const tempFolder = join(folder, 'temp');
    if (known === null) {
      await requireRoom(folder, bytesNeeded(options.customers, 'store'));
      await createDataFolder(dataFolder);
      await mkdir(tempFolder);
    }
    const owner = { host: '127.0.0.1', port: await freePort(), user: 'root', password: '' };
    const server = await startDatabaseServer(
      {
        dataFolder,
        port: owner.port,
        logFile: join(folder, 'database.log'),
        extra: tuned(tempFolder),
      },
      owner,
    );
    endServer = server.end;
    const facts = known ?? (await build(options, folder, owner));
    isFinished = true;
    return {
      customers: facts.customers,
      folder,
      shops: facts.shops,
      reader: (shop) => ({ ...owner, user: READER, password: facts.password, database: shop }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function placeOf({
  keep,
  use,
}: BigStoreOptions): Promise<{ folder: string; temporary: boolean }> {
  const given = use ?? keep;
  if (given === undefined) {
    return { folder: await createStateFolder('bench', false), temporary: true };
  }
  const folder = resolve(given);
  if (use !== undefined) return { folder, temporary: false };
  if (existsSync(join(folder, 'data'))) {
    throw new StoreError(
      'store_exists',
      `couldn't build a store in ${folder}: one is there; take it with --use or give another folder`,
    );
  }
  await mkdir(folder, { recursive: true });
  return { folder, temporary: false };
}

/** A kept folder is somebody's: only what was made in it is taken out. */
async function removeParts(folder: string): Promise<void> {
  for (const name of ['data', 'temp', 'database.log', FACTS])
    await rm(join(folder, name), { recursive: true, force: true });
}

async function readFacts(folder: string): Promise<Facts> {
  let facts: Facts | null = null;
  try {
    facts = JSON.parse(await readFile(join(folder, FACTS), 'utf8')) as Facts;
  } catch {
    // Said below, together with a store of another format.
  }
  if (facts?.format === FORMAT) return facts;
  throw new StoreError(
    'no_store',
    `couldn't use the store in ${folder}: none was finished there, or it is of another version; build one with --keep`,
  );
}

async function build(
  { customers, log }: BigStoreOptions,
  folder: string,
  owner: DatabaseLogin,
): Promise<Facts> {
  const password = randomBytes(18).toString('base64url');
  const shops: Partial<Record<ShopName, ShopFacts>> = {};
  for (const name of SHOPS) {
    const connection = await connectTo(owner);
    try {
      const size = name === 'full' ? customers : Math.floor(customers / 10);
      shops[name] = await fillShop(connection, {
        database: name,
        prefix: PREFIX,
        customers: size,
        log,
      });
      const reader = { database: name, user: READER, host: '127.0.0.1', password };
      const [create = '', grant = ''] = readerStatements(reader);
      await connection.query(create.replace('CREATE USER', 'CREATE USER IF NOT EXISTS'));
      await connection.query(grant);
    } finally {
      await connection.end();
    }
  }
  const { tenth, full } = shops;
  if (tenth === undefined || full === undefined) throw new Error('a shop was not filled');
  const facts: Facts = { format: FORMAT, customers, password, shops: { tenth, full } };
  // Last: a store without this file was not finished.
  await writeFile(join(folder, FACTS), JSON.stringify(facts), { mode: 0o600 });
  return facts;
}

/** The later of two equal options counts. */
function tuned(tempFolder: string): string[] {
  const pool = Math.min(2048, Math.max(192, Math.floor(totalmem() / 4 / 2 ** 20)));
  return [
    `--innodb-buffer-pool-size=${pool}M`,
    '--innodb-log-file-size=256M',
    '--innodb-flush-log-at-trx-commit=0',
    '--skip-innodb-doublewrite',
    // Not /tmp, which may be a small disk in memory.
    `--tmpdir=${tempFolder}`,
  ];
}
