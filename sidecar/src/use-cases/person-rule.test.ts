// The person rule, source rules and filters, each on a small shop in a real MariaDB whose truth is known.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { openAudienceStages } from '../adapters/audience-stage/open-audience-stages.ts';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openStoreReader } from '../adapters/store-database/open-store-reader.ts';
import { openStorePool, type StorePool } from '../adapters/store-database/store-pool.ts';
import {
  startTestServer,
  type TestServer,
  type TestShop,
} from '../adapters/store-database/test-shop.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import type { Audience, Scope } from '../contract/index.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import {
  addIncident,
  freezeScope,
  openPeople,
  scopeOf,
  sourcesOf,
  type SceneDeps,
  SHOP_IDENTITY,
} from './audience-scene.ts';
import { countAudience } from './count-audience.ts';
import { countingIds, fixedClock, seededRandomness } from './ports/fixed.ts';

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), 'tocsin-rule-'));
const opened: (OpenLedger | StorePool)[] = [];

before(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((open) => open.close()));
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Resolved = { audience: Audience; people: PersonRecord[] };

async function depsFor(shop: TestShop): Promise<SceneDeps> {
  const clock = fixedClock();
  const ledger = await openLedger({ file: ':memory:', clock });
  const pool = openStorePool(shop.config);
  opened.push(ledger, pool);
  const deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    shop: SHOP_IDENTITY,
    store: openStoreReader(pool),
    stages: openAudienceStages({ folder }),
    sources: sourcesOf(),
  };
  await addIncident(deps);
  return deps;
}

/** Frozen, and counted by a preview too: both must come to the same. */
async function resolve(shop: TestShop, scope: Scope): Promise<Resolved> {
  const deps = await depsFor(shop);
  const audience = await freezeScope(deps, scope);
  assert.equal(audience.problem, null);
  const counts = await countAudience(deps, { scope, onRows: () => Promise.resolve() });
  assert.equal(counts.hints, null, 'a count holds no values to compare');
  assert.deepEqual({ ...audience.counts, hints: null }, counts);
  assert.equal(counts.people, counts.reachable + counts.unreachable);
  assert.equal(counts.people, counts.guests + counts.registered);
  const people = await openPeople(deps);
  assert.equal(people.length, counts.people);
  const addresses = people.map(({ email }) => email?.toLowerCase()).filter((email) => email);
  assert.equal(new Set(addresses).size, addresses.length, 'an address stands twice');
  return { audience, people };
}

const EVERYONE = scopeOf({ preset: 'everyone', accounts: {}, orders: {} });
const ORDERS = scopeOf({ orders: {} });

const emails = (people: readonly PersonRecord[]): (string | null)[] =>
  people.map(({ email }) => email).sort();

/** Who is who: user id or address, with source, row and tie of each reason. */
function story(people: readonly PersonRecord[]): Record<string, string[]> {
  return Object.fromEntries(
    people
      .map((person): [string, string[]] => [
        person.user_id === 0 ? (person.email ?? 'nobody') : `user ${person.user_id}`,
        person.reasons.map(({ source, row, via }) => `${source} ${row} ${via}`),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

test('an order with the id of an existing user is that account, whatever address it carries', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann@example.com' });
  await shop.addHpos({ id: 10, customer: 5, email: 'alt.ann@example.com' });
  const { people } = await resolve(shop, EVERYONE);
  assert.deepEqual(story(people), {
    'user 5': ['accounts 5 account', 'orders_hpos 10 same_account'],
  });
  assert.equal(people[0]?.email, 'ann@example.com');
});

test("a guest's order belongs to the account with that e-mail in any letter case", async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'Ann@Example.com' });
  await shop.addHpos({ id: 10, email: 'ANN@EXAMPLE.COM' });
  await shop.addLegacy({ id: 11, email: ' ann@example.com ' });
  const { people } = await resolve(shop, ORDERS);
  assert.deepEqual(story(people), {
    'user 5': ['orders_hpos 10 account_address', 'orders_legacy 11 account_address'],
  });
  assert.equal(people[0]?.registered, true);
});

