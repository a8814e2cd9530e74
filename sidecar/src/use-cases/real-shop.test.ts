// Everybody of a shop that WooCommerce filled itself, against people counted by hand with SQL and a few lines that share nothing
// with the product; only where a dump of that shop is at hand.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createDecipheriv, createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openAudienceStages } from '../adapters/audience-stage/open-audience-stages.ts';
import { loadShippedCatalogue } from '../adapters/catalogue/load-catalogue.ts';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openStoreReader } from '../adapters/store-database/open-store-reader.ts';
import { openStorePool, type StorePool } from '../adapters/store-database/store-pool.ts';
import { startTestServer, type TestServer } from '../adapters/store-database/test-shop.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { Source, type Audience } from '../contract/index.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import { makeCatalogue } from '../domain/data-map/catalogue.ts';
import { sourcesOfScope } from '../domain/data-map/sources-of-scope.ts';
import { addIncident, freezeScope, openPeople, scopeOf, SHOP_IDENTITY } from './audience-scene.ts';
import { countingIds, fixedClock, seededRandomness } from './ports/fixed.ts';

const DUMP = join(
  process.env['TOCSIN_SHARED'] ?? join(import.meta.dirname, '../../../../shared'),
  'stores/woocommerce-11.0.1.sql.gz',
);
const skip = !existsSync(DUMP);
const KEY = createHash('sha256').update('acme-demo-key').digest();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-real-'));

let server: TestServer;
let pool: StorePool;
let ledger: OpenLedger;

before(async () => {
  if (skip) return;
  server = await startTestServer();
  const shop = await server.makeShop();
  const root = await server.connect();
  await root.query(`DROP DATABASE ${shop.config.database}`);
  await root.query(`CREATE DATABASE ${shop.config.database}`);
  await root.end();
  execFileSync('sh', [
    '-c',
    `zcat "$1" | mariadb --no-defaults -h127.0.0.1 -P${server.port} -uroot ${shop.config.database}`,
    'sh',
    DUMP,
  ]);
  pool = openStorePool(shop.config);
});
after(async () => {
  if (!skip) {
    await pool.close();
    await server.stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

const ACME: Source[] = [
  {
    id: 'own.acme-payers',
    place: { kind: 'table', table: 'acme_payers', key: 'id' },
    link: { order_text: 'order_ref' },
    role: 'payer',
    fields: [
      { column: 'payer_mail', part: 'email', classes: ['email'] },
      {
        column: 'payer_blob',
        encoding: ['decrypt:acme', 'json'],
        path: 'mail',
        part: 'email',
        classes: ['email'],
      },
      { column: 'tax_no', part: 'holds', classes: ['tax_id'] },
    ],
  },
  {
    id: 'own.acme-payload',
    place: { kind: 'meta', of: 'order' },
    role: 'payer',
    fields: [
      {
        key: '_acme_gateway_payload',
        encoding: ['php'],
        path: 'payer.email',
        part: 'email',
        classes: ['email'],
      },
      {
        key: '_acme_gateway_payload',
        encoding: ['php'],
        path: 'payer.iban',
        part: 'holds',
        classes: ['financial_account'],
      },
    ],
  },
  {
    id: 'own.acme-kyc',
    place: { kind: 'meta', of: 'user' },
    role: 'buyer',
    fields: [
      {
        key: '_acme_kyc',
        encoding: ['php'],
        path: 'contact.alt_email',
        part: 'email',
        classes: ['email'],
      },
      {
        key: '_acme_kyc',
        encoding: ['php'],
        path: 'passport',
        part: 'holds',
        classes: ['government_id'],
      },
    ],
  },
].map((part) =>
  Source.parse({
    title: part.id,
    family: 'own',
    tested_with: 'the dump',
    verification: 'operator',
    yields: 'people',
    ...part,
  }),
);

const DECRYPTORS = new Map([
  [
    'acme',
    {
      name: 'acme',
      open: (value: Uint8Array | string): Uint8Array | null => openBlob(String(value)),
    },
  ],
]);

/** Base64 of IV (16 bytes) and AES-256-CBC over JSON. */
function openBlob(text: string): Buffer | null {
  try {
    const bytes = Buffer.from(text, 'base64');
    const cipher = createDecipheriv('aes-256-cbc', KEY, bytes.subarray(0, 16));
    return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]);
  } catch {
    return null;
  }
}

async function resolve(
  own: readonly Source[],
): Promise<{ audience: Audience; people: PersonRecord[] }> {
  const clock = fixedClock();
  ledger = await openLedger({ file: ':memory:', clock });
  const catalogue = makeCatalogue(loadShippedCatalogue(), own);
  const deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    shop: SHOP_IDENTITY,
    store: openStoreReader(pool, { decryptors: DECRYPTORS }),
    stages: openAudienceStages({ folder }),
    sources: {
      sourcesFor: (filter: Parameters<typeof sourcesOfScope>[1]) =>
        Promise.resolve(sourcesOfScope(catalogue, filter)),
    },
  };
  await addIncident(deps);
  const audience = await freezeScope(
    deps,
    scopeOf({
      preset: 'everyone',
      accounts: {},
      orders: {},
      sources: {},
      data_classes: ['name', 'email', 'phone', 'postal_address', 'tax_id', 'financial_account'],
    }),
  );
  assert.equal(audience.problem, null);
  const people = await openPeople(deps);
  await ledger.close();
  return { audience, people };
}

