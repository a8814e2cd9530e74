// What a shop's database can be like after ten years: every value ends as a person, a figure or a gap, never as nothing.
import assert from 'node:assert/strict';
import { createCipheriv, createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { isCoded } from '../../domain/coded-error.ts';
import type { Decryptor } from '../../domain/data-map/decrypt/decryptor.ts';
import { ownSource, phpText, readSources } from './mentions-scene.ts';
import { openStoreReader } from './open-store-reader.ts';
import { openStorePool } from './store-pool.ts';
import { startTestServer, type TestServer, type TestShop } from './test-shop.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const email = { part: 'email' as const, classes: ['email' as const] };
const PAYLOAD = ownSource({
  fields: [
    { key: '_payload', path: 'payer.email', encoding: ['php'], ...email },
    {
      key: '_payload',
      path: 'payer.name',
      encoding: ['php'],
      part: 'full_name',
      classes: ['name'],
    },
  ],
});
const payload = (address: string, more = '') =>
  phpText({ more, payer: { email: address, name: 'Zoë Lee' } });

async function addPayload(shop: TestShop, orderId: number, value: string | null): Promise<void> {
  await shop.exec(
    "INSERT INTO wp_wc_orders_meta (order_id, meta_key, meta_value) VALUES (?, '_payload', ?)",
    [orderId, value],
  );
}

test('cut, missing, empty and huge values', async () => {
  const shop = await server.makeShop();
  await shop.exec('ALTER TABLE wp_wc_orders_meta MODIFY meta_value longtext');
  const whole = payload('whole@example.com');
  await addPayload(shop, 1, whole);
  await addPayload(shop, 2, payload('cut@example.com').slice(0, 40));
  await addPayload(shop, 3, null);
  await addPayload(shop, 4, '');
  await addPayload(shop, 5, payload('long@example.com', 'x'.repeat(100_000)));
  await addPayload(shop, 6, payload('too-far@example.com', 'x'.repeat(10_000_000)));
  await addPayload(shop, 7, 'a:1:{s:5:"payer";a:1:{s:5:"email";s:99:"damaged@example.com";}}');
  const { mentions, unresolved, rows, gaps } = await readSources(shop.config, [PAYLOAD]);
  assert.deepEqual(
    mentions.map((one) => [one.orderId, one.emails[0]]),
    [
      [1, 'whole@example.com'],
      [5, 'long@example.com'],
      [7, 'damaged@example.com'],
    ],
  );
  // Those of the cut value and of the ten megabytes.
  assert.deepEqual([rows, unresolved, gaps], [7, 2, []]);
});

test('values that are not UTF-8, and tables declared latin1 that hold UTF-8', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    'CREATE TABLE wp_acme (id int PRIMARY KEY, name varchar(50), mail varchar(50), raw blob) CHARSET latin1',
  );
  const root = await server.connect(shop.config.database);
  // As a shop does whose connection was declared latin1 too: its UTF-8 bytes are stored as they are.
  await root.query('SET NAMES latin1');
  await root.query(
    Buffer.from("INSERT INTO wp_acme VALUES (1, 'Zoë', 'zoë@example.com', 'Zoë')", 'utf8').toString(
      'latin1',
    ),
  );
  await root.query('SET NAMES utf8mb4');
  await root.query("INSERT INTO wp_acme VALUES (2, 'José', 'jose@example.com', 0x4A6F73E9)");
  await root.end();
  const { mentions } = await readSources(shop.config, [
    ownSource({
      place: { kind: 'table', table: 'acme', key: 'id' },
      fields: [
        { column: 'mail', ...email },
        { column: 'name', part: 'first_name', classes: ['name'] },
        { column: 'raw', part: 'last_name', classes: ['name'] },
      ],
    }),
  ]);
  assert.deepEqual(
    mentions.map((one) => [one.emails[0], one.firstName, one.lastName]),
    [
      ['zoë@example.com', 'Zoë', 'Zoë'],
      ['jose@example.com', 'José', 'José'],
    ],
  );
});

test('accounts and orders in latin1 tables that hold UTF-8 keep their names', async () => {
  const shop = await server.makeShop();
  for (const table of ['users', 'usermeta', 'postmeta', 'wc_order_addresses']) {
    await shop.exec(`ALTER TABLE wp_${table} CONVERT TO CHARACTER SET latin1`);
  }
  const asBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  await shop.addUser({ id: 1, email: 'a@example.com', first: asBytes('Zoë'), last: 'José' });
  await shop.addHpos({ id: 2, email: 'b@example.com', city: asBytes('Köln') });
  await shop.addLegacy({ id: 3, email: 'c@example.com', city: asBytes('Köln') });
  const pool = openStorePool(shop.config);
  try {
    await openStoreReader(pool).withSnapshot(async (snapshot) => {
      for await (const [account] of snapshot.accounts()) {
        assert.deepEqual([account?.firstName, account?.lastName], ['Zoë', 'José']);
      }
      const cities: (string | undefined)[] = [];
      for await (const page of snapshot.orders()) {
        cities.push(...page.map(({ hpos, legacy }) => (hpos ?? legacy)?.postal.city));
      }
      assert.deepEqual(cities, ['Köln', 'Köln']);
    });
  } finally {
    await pool.close();
  }
});

const KEY = createHash('sha256').update('pass').digest();
const acme: Decryptor = {
  name: 'acme',
  open: (value) => {
    const text = typeof value === 'string' ? value : Buffer.from(value).toString('latin1');
    return text.startsWith('key:') ? Buffer.from(text.slice(4), 'base64') : null;
  },
};

