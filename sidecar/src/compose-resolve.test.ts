// The program itself over a real shop database, with no sidecar serving and no WordPress there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openLedger } from './adapters/ledger/open-ledger.ts';
import {
  startTestServer,
  type TestServer,
  type TestShop,
} from './adapters/store-database/test-shop.ts';
import { SYSTEM } from './use-cases/ports/acting.ts';
import { fixedClock } from './use-cases/ports/fixed.ts';

const PROGRAM = fileURLToPath(new URL('../bin/tocsin', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tocsin-compose-resolve-'));
const data = join(folder, 'data');
const scope = join(folder, 'scope.json');
let server: TestServer;
let shop: TestShop;

before(async () => {
  server = await startTestServer();
  shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'ann@example.com', first: 'Ann' });
  await shop.addHpos({ id: 10, email: 'guest@example.com', country: 'DE' });
  writeFileSync(
    scope,
    JSON.stringify({ preset: 'everyone', accounts: {}, orders: {}, data_classes: ['email'] }),
  );
  await tocsin(['approver', 'list']);
  const ledger = await openLedger({ file: join(data, 'ledger.sqlite'), clock: fixedClock() });
  await ledger.transaction((writer) =>
    writer.record({
      kind: 'log.created',
      acting: SYSTEM,
      incidentId: null,
      data: { format: 'tocsin-evidence/v1', origin: 'localhost/tocsin', software: 'tocsin/0' },
    }),
  );
  await ledger.close();
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

type Ended = { code: number | null; out: string; err: string };

function tocsin(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const { config } = shop;
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: {
      PATH: process.env['PATH'],
      TOCSIN_DATA_FOLDER: data,
      TOCSIN_PUBLIC_URL: 'http://localhost:4711',
      TOCSIN_DEVELOPMENT: 'true',
      TOCSIN_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
      TOCSIN_SIDECAR_KEY: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
      TOCSIN_SHOP_NAME: 'Shop',
      TOCSIN_SHOP_CONTACT_EMAIL: 'privacy@example.com',
      TOCSIN_DB_HOST: config.host,
      TOCSIN_DB_PORT: String(config.port),
      TOCSIN_DB_USER: config.user,
      TOCSIN_DB_PASSWORD: config.password,
      TOCSIN_DB_NAME: config.database,
      POSTMARK_SERVER_TOKEN: 'token',
      POSTMARK_STREAM: 'outbound',
      POSTMARK_FROM: 'privacy@example.com',
      POSTMARK_WEBHOOK_SECRET: 'a-secret-of-the-webhook',
      POSTMARK_WEBHOOK_USER: 'postmark',
      POSTMARK_WEBHOOK_PASSWORD: 'a-password-of-the-webhook',
      ...env,
    },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

test('from a new key to people on standard output, and a coded refusal when the shop is gone', async () => {
  const made = await tocsin(['resolve-key', 'add', 'support']);
  assert.equal(made.code, 0, made.err);
  const env = { TOCSIN_RESOLVE_KEY: made.out.trim() };
  const read = await tocsin(['resolve', '--scope', scope], env);
  assert.deepEqual([read.code, read.err], [0, '']);
  const people = read.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { email: string; person_id: string });
  assert.deepEqual(people.map(({ email }) => email).sort(), [
    'ann@example.com',
    'guest@example.com',
  ]);
  const counted = await tocsin(['resolve', '--scope', scope, '--counts'], env);
  assert.equal((JSON.parse(counted.out) as { people: number }).people, 2);
  const gone = await tocsin(['resolve', '--scope', scope], { ...env, TOCSIN_DB_PORT: '1' });
  assert.deepEqual([gone.code, gone.out], [1, '']);
  assert.match(gone.err, /^tocsin: couldn't .*\[store\.\w+\]$/m);
  assert.doesNotMatch(gone.err, /@/);
  assert.deepEqual(readdirSync(join(data, 'staging')), []);
});

test('a key is needed, and help names both commands', async () => {
  const refused = await tocsin(['resolve', '--scope', scope]);
  assert.deepEqual([refused.code, refused.out], [1, '']);
  assert.match(refused.err, /\[command_key\.missing\]/);
  const help = await tocsin(['help']);
  assert.match(help.out, /^ {2}resolve-key Make.*\n {2}resolve {5}Print/m);
});
