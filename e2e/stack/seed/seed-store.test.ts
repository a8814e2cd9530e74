// The seeded rows, counted by plain SQL, agree with the truth that was written down beside them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startStore } from '../store.ts';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { CUSTOMER_KINDS } from './person-kinds.ts';
import { seedStore } from './seed-store.ts';
import type { Truth, TruePerson } from './truth.ts';

const PEOPLE = 500;
const NOW = new Date('2026-11-20T12:00:00Z');
const NOBODY = 'deleted@site.invalid';

async function seededStore(): Promise<{ store: Store; truth: Truth }> {
  const store = await startStore({
    name: 'seed',
    prefix: 'shop7_',
    plugin: 'none',
    woocommerce: 'schema',
  });
  const truthFile = join(store.folder, 'truth.ndjson');
  return {
    store,
    truth: await seedStore({ store, people: PEOPLE, seed: 11, now: NOW, truthFile }),
  };
}

describe('a seeded store', () => {
  let store: Store;
  let truth: Truth;
  const people: TruePerson[] = [];

  before(async () => {
    ({ store, truth } = await seededStore());
    for await (const person of truth.people()) people.push(person);
  });

  after(async () => {
    await store.stop();
  });

  async function count(from: string): Promise<number> {
    const [row] = await store.sql(`SELECT COUNT(*) AS found FROM ${from}`);
    return Number(row?.['found']);
  }

  async function counts(sql: string): Promise<Record<string, number>> {
    const rows = await store.sql(sql);
    return Object.fromEntries(rows.map((row) => [String(row['name']), Number(row['found'])]));
  }

  test('has as many people as asked for, of every kind', () => {
    assert.equal(people.filter((person) => person.kind !== 'staff').length, PEOPLE);
    assert.equal(truth.totals.people, PEOPLE);
    assert.equal(truth.totals.withAddress + truth.totals.withoutAddress, PEOPLE);
    for (const kind of CUSTOMER_KINDS) assert.ok((truth.totals.byKind[kind] ?? 0) > 0, kind);
  });

  test('has the accounts, orders, refunds and erased orders of the truth', async () => {
    const { totals } = truth;
    const inHpos = (totals.ordersByStore['hpos'] ?? 0) + (totals.ordersByStore['both'] ?? 0);
    const inLegacy = (totals.ordersByStore['legacy'] ?? 0) + (totals.ordersByStore['both'] ?? 0);
    assert.equal(await count('shop7_users'), totals.accounts + totals.staff);
    assert.equal(
      await count(`shop7_wc_orders WHERE type = 'shop_order' AND billing_email <> '${NOBODY}'`),
      inHpos,
    );
    assert.equal(await count("shop7_posts WHERE post_type = 'shop_order'"), inLegacy);
    assert.equal(
      await count(
        `shop7_posts p LEFT JOIN shop7_wc_orders o ON o.id = p.ID
         WHERE p.post_type = 'shop_order' AND o.id IS NULL`,
      ),
      totals.ordersByStore['legacy'],
    );
    const refunds = people.flatMap((person) => person.orders.flatMap((order) => order.refundIds));
    assert.equal(refunds.length, totals.refunds);
    assert.equal(await count(`shop7_posts WHERE ID IN (${refunds.join(',')})`), refunds.length);
    assert.equal(
      await count("shop7_wc_orders_meta WHERE meta_key = '_anonymized' AND meta_value = 'yes'"),
      totals.anonymisedOrders,
    );
  });

  test('gives refunds no customer and no address', async () => {
    const refunds = await store.sql(
      "SELECT customer_id, billing_email FROM shop7_wc_orders WHERE type = 'shop_order_refund'",
    );
    assert.ok(refunds.length > 0);
    for (const refund of refunds) {
      assert.deepEqual({ ...refund }, { customer_id: null, billing_email: null });
    }
  });

  test('has the orders of the truth by status, payment method and country', async () => {
    const union = `
      SELECT o.id, o.status, o.payment_method AS method, a.country FROM shop7_wc_orders o
      JOIN shop7_wc_order_addresses a ON a.order_id = o.id AND a.address_type = 'billing'
      WHERE o.type = 'shop_order' AND o.billing_email <> '${NOBODY}'
      UNION
      SELECT p.ID, p.post_status, m.meta_value, c.meta_value FROM shop7_posts p
      JOIN shop7_postmeta m ON m.post_id = p.ID AND m.meta_key = '_payment_method'
      JOIN shop7_postmeta c ON c.post_id = p.ID AND c.meta_key = '_billing_country'
      WHERE p.post_type = 'shop_order'`;
    const by = (column: string): Promise<Record<string, number>> =>
      counts(`SELECT ${column} AS name, COUNT(*) AS found FROM (${union}) u GROUP BY ${column}`);
    assert.deepEqual(sorted(await by('status')), sorted(truth.totals.ordersByStatus));
    assert.deepEqual(sorted(await by('method')), sorted(truth.totals.ordersByPaymentMethod));
    assert.deepEqual(sorted(await by('country')), sorted(truth.totals.ordersByCountry));
  });

  test('holds exactly the addresses of the truth, byte for byte', async () => {
    const rows = await store.sql(`
      SELECT DISTINCT CAST(email AS BINARY) AS email FROM (
        SELECT user_email AS email FROM shop7_users
        UNION ALL SELECT billing_email FROM shop7_wc_orders WHERE billing_email IS NOT NULL
        UNION ALL SELECT meta_value FROM shop7_postmeta WHERE meta_key = '_billing_email'
      ) found`);
    const stored = new Set(rows.map((row) => String(row['email'])));
    stored.delete('');
    stored.delete(NOBODY);
    assert.deepEqual([...stored].toSorted(), people.flatMap((each) => each.addresses).toSorted());
  });

  test('never gives one address to two people, whatever its case', () => {
    const owner = new Map<string, string>();
    for (const person of people) {
      for (const address of person.addresses) {
        const known = owner.get(address.toLowerCase()) ?? person.id;
        assert.equal(known, person.id, `${person.kind} shares an address`);
        owner.set(address.toLowerCase(), person.id);
      }
    }
  });

  test('expects the account address, else the one of the newest order', async () => {
    const newest = await store.sql(`
      SELECT LOWER(billing_email) AS person, billing_email AS email FROM (
        SELECT billing_email, ROW_NUMBER() OVER (
          PARTITION BY LOWER(billing_email) ORDER BY date_created_gmt DESC, id DESC) AS place
        FROM shop7_wc_orders WHERE type = 'shop_order' AND customer_id = 0) ranked
      WHERE place = 1`);
    const byAddress = new Map(newest.map((row) => [String(row['person']), row['email']]));
    const accounts = await store.sql('SELECT ID AS id, user_email AS email FROM shop7_users');
    const byUser = new Map(accounts.map((row) => [Number(row['id']), row['email']]));
    for (const person of people) {
      if (person.userId !== null) assert.equal(person.contact, byUser.get(person.userId));
      else if (person.kind === 'guest-without-address') assert.equal(person.contact, null);
      else if (person.kind !== 'guest-legacy-only') {
        const contact = person.contact ?? '';
        assert.equal(contact, byAddress.get(contact.toLowerCase()), person.kind);
      }
    }
  });

  test('keeps edited orders different in the two stores', async () => {
    const edited = people.filter((person) => person.kind.endsWith('edited-in-one-store'));
    assert.equal(
      await count(
        `shop7_wc_orders o JOIN shop7_postmeta m ON m.post_id = o.id AND m.meta_key = '_billing_email'
         WHERE CAST(o.billing_email AS BINARY) <> CAST(m.meta_value AS BINARY)`,
      ),
      edited.length,
    );
  });

  test('has names in many scripts that survive the database', async () => {
    const rows = await store.sql('SELECT ID AS id, display_name AS name FROM shop7_users');
    const stored = new Map(rows.map((row) => [Number(row['id']), row['name']]));
    for (const person of people) {
      if (person.userId !== null) assert.equal(stored.get(person.userId), person.name);
    }
    assert.ok(new Set(people.map((person) => person.script)).size >= 12);
  });

  test('refuses to be seeded twice', async () => {
    const truthFile = join(store.folder, 'second.ndjson');
    await assert.rejects(seedStore({ store, people: 5, truthFile }), (error) => {
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, 'already_seeded');
      return true;
    });
  });

  test('is the same again for the same seed', async () => {
    const again = await seededStore();
    try {
      assert.equal(await readFile(again.truth.file, 'utf8'), await readFile(truth.file, 'utf8'));
      const tables = ['wc_orders', 'wc_order_stats', 'wc_customer_lookup', 'posts', 'postmeta'];
      const sql = `CHECKSUM TABLE ${tables.map((table) => `shop7_${table}`).join(', ')}`;
      const sums = (rows: readonly Readonly<Record<string, unknown>>[]): unknown[] =>
        rows.map((row) => row['Checksum']);
      assert.deepEqual(sums(await again.store.sql(sql)), sums(await store.sql(sql)));
    } finally {
      await again.store.stop();
    }
  });
});

function sorted(given: Record<string, number>): [string, number][] {
  return Object.entries(given).toSorted(([a], [b]) => a.localeCompare(b));
}
