// Whatever the finder names is read and judged afterwards: these tests hold that nothing is left out, and that it is found
// by index.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { NarrowFinder } from '../../use-cases/ports/store-reader.ts';
import { openStoreReader } from './open-store-reader.ts';
import { openStorePool } from './store-pool.ts';
import { startTestServer, type TestServer, type TestShop } from './test-shop.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function finding<T>(shop: TestShop, work: (find: NarrowFinder) => Promise<T>): Promise<T> {
  const pool = openStorePool(shop.config);
  try {
    return await openStoreReader(pool).withSnapshot((snapshot) => work(snapshot.find));
  } finally {
    await pool.close();
  }
}

const NOVEMBER = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-12-01T00:00:00.000Z',
  paymentMethods: [] as string[],
};

test('orders of a window in both stores, with those whose day is not known', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 1, created: '2026-11-01 00:00:00' });
  await shop.addHpos({ id: 2, created: '2026-10-31 23:59:59' });
  await shop.addHpos({ id: 3, created: '2026-11-30 23:59:59', method: 'paypal' });
  await shop.addHpos({ id: 4, created: null });
  await shop.addHpos({ id: 5, created: '0000-00-00 00:00:00' });
  await shop.addHpos({ id: 6, created: '2026-12-02 00:00:00' });
  await shop.addLegacy({ id: 11, created: '2026-11-15 10:00:00', local: '2026-11-15 20:00:00' });
  await shop.addLegacy({ id: 12, created: '2026-09-15 10:00:00', local: '2026-09-15 10:00:00' });
  await shop.addLegacy({ id: 13, created: '2026-10-31 23:00:00', local: '2026-11-01 01:00:00' });
  await shop.addLegacy({
    id: 14,
    created: null,
    modified: '2026-11-05 00:00:00',
    local: '2026-01-01 00:00:00',
    status: 'draft',
  });
  await shop.addLegacy({ id: 15, created: '2026-11-05 00:00:00' });
  await shop.addLegacy({
    id: 16,
    created: '2026-11-05 00:00:00',
    local: '2026-11-05 00:00:00',
    type: 'page',
  });
  await shop.addLegacy({
    id: 17,
    created: '2026-11-05 00:00:00',
    local: '2026-11-05 00:00:00',
    method: 'paypal',
  });
  await finding(shop, async (find) => {
    assert.deepEqual(await find.orderIds(NOVEMBER, 100), [1, 3, 4, 5, 11, 13, 14, 15, 17]);
    assert.deepEqual(
      await find.orderIds({ ...NOVEMBER, paymentMethods: ['paypal'] }, 100),
      [3, 17],
    );
    assert.deepEqual(
      await find.orderIds({ ...NOVEMBER, from: null }, 100),
      [1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 17],
    );
    assert.equal(await find.orderIds(NOVEMBER, 8), null);
    assert.equal(
      await find.orderIds({ from: null, to: null, paymentMethods: ['paypal'] }, 100),
      null,
    );
  });
  await shop.exec('ALTER TABLE wp_wc_orders DROP INDEX date_created');
  assert.equal(await finding(shop, (find) => find.orderIds(NOVEMBER, 100)), null);
});

test('accounts by their own address, their address book and their orders, in any letter case', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'Own@Example.com' });
  await shop.addUser({ id: 2, email: 'x@example.com', billing: { email: 'BOOK@example.com' } });
  await shop.addUser({ id: 9, email: 'ówn@example.com' });
  await shop.addHpos({
    id: 20,
    customer: 3,
    email: 'x@example.com',
    orderEmail: 'Row@example.com',
  });
  await shop.addHpos({
    id: 21,
    customer: 4,
    email: 'Address@example.com',
    orderEmail: 'y@example.com',
  });
  await shop.addHpos({ id: 22, customer: 0, email: 'own@example.com' });
  await shop.addLegacy({ id: 23, customer: 5, email: 'Post@example.com' });
  const emails = [
    'own@example.com',
    ' book@Example.com',
    'row@example.com',
    'ADDRESS@example.com',
    'post@example.com',
    '',
  ];
  const found = await finding(shop, (find) => find.accountsUsing(emails));
  // Number 9 is one too many, by the collation: it is read and told apart.
  assert.deepEqual(
    found.filter((id) => id !== 9),
    [1, 2, 3, 4, 5],
  );
  await shop.exec('ALTER TABLE wp_users CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  assert.deepEqual(await finding(shop, (find) => find.accountsUsing(['own@example.com'])), [1]);
  assert.deepEqual(await finding(shop, (find) => find.accountsUsing([])), []);
});

test('all orders of accounts, in both stores', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 1, customer: 7 });
  await shop.addHpos({ id: 2, customer: 8 });
  await shop.addLegacy({ id: 3, customer: 7 });
  await shop.addLegacy({ id: 4, customer: 77 });
  assert.deepEqual(await finding(shop, (find) => find.ordersOfAccounts([7, 9])), [1, 3]);
});
