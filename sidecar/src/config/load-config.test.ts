import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CodedError } from '../domain/coded-error.ts';
import { ConfigSchema, SETTINGS } from './config-schema.ts';
import { loadConfig } from './load-config.ts';

const KEY = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const GOOD: Record<string, string> = {
  TOCSIN_PUBLIC_URL: 'https://notify.example.com',
  TOCSIN_DATA_FOLDER: '/var/lib/tocsin',
  TOCSIN_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
  TOCSIN_SIDECAR_KEY: KEY,
  TOCSIN_SHOP_NAME: 'Shop',
  TOCSIN_SHOP_CONTACT_EMAIL: 'privacy@example.com',
  TOCSIN_DB_USER: 'tocsin',
  TOCSIN_DB_PASSWORD: 'x',
  TOCSIN_DB_NAME: 'shop',
  POSTMARK_SERVER_TOKEN: 'token',
  POSTMARK_STREAM: 'notices',
  POSTMARK_FROM: 'security@example.com',
  POSTMARK_WEBHOOK_USER: 'postmark',
  POSTMARK_WEBHOOK_PASSWORD: 'long-enough-password',
  POSTMARK_WEBHOOK_SECRET: 'a-secret-path-part-1',
};

const refusal = (env: Record<string, string>): CodedError => {
  try {
    loadConfig({ file: undefined, env });
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
};

test('the environment alone is enough, with defaults filled in and the result frozen', () => {
  const config = loadConfig({ file: undefined, env: GOOD });
  assert.equal(config.listen.port, 8787);
  assert.equal(config.rpId, 'notify.example.com');
  assert.equal(config.evidenceOrigin, 'notify.example.com/tocsin');
  assert.equal(config.delivery.batch_size, 500);
  assert.ok(Object.isFrozen(config));
});

test('each bad value is refused with its field, and all of them at once', () => {
  const table: [string, string, string][] = [
    ['TOCSIN_PUBLIC_URL', 'http://notify.example.com', 'public_url'],
    ['TOCSIN_PUBLIC_URL', 'https://127.0.0.1', 'public_url'],
    ['TOCSIN_PUBLIC_URL', 'https://notify.example.com/path', 'public_url'],
    ['TOCSIN_MASTER_KEY', 'c2hvcnQ=', 'master_key'],
    ['TOCSIN_SIDECAR_KEY', 'secret', 'plugin_key'],
    ['TOCSIN_PORT', '99999', 'listen.port'],
    ['TOCSIN_BATCH_SIZE', '501', 'delivery.batch_size'],
    ['TOCSIN_APPROVALS_REQUIRED', '1', 'approvals.required'],
    ['POSTMARK_FROM', 'not an address', 'postmark.from'],
    ['POSTMARK_API_URL', 'http://mail.example.com', 'postmark.api_url'],
    ['TOCSIN_SIGNAL_KEYS', '{broken', 'signal_keys'],
    ['TOCSIN_SIGNAL_KEYS', JSON.stringify({ siem: KEY }), 'signal_keys'],
    ['TOCSIN_DB_PREFIX', 'wp`;', 'store_database.prefix'],
  ];
  for (const [name, value, pointer] of table) {
    const error = refusal({ ...GOOD, [name]: value });
    assert.equal(error.code, 'config.invalid', name);
    assert.ok(
      error.fields.some((field) => field.pointer === pointer),
      `${name}: ${error.message}`,
    );
    assert.ok(error.message.includes(name), `names the variable: ${error.message}`);
  }
  const both = refusal({ ...GOOD, TOCSIN_PORT: 'x', POSTMARK_FROM: 'x' });
  assert.equal(both.fields.length, 2);
});

test('a secret is never repeated in the message', () => {
  const error = refusal({
    ...GOOD,
    TOCSIN_SIDECAR_KEY: 'hunter2-hunter2',
    TOCSIN_MASTER_KEY: 'hunter3',
  });
  assert.ok(!error.message.includes('hunter'));
});

test('a file gives the settings, the environment wins, an unknown setting is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'));
  const file = join(folder, 'tocsin.yaml');
  writeFileSync(file, 'listen:\n  port: 9000\n');
  assert.equal(loadConfig({ file, env: GOOD }).listen.port, 9000);
  assert.equal(loadConfig({ file, env: { ...GOOD, TOCSIN_PORT: '9001' } }).listen.port, 9001);
  writeFileSync(file, 'lisen:\n  port: 9000\n');
  assert.throws(() => loadConfig({ file, env: GOOD }), /lisen/);
  writeFileSync(file, 'listen: [\n');
  assert.throws(
    () => loadConfig({ file, env: GOOD }),
    (error) => error instanceof CodedError && error.code === 'config.not_yaml',
  );
  assert.throws(
    () => loadConfig({ file: join(folder, 'none.yaml'), env: GOOD }),
    (error) => error instanceof CodedError && error.code === 'config.unreadable',
  );
  rmSync(folder, { recursive: true });
});

test('a master key file that others may read is refused with the command that mends it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'));
  const file = join(folder, 'master.key');
  writeFileSync(file, Buffer.alloc(32, 3).toString('base64'));
  chmodSync(file, 0o644);
  const { TOCSIN_MASTER_KEY: _key, ...rest } = GOOD;
  const env = { ...rest, TOCSIN_MASTER_KEY_FILE: file };
  assert.match(refusal(env).message, /chmod 600/);
  chmodSync(file, 0o600);
  assert.equal(loadConfig({ file: undefined, env }).masterKey[0], 3);
  assert.match(
    refusal({ ...env, TOCSIN_MASTER_KEY: GOOD['TOCSIN_MASTER_KEY'] ?? '' }).message,
    /exactly one/,
  );
  rmSync(folder, { recursive: true });
});

test('every setting of the schema is in the table of settings, and none else', () => {
  const leaves = (schema: unknown, path: string): string[] => {
    let at = schema as {
      def?: { type?: string; innerType?: unknown; shape?: Record<string, unknown> };
    };
    while (at.def?.innerType !== undefined) at = at.def.innerType as typeof at;
    if (at.def?.type !== 'object') return [path];
    return Object.entries(at.def.shape ?? {}).flatMap(([name, inner]) =>
      leaves(inner, path === '' ? name : `${path}.${name}`),
    );
  };
  assert.deepEqual(leaves(ConfigSchema, '').sort(), SETTINGS.map((setting) => setting.path).sort());
});