/** What SQL alone says, by hand. */
type ByHand = {
  /** Account id → own address; the administrator is staff. */
  accounts: Map<number, string>;
  /** Billing address → ids of the accounts that used it. */
  uses: Map<string, Set<number>>;
  /** Addresses of guests: their orders, carts, reviews, and the analytics' copies of guests. */
  guests: Set<string>;
  payers: Set<string>;
  /** Of blobs alone. */
  blobs: Set<string>;
  /** Second addresses of accounts. */
  second: Map<number, string>;
};

const fold = (address: string): string => address.trim().toLowerCase();

async function countByHand(): Promise<ByHand> {
  const list = async (sql: string): Promise<{ u: number; e: string }[]> =>
    (await pool.rows<{ u: number | string; e: string }>(sql)).map(({ u, e }) => ({
      u: Number(u),
      e,
    }));
  const accounts = new Map<number, string>();
  for (const { u, e } of await list(
    `SELECT u.ID AS u, u.user_email AS e FROM wp_users u JOIN wp_usermeta m ON m.user_id = u.ID
      WHERE m.meta_key = 'wp_capabilities' AND m.meta_value NOT LIKE '%administrator%'`,
  )) {
    accounts.set(u, fold(e));
  }
  const uses = new Map<string, Set<number>>();
  const guests = new Set<string>();
  const take = (user: number, email: string): void => {
    const address = fold(email);
    if (address === '') return;
    if (user === 0) guests.add(address);
    else uses.set(address, (uses.get(address) ?? new Set()).add(user));
  };
  for (const { u, e } of await list(
    `SELECT user_id AS u, meta_value AS e FROM wp_usermeta WHERE meta_key = 'billing_email'`,
  )) {
    take(u, e);
  }
  for (const { u, e } of await list(
    `SELECT IFNULL(o.customer_id, 0) AS u, IFNULL(o.billing_email, '') AS e FROM wp_wc_orders o
      WHERE o.type <> 'shop_order_refund'
     UNION ALL
     SELECT IFNULL(o.customer_id, 0), IFNULL(a.email, '') FROM wp_wc_orders o
       JOIN wp_wc_order_addresses a ON a.order_id = o.id AND a.address_type = 'billing'
      WHERE o.type <> 'shop_order_refund'`,
  )) {
    take(u, e);
  }
  for (const { u, e } of await list(
    `SELECT CAST(c.meta_value AS UNSIGNED) AS u, b.meta_value AS e FROM wp_posts p
       JOIN wp_postmeta b ON b.post_id = p.ID AND b.meta_key = '_billing_email'
       JOIN wp_postmeta c ON c.post_id = p.ID AND c.meta_key = '_customer_user'
      WHERE p.post_type = 'shop_order'`,
  )) {
    take(u, e);
  }
  for (const { e } of await list(
    `SELECT 0 AS u, email AS e FROM wp_wc_customer_lookup WHERE user_id IS NULL AND email <> ''
     UNION ALL
     SELECT 0, comment_author_email FROM wp_comments WHERE comment_type = 'review' AND user_id = 0`,
  )) {
    take(0, e);
  }
  for (const { e } of await list(
    'SELECT 0 AS u, session_value AS e FROM wp_woocommerce_sessions',
  )) {
    for (const [, email = ''] of e.matchAll(/s:5:"email";s:\d+:"([^"]+@[^"]+)"/gu)) take(0, email);
  }
  const payers = new Set<string>();
  for (const { e } of await list(
    `SELECT 0 AS u, meta_value AS e FROM wp_wc_orders_meta WHERE meta_key = '_acme_gateway_payload'
     UNION ALL
     SELECT 0, m.meta_value FROM wp_postmeta m JOIN wp_posts p ON p.ID = m.post_id
      WHERE m.meta_key = '_acme_gateway_payload' AND p.post_type = 'shop_order'`,
  )) {
    for (const [, email = ''] of e.matchAll(/s:5:"email";s:\d+:"([^"]+)"/gu))
      payers.add(fold(email));
  }
  const blobs = new Set<string>();
  for (const { e } of await list(
    `SELECT 0 AS u, IFNULL(payer_mail, '') AS e FROM wp_acme_payers WHERE payer_mail <> ''`,
  )) {
    payers.add(fold(e));
  }
  for (const { e } of await list('SELECT 0 AS u, payer_blob AS e FROM wp_acme_payers')) {
    const { mail } = JSON.parse(String(openBlob(e))) as { mail: string };
    blobs.add(fold(mail));
  }
  const second = new Map<number, string>();
  for (const { u, e } of await list(
    `SELECT user_id AS u, meta_value AS e FROM wp_usermeta WHERE meta_key = '_acme_kyc'`,
  )) {
    const email = /"alt_email";s:\d+:"([^"]+)"/u.exec(e)?.[1];
    if (email !== undefined) second.set(u, fold(email));
  }
  return { accounts, uses, guests, payers, blobs, second };
}