test("a guest's order belongs to the one account that alone has billed to that address", async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann@example.com', billing: { email: 'book@example.com' } });
  await shop.addUser({ id: 6, email: 'bob@example.com' });
  await shop.addHpos({ id: 10, customer: 6, email: 'bill@example.com' });
  await shop.addHpos({ id: 11, email: 'book@example.com' });
  await shop.addHpos({ id: 12, email: 'Bill@example.com' });
  const { people } = await resolve(shop, ORDERS);
  assert.deepEqual(story(people), {
    'user 5': ['orders_hpos 11 account_address'],
    'user 6': ['orders_hpos 10 same_account', 'orders_hpos 12 account_address'],
  });
});

test('an address that two accounts billed to stays a guest: accounts never merge through it', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann@example.com', billing: { email: 'home@example.com' } });
  await shop.addUser({ id: 6, email: 'bob@example.com', billing: { email: 'home@example.com' } });
  await shop.addHpos({ id: 10, email: 'home@example.com' });
  const { people } = await resolve(shop, EVERYONE);
  assert.deepEqual(emails(people), ['ann@example.com', 'bob@example.com', 'home@example.com']);
});

test('the e-mail of an account is stronger than the billing use by another', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann@example.com', billing: { email: 'bob@example.com' } });
  await shop.addUser({ id: 6, email: 'bob@example.com' });
  await shop.addHpos({ id: 10, email: 'bob@example.com' });
  const { people } = await resolve(shop, ORDERS);
  assert.deepEqual(story(people), { 'user 6': ['orders_hpos 10 account_address'] });
});

test("a guest's order whose two copies name different addresses is one person, told at the live one", async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann@example.com' });
  await shop.addHpos({ id: 10, email: 'new@example.com' });
  await shop.addLegacy({ id: 10, email: 'old@example.com' });
  await shop.addHpos({ id: 11, email: 'mia@example.com' });
  await shop.addLegacy({ id: 11, email: 'Ann@example.com' });
  const { people } = await resolve(shop, ORDERS);
  assert.equal(people.length, 3);
  assert.ok(people.some(({ email }) => email === 'ann@example.com'));
  assert.ok(people.some(({ email }) => email === 'mia@example.com'));
  const joined = people.find(({ contact_points: points }) =>
    points.some(({ value }) => value === 'new@example.com'),
  );
  assert.deepEqual(
    joined?.contact_points
      .filter(({ kind }) => kind === 'email')
      .map(({ value }) => value)
      .sort(),
    ['new@example.com', 'old@example.com'],
  );
});

test("the order of a deleted user is a guest's, known by its address", async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 10, customer: 99, email: 'gone@example.com' });
  await shop.addHpos({ id: 11, customer: 0, email: 'gone@example.com' });
  const { people } = await resolve(shop, ORDERS);
  assert.deepEqual(story(people), {
    'gone@example.com': ['orders_hpos 10 order', 'orders_hpos 11 order'],
  });
  assert.equal(people[0]?.registered, false);
});

test('an order without an address is a person of its own; one that names nobody is told and is nobody', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 10, email: null, first: 'Phone', last: 'Buyer' });
  await shop.addHpos({ id: 11, email: '' });
  const { audience, people } = await resolve(shop, ORDERS);
  assert.deepEqual(
    people.map(({ name, contactability }) => [name, contactability]),
    [['Phone Buyer', 'no_address']],
  );
  assert.deepEqual(audience.counts?.by_unreachable_reason, [{ key: 'no_address', count: 1 }]);
  const history = await resolve(shop, scopeOf({ orders: {}, data_classes: ['order_history'] }));
  assert.equal(history.people.length, 1);
  assert.deepEqual(history.audience.counts?.unlinked_rows, [{ key: 'orders_hpos', count: 1 }]);
});

