// Everything at once: the store, the mail server, the sidecar, people, and the plugin connected to it all.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { startPostmarkServer } from './postmark-server/start-postmark-server.ts';
import { seedStore } from './seed/seed-store.ts';
import type { Truth } from './seed/truth.ts';
import { makeKeys, makeSidecar, type Sidecar, type SidecarKeys } from './sidecar.ts';
import { startStore, type Store } from './store.ts';
import type { StoreOptions, StoreUser } from './store-options.ts';

export const STREAM = 'legal-notices';
export const FROM = 'security@example.com';
export const SHOP = 'Meridian Pay';

/** Those who appear in the demo and the stories. Passwords are for machines that nobody else reaches. */
export const PEOPLE = {
  preparer: user('mara', 'administrator', 'Mara Lindqvist'),
  viewer: user('tom', 'shop_manager', 'Tom Okafor'),
  editor: user('edda', 'editor', 'Edda Blum'),
  approverOne: { name: 'Ines Duarte', email: 'ines@example.com' },
  approverTwo: { name: 'Jonas Weber', email: 'jonas@example.com' },
} as const;

export type BoxOptions = {
  name: string;
  /** The bulk of the shop's customers; the people of the traps come on top. */
  people: number;
  /** Lay every trap of seed/traps. Default true. */
  traps?: boolean;
  store?: StoreOptions;
  /** Settings of the sidecar by environment variable. */
  env?: Readonly<Record<string, string>>;
  log?: (line: string) => void;
};

export type MailServer = Awaited<ReturnType<typeof startPostmarkServer>>;

export type Box = {
  store: Store;
  mail: MailServer;
  sidecar: Sidecar;
  truth: Truth;
  keys: SidecarKeys;
  stop(): Promise<void>;
};

/** Brings all parts up; on failure those that run are stopped again. */
export async function startBox(options: BoxOptions): Promise<Box> {
  const log = options.log ?? (() => undefined);
  const keys = makeKeys();
  const port = await freePort();
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const store = await startStore({
      name: options.name,
      title: SHOP,
      users: [PEOPLE.preparer, PEOPLE.viewer, PEOPLE.editor],
      log,
      ...options.store,
      constants: {
        TOCSIN_SIDECAR_URL: `http://127.0.0.1:${port}`,
        TOCSIN_SIDECAR_KEY: keys.plugin,
        TOCSIN_SIGNAL_KEY: keys.signal,
        ...options.store?.constants,
      },
    });
    stops.push(store.stop);
    await store.activatePlugin();
    const token = randomBytes(12).toString('hex');
    const mail = await startPostmarkServer({
      serverToken: token,
      streams: [{ id: STREAM, type: 'Broadcasts' }],
      senderSignatures: ['example.com'],
      dbFile: join(store.folder, 'mail.sqlite'),
      deliveryIdField: 'tocsin-delivery',
      webhook: {
        url: `http://127.0.0.1:${port}/v1/webhooks/postmark/${keys.webhookSecret}`,
        user: keys.webhookUser,
        password: keys.webhookPassword,
        events: ['Delivery', 'Bounce', 'SpamComplaint'],
        // Six retries over minutes: the sidecar may be down for a while in a story.
        retryScale: 0.02,
      },
    });
    stops.push(mail.stop);
    const truth = await seedStore({
      store,
      people: options.people,
      traps: options.traps ?? true,
      truthFile: join(store.folder, 'truth.ndjson'),
      log,
    });
    const sidecar = await makeSidecar({
      folder: store.folder,
      port,
      keys,
      shopName: SHOP,
      database: store.reader,
      mail: { url: mail.url, token, stream: STREAM, from: FROM },
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    log('starting the sidecar');
    await sidecar.start();
    stops.push(sidecar.stop);
    return { store, mail, sidecar, truth, keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function user(login: string, role: string, displayName: string): StoreUser {
  return { login, password: `${login}-demo`, role, email: `${login}@example.com`, displayName };
}
