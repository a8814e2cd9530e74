import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openLedger } from './adapters/ledger/open-ledger.ts';
import { fixedClock } from './use-cases/ports/fixed.ts';

const PROGRAM = fileURLToPath(new URL('../bin/tocsin', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-serve-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A port that something listens on. */
async function occupy(): Promise<{ port: number; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

type Started = {
  child: ChildProcess;
  errors: () => string;
  log: () => string;
  serving: Promise<string>;
  exit: Promise<number | null>;
};

/** Nothing listens where its shop is: it serves all the same. */
function startSidecar(port: number): Started {
  const key = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: {
      PATH: process.env['PATH'],
      TOCSIN_DATA_FOLDER: folder,
      TOCSIN_PUBLIC_URL: 'http://localhost:4711',
      TOCSIN_DEVELOPMENT: 'true',
      TOCSIN_PORT: String(port),
      TOCSIN_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
      TOCSIN_SIDECAR_KEY: key(1),
      TOCSIN_SHOP_NAME: 'Shop',
      TOCSIN_SHOP_CONTACT_EMAIL: 'privacy@example.com',
      TOCSIN_DB_PORT: '1',
      TOCSIN_DB_USER: 'reader',
      TOCSIN_DB_PASSWORD: 'none',
      TOCSIN_DB_NAME: 'shop',
      POSTMARK_SERVER_TOKEN: 'token',
      POSTMARK_STREAM: 'outbound',
      POSTMARK_FROM: 'privacy@example.com',
      POSTMARK_WEBHOOK_SECRET: 'a-secret-of-the-webhook',
      POSTMARK_WEBHOOK_USER: 'postmark',
      POSTMARK_WEBHOOK_PASSWORD: 'a-password-of-the-webhook',
    },
  });
  let errors = '';
  let log = '';
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
  const serving = new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`it ended before it served: ${errors}`));
    });
    createInterface(child.stdout).on('line', (line) => {
      log += `${line}\n`;
      const { msg, url } = JSON.parse(line) as { msg?: string; url?: string };
      if (msg === 'serving') resolve(url ?? '');
    });
  });
  // Not every test waits for it.
  serving.catch(() => undefined);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, errors: () => errors, log: () => log, serving, exit };
}

async function leases(): Promise<number> {
  const ledger = await openLedger({ file: join(folder, 'ledger.sqlite'), clock: fixedClock() });
  const rows = await ledger.tables.selectFrom('leases').selectAll().execute();
  await ledger.close();
  return rows.length;
}

test('a port that is taken is what is printed, and nothing of the start stays', async (t) => {
  const { port, server } = await occupy();
  t.after(() => server.close());
  const sidecar = startSidecar(port);
  assert.equal(await sidecar.exit, 1, sidecar.errors());
  assert.match(sidecar.errors(), /^tocsin: .*EADDRINUSE/);
  assert.equal(await leases(), 0);
});

test('asked to stop it ends clean and gives the lease back', async () => {
  const sidecar = startSidecar(0);
  const url = await sidecar.serving;
  const ready = await fetch(`${url}/readyz`);
  assert.equal(ready.status, 503, 'its shop does not answer');
  sidecar.child.kill('SIGTERM');
  assert.equal(await sidecar.exit, 0, sidecar.log());
  assert.equal(await leases(), 0);
});

test('a log that cannot be written at the stop keeps nothing else from stopping', async () => {
  const sidecar = startSidecar(0);
  await sidecar.serving;
  rmSync(join(folder, 'evidence'), { recursive: true });
  const ledger = await openLedger({ file: join(folder, 'ledger.sqlite'), clock: fixedClock() });
  await ledger.transaction((writer) =>
    writer.record({
      kind: 'people.viewed',
      acting: {
        actor: { id: 'operator', kind: 'operator', name: 'Operator' },
        subject: null,
        capabilities: [],
      },
      incidentId: null,
      data: { of: 'aud_1', count: 1, purpose: 'support' },
    }),
  );
  await ledger.close();
  sidecar.child.kill('SIGTERM');
  assert.equal(await sidecar.exit, 1);
  assert.match(sidecar.log(), /could not stop the evidence log/);
  assert.equal(await leases(), 0);
});