test('a copy without anybody belongs to whom the other copy of its order belongs to', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann@example.com' });
  await shop.addHpos({ id: 10, email: 'ann@example.com' });
  await shop.addLegacy({ id: 10 });
  await shop.addHpos({ id: 11 });
  await shop.addLegacy({ id: 11, customer: 5 });
  const { people } = await resolve(
    shop,
    scopeOf({ orders: {}, data_classes: ['email', 'order_history'] }),
  );
  assert.equal(people.length, 1);
  assert.equal(people[0]?.orders, 2);
  assert.equal(people[0].reasons.length, 4);
});

test('accents, trailing spaces and letter case: only what folds to the same bytes is one person', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann.lee@example.com' });
  await shop.addHpos({ id: 10, email: 'ann.le\u00e9@example.com' });
  await shop.addHpos({ id: 11, email: 'ann.lee\u0301@example.com' });
  await shop.addHpos({ id: 12, email: 'ANN.LEE@example.com  ' });
  await shop.addHpos({ id: 13, email: 'ann.lee+shop@example.com' });
  const { people } = await resolve(shop, EVERYONE);
  const accented = people.find(({ contactability }) => contactability === 'invalid_address');
  assert.deepEqual(
    accented?.reasons.map(({ row }) => row),
    [10, 11],
    'composed and decomposed accents are one',
  );
  assert.deepEqual(
    people.find(({ user_id }) => user_id === 5)?.reasons.map(({ row }) => row),
    [5, 12],
  );
  assert.equal(people.length, 3);
});

test('the newest order speaks for a person whose account has no valid e-mail', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'not an address' });
  await shop.addHpos({
    id: 10,
    customer: 5,
    email: 'new@example.com',
    created: '2026-03-01 00:00:00',
  });
  await shop.addHpos({
    id: 11,
    customer: 5,
    email: 'old@example.com',
    created: '2026-01-01 00:00:00',
  });
  await shop.addHpos({ id: 12, customer: 5, email: 'broken@', created: '2026-04-01 00:00:00' });
  const { people } = await resolve(shop, scopeOf({ accounts: {} }));
  assert.deepEqual(emails(people), ['new@example.com']);
  const points = people[0]?.contact_points.filter(({ kind }) => kind === 'email');
  assert.deepEqual(
    points?.map(({ value, chosen }) => [value, chosen]),
    [
      ['not an address', false],
      ['broken@', false],
      ['new@example.com', true],
      ['old@example.com', false],
    ],
  );
});

test('two people with the same chosen address become one, and the reason says so', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'broken' });
  await shop.addUser({ id: 6, email: 'also broken' });
  await shop.addHpos({ id: 10, customer: 5, email: 'home@example.com' });
  await shop.addHpos({ id: 11, customer: 6, email: 'Home@example.com' });
  await shop.addHpos({ id: 12, email: 'home@example.com' });
  const { people } = await resolve(shop, EVERYONE);
  assert.deepEqual(story(people), {
    'user 5': [
      'accounts 5 account',
      'accounts 6 same_address',
      'orders_hpos 10 same_account',
      'orders_hpos 11 same_address',
      'orders_hpos 12 same_address',
    ],
  });
});

test('two accounts whose e-mails fold to the same are one person', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann@example.com' });
  await shop.addUser({ id: 6, email: 'ANN@example.com' });
  const { people } = await resolve(shop, EVERYONE);
  assert.deepEqual(story(people), { 'user 5': ['accounts 5 account', 'accounts 6 same_address'] });
});

test('anonymised orders are counted and nobody; a complete copy left in the other store is somebody', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 10, email: 'deleted@site.invalid', anonymised: true });
  await shop.addLegacy({ id: 10, email: 'left.behind@example.com' });
  await shop.addHpos({ id: 11, email: 'deleted@site.invalid' });
  await shop.addLegacy({ id: 12, email: null, anonymised: true });
  await shop.addHpos({ id: 13, email: null, type: 'shop_order_refund' });
  const { audience, people } = await resolve(shop, ORDERS);
  assert.deepEqual(story(people), { 'left.behind@example.com': ['orders_legacy 10 order'] });
  assert.equal(audience.counts?.anonymised_orders, 2);
  assert.equal(audience.counts.order_stores.differing, 1);
});

