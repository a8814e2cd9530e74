import assert from 'node:assert/strict';
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { isCoded } from '../../domain/coded-error.ts';
import type { ConfiguredDecryptor } from '../../domain/data-map/decrypt/decryptor-spec.ts';
import { compileFields } from '../../domain/data-map/read-field.ts';
import { loadDecryptors } from './load-decryptors.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-decryptors-'));
after(() => {
  rmSync(folder, { recursive: true });
});

function module(name: string, code: string): ConfiguredDecryptor {
  const file = join(folder, name);
  writeFileSync(file, code);
  return { kind: 'module', module: file };
}

const ACME: ConfiguredDecryptor = {
  kind: 'cipher',
  spec: {
    cipher: 'aes-256-cbc',
    prefix: '',
    encoding: 'base64',
    layout: ['iv', 'ciphertext'],
    separator: '',
    names: {},
    part_encodings: {},
    key_derivation: ['sha256'],
    iv_derivation: [],
  },
  secrets: { key: Buffer.from('acme-demo-key') },
};
const BLOB_FIELDS = [
  { encoding: ['decrypt:acme'], path: '**.email' },
  { encoding: ['decrypt:acme'], path: '**.iban' },
];

test('a field of an encrypted column is read through the decryptor it names', async () => {
  const iv = randomBytes(16);
  const cipher = createCipheriv(
    'aes-256-cbc',
    createHash('sha256').update('acme-demo-key').digest(),
    iv,
  );
  const clear = JSON.stringify({
    payer: { email: 'ann@example.com', iban: 'DE89370400440532013000' },
  });
  const blob = Buffer.concat([iv, cipher.update(clear), cipher.final()]).toString('base64');
  const read = compileFields(BLOB_FIELDS, await loadDecryptors({ acme: ACME }));
  assert.deepEqual(read(blob), {
    fields: [
      [{ value: 'ann@example.com', entry: '' }],
      [{ value: 'DE89370400440532013000', entry: '' }],
    ],
    unresolved: 0,
  });
  assert.deepEqual(read(blob.slice(0, -8)), { fields: [[], []], unresolved: 1 });
  assert.equal(read('ann@example.com').unresolved, 1);
});

test("a module of the operator's own opens values, and what it does wrong is not opened", async () => {
  const decryptors = await loadDecryptors({
    rot: module(
      'rot.mjs',
      'export default (v) => v[0] === 33 ? Uint8Array.from(v.slice(1)) : null;',
    ),
    bad: module(
      'bad.mjs',
      'export default (v) => { if (v.length > 3) throw new Error("x"); return "text"; };',
    ),
  });
  const rot = decryptors.get('rot');
  assert.equal(Buffer.from(rot?.open('!clear') ?? []).toString(), 'clear');
  assert.equal(rot?.open('clear'), null);
  assert.equal(decryptors.get('bad')?.open('long enough'), null);
  assert.equal(decryptors.get('bad')?.open('abc'), null);
});

test('a module that does not load or has no plain function is refused by name, without its words', async () => {
  for (const [configured, code] of [
    [{ kind: 'module', module: join(folder, 'none.mjs') }, 'decryptor.module_not_loaded'],
    [module('throws.mjs', 'throw new Error("hunter2");'), 'decryptor.module_not_loaded'],
    [module('broken.mjs', 'export default ('), 'decryptor.module_not_loaded'],
    [module('object.mjs', 'export default { open: 1 };'), 'decryptor.module_without_function'],
    [module('async.mjs', 'export default async (v) => v;'), 'decryptor.module_without_function'],
  ] as const) {
    await assert.rejects(
      loadDecryptors({ mine: configured }),
      (error) =>
        isCoded(error, code) &&
        error.message.includes('mine') &&
        !error.message.includes('hunter2'),
    );
  }
});

const DUMP = join(
  process.env['TOCSIN_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'),
  'stores/woocommerce-11.0.1.sql.gz',
);
test(
  "every payer of the sample shop's own gateway table is read, and none with another key",
  { skip: existsSync(DUMP) ? false : 'the sample shop is not on this machine' },
  async () => {
    const sql = gunzipSync(readFileSync(DUMP)).toString('utf8');
    const start = sql.indexOf('INSERT INTO `wp_acme_payers`');
    const rows = [
      ...sql.slice(start, sql.indexOf(';\n', start)).matchAll(/^\(\d+,'WC-\d+','([^']+)'/gm),
    ];
    const blobs = rows.map((row) => row[1] ?? '');
    assert.equal(blobs.length, 246);
    const readAll = async (decryptor: ConfiguredDecryptor) => {
      const read = compileFields(
        [{ encoding: ['decrypt:acme'], path: '**' }],
        await loadDecryptors({ acme: decryptor }),
      );
      const found = blobs.map((blob) => read(blob));
      return {
        unresolved: found.filter(({ unresolved }) => unresolved > 0).length,
        people: found.filter(({ fields }) => fields[0]?.some(({ value }) => value.includes('@')))
          .length,
      };
    };
    assert.deepEqual(await readAll(ACME), { unresolved: 0, people: 246 });
    const other: ConfiguredDecryptor = { ...ACME, secrets: { key: Buffer.from('another') } };
    assert.deepEqual(await readAll(other), { unresolved: 246, people: 0 });
  },
);
