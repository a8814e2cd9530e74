// The sidecar as a process of its own, as an operator runs it: configured by the environment, killed and started again.
import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { giveUpOn, startGuarded, type GuardedProcess } from './guarded-process.ts';
import { waitUntil } from './wait-until.ts';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../../sidecar/bin/tocsin', import.meta.url));

export type SidecarKeys = {
  plugin: string;
  signal: string;
  master: string;
  webhookUser: string;
  webhookPassword: string;
  webhookSecret: string;
};

export type SidecarOptions = {
  folder: string;
  port: number;
  keys: SidecarKeys;
  shopName: string;
  /** SELECT-only account of the shop. */
  database: {
    host: string;
    port: number;
    user: string;
    password: string;
    database: string;
    prefix: string;
  };
  mail: { url: string; token: string; stream: string; from: string };
  /** More settings, by environment variable; they win. */
  env?: Readonly<Record<string, string>>;
};

export type Sidecar = {
  readonly url: string;
  readonly dataFolder: string;
  readonly logFile: string;
  readonly pid: () => number | null;
  start(): Promise<void>;
  /** As an operator stops it: SIGTERM, and wait. */
  stop(): Promise<void>;
  /** As a crash: SIGKILL. */
  kill(): Promise<void>;
  /** Runs a command of its command line; rejects with what it printed when it fails. */
  cli(args: readonly string[]): Promise<string>;
  /** The link of an invitation. */
  invite(name: string, email: string): Promise<string>;
};

export function makeKeys(): SidecarKeys {
  const secret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
  return {
    plugin: secret(),
    signal: secret(),
    master: randomBytes(32).toString('base64'),
    webhookUser: 'postmark',
    webhookPassword: randomBytes(18).toString('base64url'),
    webhookSecret: randomBytes(18).toString('base64url'),
  };
}

/** Not started yet; `start` resolves when it answers that it is ready. */
export async function makeSidecar(options: SidecarOptions): Promise<Sidecar> {
  const dataFolder = join(options.folder, 'sidecar');
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const logFile = join(options.folder, 'sidecar.log');
  const url = `http://localhost:${options.port}`;
  const env = environmentOf(options, url, dataFolder);
  let running: GuardedProcess | null = null;
  const cli = async (args: readonly string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, [PROGRAM, ...args], {
      env: { ...process.env, ...env },
    });
    return stdout;
  };
  return {
    url,
    dataFolder,
    logFile,
    pid: () => running?.pid ?? null,
    start: async () => {
      const started = await startGuarded({
        name: 'sidecar',
        program: process.execPath,
        args: [PROGRAM, 'serve'],
        cwd: dataFolder,
        env,
        logFile,
      });
      running = started;
      const isUp = await waitUntil(
        async () => !started.isRunning() || (await isReady(options.port)),
        { timeoutMs: 40_000 },
      );
      if (isUp && started.isRunning()) return;
      throw await giveUpOn(started, { what: 'start the sidecar', logFile });
    },
    stop: async () => {
      await running?.end();
      running = null;
    },
    kill: async () => {
      if (running === null) return;
      process.kill(running.pid, 'SIGKILL');
      await running.ended;
      running = null;
    },
    cli,
    invite: async (name, email) => {
      const printed = await cli(['approver', 'invite', '--name', name, '--email', email]);
      const link = /https?:\S+\/console\/enrol#token=\S+/.exec(printed)?.[0];
      if (link === undefined) throw new Error(`no link in: ${printed}`);
      return link;
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200;
  } catch {
    return false;
  }
}

function environmentOf(
  { keys, database, mail, shopName, port, env }: SidecarOptions,
  url: string,
  dataFolder: string,
): Record<string, string> {
  return {
    TOCSIN_PUBLIC_URL: url,
    TOCSIN_DEVELOPMENT: 'true',
    TOCSIN_PORT: String(port),
    TOCSIN_DATA_FOLDER: dataFolder,
    TOCSIN_MASTER_KEY: keys.master,
    TOCSIN_SIDECAR_KEY: keys.plugin,
    TOCSIN_SIGNAL_KEYS: JSON.stringify({ siem: keys.signal }),
    TOCSIN_SHOP_NAME: shopName,
    TOCSIN_SHOP_CONTACT_EMAIL: 'privacy@example.com',
    TOCSIN_SHOP_CONTACT_PHONE: '+49 30 901820',
    TOCSIN_DB_HOST: database.host,
    TOCSIN_DB_PORT: String(database.port),
    TOCSIN_DB_USER: database.user,
    TOCSIN_DB_PASSWORD: database.password,
    TOCSIN_DB_NAME: database.database,
    TOCSIN_DB_PREFIX: database.prefix,
    POSTMARK_SERVER_TOKEN: mail.token,
    POSTMARK_STREAM: mail.stream,
    POSTMARK_FROM: mail.from,
    POSTMARK_API_URL: mail.url,
    POSTMARK_WEBHOOK_USER: keys.webhookUser,
    POSTMARK_WEBHOOK_PASSWORD: keys.webhookPassword,
    POSTMARK_WEBHOOK_SECRET: keys.webhookSecret,
    TOCSIN_SETTLE_AFTER_SECONDS: '3',
    TOCSIN_SETTLE_EMPTY_ANSWERS: '2',
    TOCSIN_SETTLE_ASK_EVERY_SECONDS: '1',
    TOCSIN_OUTBOX_POLL_SECONDS: '0.5',
    ...env,
  };
}