test('an account whose e-mail was erased is kept and said to be unreachable', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'deleted@site.invalid' });
  const { audience } = await resolve(shop, EVERYONE);
  assert.deepEqual(audience.counts?.by_unreachable_reason, [{ key: 'erased', count: 1 }]);
});

test('where the two stores differ, both copies are searched and the difference is counted', async () => {
  const shop = await server.makeShop();
  const same = { email: 'a@example.com', street: '1 Road', country: 'DE' };
  await shop.addHpos({ id: 10, ...same });
  await shop.addLegacy({ id: 10, ...same, email: 'A@Example.com' });
  await shop.addHpos({ id: 11, email: 'new@example.com' });
  await shop.addLegacy({ id: 11, email: 'old@example.com' });
  await shop.addHpos({ id: 12, email: 'b@example.com', status: 'wc-completed' });
  await shop.addLegacy({ id: 12, email: 'b@example.com', status: 'wc-pending' });
  await shop.addHpos({ id: 13, email: 'c@example.com', method: 'stripe' });
  await shop.addLegacy({ id: 13, email: 'c@example.com', method: 'paypal' });
  await shop.addHpos({ id: 14, email: 'd@example.com' });
  await shop.addLegacy({ id: 15, email: 'e@example.com' });
  const { audience, people } = await resolve(shop, ORDERS);
  assert.deepEqual(audience.counts?.order_stores, {
    orders: 6,
    hpos_only: 1,
    legacy_only: 1,
    both: 4,
    differing: 3,
  });
  assert.equal(people.length, 6);
  const paypal = await resolve(shop, scopeOf({ orders: { payment_methods: ['paypal'] } }));
  assert.deepEqual(story(paypal.people), {
    'c@example.com': ['orders_hpos 13 order', 'orders_legacy 13 order'],
  });
  const pending = await resolve(shop, scopeOf({ orders: { statuses: ['pending'] } }));
  assert.deepEqual(emails(pending.people), ['b@example.com']);
});

test('filters take exactly what they say: window, method, status, country', async () => {
  const shop = await server.makeShop();
  const order = (id: number, change: Record<string, unknown>): Promise<void> =>
    shop.addHpos({ id, email: `o${id}@example.com`, created: '2026-06-01 00:00:00', ...change });
  await order(1, { created: '2026-05-31 23:59:59' });
  await order(2, { created: '2026-06-01 00:00:00' });
  await order(3, { created: '2026-06-30 23:59:59' });
  await order(4, { created: '2026-07-01 00:00:00' });
  await order(5, { created: null });
  await order(6, { method: 'paypal', country: 'us', state: 'CA' });
  await order(7, { status: 'wc-checkout-draft', country: 'DE' });
  await order(8, { status: 'trash' });
  await order(9, { status: 'auto-draft' });
  const who = async (orders: object): Promise<string> =>
    emails((await resolve(shop, scopeOf({ orders }))).people)
      .map((email) => /\d+/.exec(email ?? '')?.[0])
      .join(' ');
  const window = { created_from: '2026-06-01T00:00:00Z', created_to: '2026-07-01T00:00:00Z' };
  assert.equal(await who({}), '1 2 3 4 5 6 7 8 9');
  assert.equal(await who(window), '2 3 6 7 8 9');
  assert.equal(await who({ created_from: '2026-06-01T02:00:00+02:00' }), '2 3 4 6 7 8 9');
  assert.equal(await who({ payment_methods: ['paypal', 'Stripe'] }), '6');
  assert.equal(await who({ statuses: ['checkout-draft', 'wc-trash'] }), '7 8');
  assert.equal(await who({ statuses: ['auto-draft'] }), '9');
  assert.equal(await who({ countries: ['US'] }), '6');
  assert.equal(await who({ countries: ['DE', 'US'], payment_methods: ['stripe'] }), '7');
  const { audience } = await resolve(shop, scopeOf({ orders: window }));
  assert.deepEqual(
    audience.counts?.unread.map(({ code }) => code),
    ['scope.undated_orders'],
  );
  const byCountry = (await resolve(shop, ORDERS)).audience.counts?.by_country;
  assert.deepEqual(byCountry, [
    { key: 'unknown', count: 7 },
    { key: 'DE', count: 1 },
    { key: 'US-CA', count: 1 },
  ]);
});