test('an encrypted value is read by its decryptor, and counted when it cannot be', async () => {
  const shop = await server.makeShop();
  const cipher = createCipheriv('aes-256-cbc', KEY, Buffer.alloc(16));
  const locked = Buffer.concat([cipher.update('{"email":"x"}'), cipher.final()]).toString('base64');
  const clear = Buffer.from('{"email":"open@example.com"}').toString('base64');
  await addPayload(shop, 1, `key:${clear}`);
  await addPayload(shop, 2, locked);
  const source = ownSource({
    fields: [{ key: '_payload', path: 'email', encoding: ['decrypt:acme', 'json'], ...email }],
  });
  const read = await readSources(shop.config, [source], { decryptors: new Map([['acme', acme]]) });
  assert.deepEqual(
    read.mentions.map((one) => one.emails[0]),
    ['open@example.com'],
  );
  assert.equal(read.unresolved, 1);
  const blind = await readSources(shop.config, [source]);
  assert.deepEqual([blind.mentions, blind.unresolved], [[], 2]);
});

test('dates that do not exist are no dates', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    'CREATE TABLE wp_acme (id int PRIMARY KEY, mail varchar(50), made datetime, unixed int)',
  );
  await shop.exec(
    "INSERT INTO wp_acme VALUES (1, 'a@example.com', '0000-00-00', 0), (2, 'b@example.com', NULL, NULL)",
  );
  for (const date of [
    { column: 'made', kind: 'utc' },
    { column: 'unixed', kind: 'unix_ms' },
    { column: 'not_there', kind: 'utc' },
  ] as const) {
    const { mentions } = await readSources(shop.config, [
      ownSource({
        date,
        place: { kind: 'table', table: 'acme', key: 'id' },
        fields: [{ column: 'mail', ...email }],
      }),
    ]);
    assert.deepEqual(
      mentions.map((one) => one.at),
      [null, null],
    );
  }
});

test('a table that is being altered, or lacks its key, is a gap with its name, and the others are read', async () => {
  const shop = await server.makeShop();
  const table = (name: string) =>
    ownSource({
      id: `own.${name}`,
      place: { kind: 'table', table: name, key: 'id' },
      fields: [{ column: 'mail', ...email }],
    });
  for (const name of ['locked', 'keyless', 'fine']) {
    await shop.exec(
      `CREATE TABLE wp_${name} (${name === 'keyless' ? 'no_id' : 'id'} int, mail varchar(50), KEY (mail))`,
    );
    await shop.exec(`INSERT INTO wp_${name} VALUES (1, '${name}@example.com')`);
  }
  const altering = await server.connect(shop.config.database);
  await altering.query('LOCK TABLES wp_locked WRITE');
  try {
    const { mentions, gaps } = await readSources({ ...shop.config, statementTimeoutMs: 300 }, [
      table('locked'),
      table('keyless'),
      table('fine'),
    ]);
    assert.deepEqual(
      mentions.map((one) => one.emails[0]),
      ['fine@example.com'],
    );
    assert.deepEqual(
      gaps.map(({ code, sentence }) => [
        code,
        /own\.\w+/.exec(sentence)?.[0],
        /\((.*?)\)/.exec(sentence)?.[1],
      ]),
      [
        ['store.source_unreadable', 'own.locked', 'store.timeout'],
        ['store.source_unreadable', 'own.keyless', 'store.unexpected_schema'],
      ],
    );
  } finally {
    await altering.end();
  }
});

test('accounts in a table that is being altered end the reading in a coded error', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'a@example.com' });
  const altering = await server.connect(shop.config.database);
  await altering.query('LOCK TABLES wp_users WRITE');
  const pool = openStorePool({ ...shop.config, prefix: 'wp_', statementTimeoutMs: 300 });
  try {
    await assert.rejects(
      openStoreReader(pool).withSnapshot(async (snapshot) => {
        for await (const page of snapshot.accounts()) assert.fail(`read ${page.length} rows`);
      }),
      (error) => isCoded(error, 'store.timeout'),
    );
  } finally {
    await pool.close();
    await altering.end();
  }
});

test('connections that are killed again and again lose nobody and repeat nobody', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    "INSERT INTO wp_wc_orders_meta (order_id, meta_key, meta_value) SELECT seq, '_mail', CONCAT('m', seq, '@example.com') FROM seq_1_to_7000",
  );
  await shop.exec('CREATE TABLE wp_acme (ref varchar(20) PRIMARY KEY, mail varchar(50))');
  await shop.exec(
    "INSERT INTO wp_acme SELECT CONCAT('r', seq), CONCAT('t', seq, '@example.com') FROM seq_1_to_7000",
  );
  const root = await server.connect();
  const { mentions, gaps } = await readSources(
    shop.config,
    [
      ownSource({ fields: [{ key: '_mail', ...email }] }),
      ownSource({
        id: 'own.table',
        place: { kind: 'table', table: 'acme', key: 'ref' },
        fields: [{ column: 'mail', ...email }],
      }),
    ],
    {
      onPage: async (page) => {
        if (page % 3 !== 1) return;
        const [rows] = await root.query(
          'SELECT id FROM information_schema.processlist WHERE user = ?',
          [shop.config.user],
        );
        for (const { id } of rows as { id: number }[]) await root.query(`KILL ${id}`);
      },
    },
  );
  await root.end();
  const found = mentions.map((one) => one.emails[0] ?? '');
  assert.equal(new Set(found).size, 14_000);
  assert.equal(found.length, 14_000);
  assert.ok(gaps.length >= 2 && gaps.every(({ code }) => code === 'store.snapshot_renewed'));
});