/** How many people addresses without an account come to: each is an account's, or somebody of its own. */
function strangers(byHand: ByHand, addresses: Iterable<string>): Set<string> {
  const owned = new Set(byHand.accounts.values());
  return new Set(
    [...addresses].filter((address) => !owned.has(address) && byHand.uses.get(address)?.size !== 1),
  );
}

const addressesOf = (people: readonly PersonRecord[]): Set<string> =>
  new Set(
    people.flatMap(({ contact_points: points }) =>
      points.filter(({ kind }) => kind === 'email').map(({ value }) => fold(value)),
    ),
  );

test(
  'before the gateway is mapped: accounts, guests, carts of people who never ordered',
  { skip },
  async () => {
    const byHand = await countByHand();
    const { audience, people } = await resolve([]);
    const guests = strangers(byHand, byHand.guests);
    assert.equal(people.length, byHand.accounts.size + guests.size);
    const expected = new Set([
      ...byHand.accounts.values(),
      ...byHand.uses.keys(),
      ...byHand.guests,
    ]);
    assert.deepEqual([...addressesOf(people)].sort(), [...expected].sort());
    assert.equal(audience.counts?.staff, 1);
    assert.equal(audience.counts.unreachable, 0);
  },
);

test(
  'once it is mapped, with its decryptor: payers of blobs alone, second addresses in nested values',
  { skip },
  async () => {
    const byHand = await countByHand();
    const { audience, people } = await resolve(ACME);
    const unlinked = strangers(
      byHand,
      new Set([...byHand.guests, ...byHand.payers, ...byHand.blobs]),
    );
    const before = strangers(byHand, byHand.guests);
    assert.ok(unlinked.size > before.size, 'some people stand nowhere but in the gateway');
    assert.equal(people.length, byHand.accounts.size + unlinked.size);
    const expected = new Set([
      ...byHand.accounts.values(),
      ...byHand.uses.keys(),
      ...byHand.guests,
      ...byHand.payers,
      ...byHand.blobs,
      ...byHand.second.values(),
    ]);
    assert.deepEqual([...addressesOf(people)].sort(), [...expected].sort());
    for (const [userId, address] of byHand.second) {
      const person = people.find(({ user_id }) => user_id === userId);
      assert.ok(
        person?.contact_points.some(({ value }) => fold(value) === address),
        `the second address of account ${userId}`,
      );
    }
    assert.deepEqual(audience.counts?.unresolved_values, []);
  },
);

test('with a wrong key the same people are missing, and each value is told', { skip }, async () => {
  const right = DECRYPTORS.get('acme');
  DECRYPTORS.set('acme', { name: 'acme', open: () => null });
  try {
    const { audience } = await resolve(ACME);
    const [{ n } = { n: 0 }] = await pool.rows<{ n: number }>(
      'SELECT COUNT(*) AS n FROM wp_acme_payers',
    );
    assert.deepEqual(audience.counts?.unresolved_values, [{ key: 'own.acme-payers', count: n }]);
  } finally {
    if (right !== undefined) DECRYPTORS.set('acme', right);
  }
});