test('accounts are filtered by registration and billing country, orders of others still find their account', async () => {
  const shop = await server.makeShop();
  await shop.addUser({
    id: 1,
    email: 'a@example.com',
    registered: '2026-01-01 00:00:00',
    billing: { country: 'FR' },
  });
  await shop.addUser({
    id: 2,
    email: 'b@example.com',
    registered: '2026-02-01 00:00:00',
    billing: { country: 'FR' },
  });
  await shop.addUser({ id: 3, email: 'c@example.com', registered: '0000-00-00 00:00:00' });
  await shop.addHpos({ id: 10, email: 'A@example.com' });
  const { people, audience } = await resolve(
    shop,
    scopeOf({
      accounts: { registered_from: '2026-02-01T00:00:00Z', countries: ['FR'] },
      orders: {},
    }),
  );
  assert.deepEqual(story(people), {
    'user 1': ['orders_hpos 10 account_address'],
    'user 2': ['accounts 2 account'],
  });
  assert.deepEqual(audience.counts?.by_source, [
    { key: 'accounts', count: 1 },
    { key: 'orders_hpos', count: 1 },
  ]);
});

test('lists add people whatever the filters say, and the exclude list wins', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'a@example.com', first: 'Ann' });
  await shop.addUser({ id: 2, email: 'b@example.com' });
  await shop.addHpos({ id: 10, email: 'guest@example.com', first: 'Gus', country: 'DE' });
  await shop.addHpos({ id: 11, email: 'out@example.com' });
  await shop.addHpos({ id: 12, customer: 2, email: 'alias@example.com' });
  await shop.addHpos({ id: 13, email: 'deleted@site.invalid' });
  const include = {
    emails: ['Guest@Example.com', 'stranger@example.com', 'ALIAS@example.com', 'no-address'],
    order_ids: [11, 13, 404],
    user_ids: [1, 405],
  };
  const listed = await resolve(shop, scopeOf({ preset: 'list', include }));
  assert.deepEqual(story(listed.people), {
    nobody: ['list 0 listed'],
    'guest@example.com': ['list 0 listed'],
    'out@example.com': ['orders_hpos 11 order', 'list 0 listed'],
    'stranger@example.com': ['list 0 listed'],
    'user 1': ['accounts 1 account', 'list 0 listed'],
    'user 2': ['list 0 listed'],
  });
  const gus = listed.people.find(({ email }) => email === 'guest@example.com');
  assert.deepEqual([gus?.name, gus?.country, gus?.first_name], ['Gus', 'DE', 'Gus']);
  assert.equal(listed.people.find(({ user_id }) => user_id === 2)?.email, 'b@example.com');
  assert.equal(listed.audience.counts?.anonymised_orders, 1);
  assert.deepEqual(listed.audience.counts.by_unreachable_reason, [
    { key: 'invalid_address', count: 1 },
  ]);
  assert.deepEqual(
    listed.audience.counts.unread.map(({ code }) => code),
    ['scope.listed_accounts_not_found', 'scope.listed_orders_not_found'],
  );
  const cases: [object, string[]][] = [
    [{ emails: ['GUEST@example.com'] }, ['a@example.com', 'b@example.com', 'out@example.com']],
    [{ emails: ['alias@example.com'] }, ['a@example.com', 'guest@example.com', 'out@example.com']],
    [{ order_ids: [12] }, ['a@example.com', 'guest@example.com', 'out@example.com']],
    [{ order_ids: [10], user_ids: [1] }, ['b@example.com', 'out@example.com']],
  ];
  for (const [exclude, left] of cases) {
    const everyone = {
      accounts: {},
      orders: {},
      exclude,
      include: { emails: ['guest@example.com'] },
    };
    assert.deepEqual(emails((await resolve(shop, scopeOf(everyone))).people), left);
  }
});

test('excluding one of two people with the same address excludes the address', async () => {
  const shop = await server.makeShop();
  await shop.addUser({ id: 5, email: 'ann@example.com' });
  await shop.addUser({ id: 6, email: 'Ann@example.com' });
  const { people } = await resolve(shop, scopeOf({ accounts: {}, exclude: { user_ids: [6] } }));
  assert.deepEqual(people, []);
});

test('a reason holds the classes its row really has, of those the scope names', async () => {
  const shop = await server.makeShop();
  await shop.addUser({
    id: 5,
    email: 'ann@example.com',
    meta: { session_tokens: 'a:1:{s:2:"ab";i:1;}' },
  });
  await shop.addHpos({
    id: 10,
    customer: 5,
    email: 'ann@example.com',
    phone: '+1',
    note: 'ring',
    ip: '',
  });
  await shop.addLegacy({ id: 11, customer: 5, street: '1 Road', ip: '192.0.2.1' });
  const { audience, people } = await resolve(
    shop,
    scopeOf({
      accounts: {},
      orders: {},
      data_classes: [
        'email',
        'phone',
        'postal_address',
        'ip_address',
        'order_history',
        'free_text',
        'credentials_hash',
        'payment_card',
      ],
    }),
  );
  assert.deepEqual(
    people[0]?.reasons.map(({ data_classes }) => data_classes),
    [
      ['email', 'payment_card', 'credentials_hash', 'ip_address'],
      ['email', 'phone', 'payment_card', 'order_history', 'free_text'],
      ['postal_address', 'payment_card', 'ip_address', 'order_history'],
    ],
  );
  assert.ok(audience.counts?.by_data_class.every(({ count }) => count === 1));
});

test('a plain WordPress gives its accounts, and says that orders could not be read when they were asked for', async () => {
  const shop = await server.makeShop({ woocommerce: false });
  await shop.addUser({ id: 5, email: 'ann@example.com' });
  const accounts = await resolve(shop, scopeOf({ accounts: {} }));
  assert.deepEqual([accounts.people.length, accounts.audience.counts?.unread], [1, []]);
  const both = await resolve(shop, EVERYONE);
  assert.deepEqual(
    both.audience.counts?.unread.map(({ code }) => code),
    ['store.hpos_missing'],
  );
});

test('name, country and address come from the newest order in scope', async () => {
  const shop = await server.makeShop();
  await shop.addUser({
    id: 5,
    email: 'ann@example.com',
    display: 'Annie',
    billing: { country: 'IT' },
  });
  await shop.addHpos({
    id: 10,
    customer: 5,
    first: 'Ann',
    last: 'Old',
    country: 'FR',
    created: '2026-01-01 00:00:00',
  });
  await shop.addLegacy({
    id: 11,
    customer: 5,
    first: 'Ann',
    last: 'New',
    country: 'US',
    state: 'NY',
    created: '2026-02-01 00:00:00',
  });
  const find = async (part: Parameters<typeof scopeOf>[0]): Promise<unknown[]> =>
    (await resolve(shop, scopeOf(part))).people.map(({ name, country, orders }) => [
      name,
      country,
      orders,
    ]);
  assert.deepEqual(await find({ orders: {} }), [['Ann New', 'US-NY', 2]]);
  assert.deepEqual(await find({ orders: { countries: ['FR'] } }), [['Ann Old', 'FR', 1]]);
  assert.deepEqual(await find({ accounts: {} }), [['Annie', 'IT', 0]]);
});
