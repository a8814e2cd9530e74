// The person rule for everything besides accounts and orders: who a payer, a recipient, a subscriber or a cart is.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openAudienceStages } from '../adapters/audience-stage/open-audience-stages.ts';
import { openLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import type { Audience, Scope } from '../contract/index.ts';
import { classBits } from '../domain/audience/held-classes.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import {
  addIncident,
  freezeScope,
  openPeople,
  scopeOf,
  SHOP_IDENTITY,
  sourcesOf,
} from './audience-scene.ts';
import { countAudience } from './count-audience.ts';
import { countingIds, fixedClock, seededRandomness } from './ports/fixed.ts';
import {
  accountOf,
  mentionOf,
  orderOf,
  placeOf,
  readerOf,
  sourceOf,
  type SceneShop,
} from './shop-scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-mentions-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ALL_CLASSES = ['name', 'email', 'phone', 'postal_address', 'payment_token', 'ip_address'];

/** One key for all incidents of these tests: what differs between two of them is then not the key. */
const WRAPPED_KEY = openVault({ masterKey: new Uint8Array(32) }).createKey();

type Resolved = { audience: Audience; people: PersonRecord[]; hints: [string, number[]][] };

async function resolve(
  shop: SceneShop,
  part: Record<string, unknown> = {},
  sources = [...new Set((shop.mentions ?? []).map(({ source }) => source))].map((id) =>
    sourceOf(id),
  ),
): Promise<Resolved> {
  const clock = fixedClock();
  const ledger = await openLedger({ file: ':memory:', clock });
  const deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    shop: SHOP_IDENTITY,
    store: readerOf(shop),
    stages: openAudienceStages({ folder }),
    sources: sourcesOf(...sources),
  };
  await addIncident(deps, { wrappedKey: WRAPPED_KEY });
  const scope: Scope = scopeOf({
    accounts: {},
    orders: {},
    sources: {},
    data_classes: ALL_CLASSES,
    ...part,
  });
  const audience = await freezeScope(deps, scope);
  assert.equal(audience.problem, null);
  const counts = await countAudience(deps, { scope, onRows: () => Promise.resolve() });
  assert.deepEqual({ ...audience.counts, hints: null }, counts);
  const people = await openPeople(deps);
  assert.equal(people.length, counts.people);
  const hints = await ledger.tables.selectFrom('hints').selectAll().orderBy('id').execute();
  await ledger.close();
  return {
    audience,
    people,
    hints: hints.map(({ kind, people_json }) => [kind, JSON.parse(people_json) as number[]]),
  };
}

/** Who is who: user id, address or name, with role, source, row, tie and strength of each reason. */
function story(people: readonly PersonRecord[]): Record<string, string[]> {
  return Object.fromEntries(
    people.map((person): [string, string[]] => [
      person.user_id === 0 ? (person.email ?? person.name) : `user ${person.user_id}`,
      person.reasons.map(({ source, row, role, via, strength }) =>
        [source, row, role, via, strength].join(' '),
      ),
    ]),
  );
}

const ANN = orderOf({
  orderId: 1,
  emails: ['ann@example.com'],
  firstName: 'Ann',
  lastName: 'Lee',
  postal: placeOf({ line1: '1 Road', city: 'Town', postcode: '11111', country: 'DE' }),
});

test('a payer with an address of his own is a person of his own, and the buyer where it is the same', async () => {
  const { people } = await resolve({
    orders: [ANN],
    mentions: [
      mentionOf({
        source: 'paypal.payer',
        row: '1',
        role: 'payer',
        orderId: 1,
        emails: ['pay@example.com'],
      }),
      mentionOf({
        source: 'square.payer',
        row: '1',
        role: 'payer',
        orderId: 1,
        emails: ['ANN@example.com'],
      }),
    ],
  });
  assert.deepEqual(story(people), {
    'ann@example.com': ['orders_hpos 1 buyer order same', 'square.payer 1 payer row likely'],
    'pay@example.com': ['paypal.payer 1 payer row same'],
  });
  assert.deepEqual(people.find(({ email }) => email === 'pay@example.com')?.roles, ['payer']);
});

test("a buyer's second address in nested data is the same person, with both addresses", async () => {
  const { people } = await resolve({
    orders: [ANN],
    mentions: [
      mentionOf({ source: 'own.acme', row: '1', orderId: 1, emails: ['second@example.com'] }),
    ],
  });
  assert.deepEqual(story(people), {
    'ann@example.com': ['orders_hpos 1 buyer order same', 'own.acme 1 buyer same_order same'],
  });
  assert.deepEqual(
    people[0]?.contact_points
      .filter(({ kind }) => kind === 'email')
      .map(({ value, origin, why }) => [value, origin, why]),
    [
      ['ann@example.com', 'billing', 'newest_order'],
      ['second@example.com', 'own.acme', ''],
    ],
  );
});

test('whoever an order ships to is somebody else, once, unless name or address is the buyer’s', async () => {
  const mum = {
    firstName: 'Mary',
    lastName: 'Smith',
    phone: '',
    postal: placeOf({ line1: '9 Lane', city: 'Village', postcode: '22222', country: 'DE' }),
  };
  const { people, audience } = await resolve({
    orders: [
      { ...ANN, shipping: mum },
      orderOf({
        ...ANN,
        orderId: 2,
        shipping: { ...mum, firstName: 'MARY', postal: { ...mum.postal, line1: '9  lane' } },
      }),
      orderOf({ ...ANN, orderId: 3, shipping: { ...mum, firstName: 'Ann', lastName: 'Lee' } }),
      orderOf({ ...ANN, orderId: 4, shipping: { ...mum, postal: ANN.postal } }),
      orderOf({ orderId: 5, emails: ['bob@example.com'], firstName: 'Bob', shipping: mum }),
    ],
  });
  assert.deepEqual(story(people)['Mary Smith'], [
    'orders_hpos 1 shipping_contact same_contact likely',
    'orders_hpos 2 shipping_contact same_contact likely',
    'orders_hpos 5 shipping_contact same_contact likely',
  ]);
  assert.equal(people.length, 3);
  const found = people.find(({ name }) => name === 'Mary Smith');
  assert.equal(found?.contactability, 'no_address');
  assert.deepEqual(audience.counts?.by_channel, [
    { key: 'email', count: 2 },
    { key: 'postal_address', count: 1 },
  ]);
  assert.deepEqual(found.data_classes, ['name', 'postal_address']);
});

test('a cart of somebody who never ordered, a subscriber, a reviewer: people by their addresses', async () => {
  const { people, audience } = await resolve({
    accounts: [accountOf({ userId: 5, email: 'sub@example.com' })],
    mentions: [
      mentionOf({ source: 'wc.sessions', row: 't_1', emails: ['cart@example.com'], at: 5 }),
      mentionOf({
        source: 'mailpoet.subscribers',
        row: '7',
        role: 'subscriber',
        emails: ['SUB@example.com'],
      }),
      mentionOf({
        source: 'wc.reviews',
        row: '8',
        role: 'reviewer',
        userId: 5,
        emails: ['other@example.com'],
      }),
      mentionOf({
        source: 'wf.hits',
        row: '9',
        ipAddress: '192.0.2.1',
        classes: classBits(['ip_address']),
      }),
    ],
  });
  assert.deepEqual(story(people), {
    'user 5': [
      'accounts 5 buyer account same',
      'mailpoet.subscribers 7 subscriber account_address likely',
      'wc.reviews 8 reviewer same_account same',
    ],
    'cart@example.com': ['wc.sessions t_1 buyer row same'],
  });
  assert.deepEqual(audience.counts?.unlinked_rows, [{ key: 'wf.hits', count: 1 }]);
  assert.deepEqual(audience.counts.by_role, [
    { key: 'buyer', count: 2 },
    { key: 'reviewer', count: 1 },
    { key: 'subscriber', count: 1 },
  ]);
});

test('one customer of a gateway is one person, but not over two accounts or two names: then it is a hint', async () => {
  const guest = (orderId: number, email: string, firstName: string) =>
    orderOf({ orderId, emails: [email], firstName, lastName: 'Lee' });
  const cus = (orderId: number, id: string) =>
    mentionOf({ source: 'stripe.order-meta', row: String(orderId), orderId, gatewayIds: [id] });
  const { people, hints, audience } = await resolve({
    accounts: [
      accountOf({ userId: 5, email: 'five@example.com' }),
      accountOf({ userId: 6, email: 'six@example.com' }),
    ],
    orders: [
      guest(1, 'ann@example.com', 'Ann'),
      guest(2, 'ann.lee@example.org', 'Ann'),
      guest(3, 'bob@example.com', 'Bob'),
      guest(4, 'rob@example.com', 'Rob'),
      orderOf({ orderId: 7, customerId: 5 }),
      orderOf({ orderId: 8, customerId: 6 }),
    ],
    mentions: [
      cus(1, 'stripe:cus_1'),
      cus(2, 'stripe:cus_1'),
      cus(3, 'stripe:cus_2'),
      cus(4, 'stripe:cus_2'),
      cus(7, 'stripe:cus_3'),
      cus(8, 'stripe:cus_3'),
    ],
  });
  assert.equal(people.length, 5);
  const ann = people.find(({ contact_points }) => contact_points.length === 2);
  assert.deepEqual(ann?.reasons.map(({ via, strength }) => `${via} ${strength}`).sort(), [
    'gateway_id likely',
    'gateway_id likely',
    'order same',
    'same_order same',
  ]);
  const named = hints
    .filter(([kind]) => kind === 'gateway_id')
    .map(([, numbers]) => numbers.map((number) => people[number]?.email).sort());
  assert.deepEqual(named.sort(), [
    ['bob@example.com', 'rob@example.com'],
    ['five@example.com', 'six@example.com'],
  ]);
  assert.equal(audience.counts?.hints, 2);
});

test('the same phone, a plus address, the same name and postcode are hints, never merges', async () => {
  const place = placeOf({ postcode: 'AB1 2CD', country: 'GB' });
  const { people, hints } = await resolve({
    orders: [
      orderOf({ orderId: 1, emails: ['ann@example.com'], phone: '+44 20 7946 0018' }),
      orderOf({ orderId: 2, emails: ['other@example.com'], phone: '020 7946 0018' }),
      orderOf({ orderId: 3, emails: ['a.nn+shop@example.com'] }),
      orderOf({
        orderId: 4,
        emails: ['x@example.com'],
        firstName: 'Sam',
        lastName: 'Oak',
        postal: place,
      }),
      orderOf({
        orderId: 5,
        emails: ['y@example.com'],
        firstName: 'SAM',
        lastName: 'Oak',
        postal: { ...place, postcode: 'ab12cd' },
      }),
      orderOf({ orderId: 6, emails: ['z@example.com'], phone: '000000000' }),
      orderOf({ orderId: 7, emails: ['w@example.com'], phone: '000000000' }),
    ],
  });
  assert.equal(people.length, 7);
  const named = hints.map(([kind, numbers]) => [
    kind,
    ...numbers.map((number) => people[number]?.email).sort(),
  ]);
  assert.deepEqual(named, [
    ['phone', 'ann@example.com', 'other@example.com'],
    ['loose_address', 'a.nn+shop@example.com', 'ann@example.com'],
    ['name_postcode', 'x@example.com', 'y@example.com'],
  ]);
});

test("the shop's own people are counted apart, unless they bought or are asked for", async () => {
  const shop = {
    accounts: [
      accountOf({ userId: 1, email: 'admin@example.com', staff: true }),
      accountOf({ userId: 2, email: 'manager@example.com', staff: true }),
      accountOf({ userId: 3, email: 'ann@example.com' }),
    ],
    orders: [orderOf({ orderId: 9, customerId: 2, firstName: 'Mona' })],
  };
  const all = await resolve(shop);
  assert.deepEqual(
    all.people.map(({ user_id }) => user_id),
    [2, 3],
  );
  assert.equal(all.audience.counts?.staff, 1);
  const staff = await resolve(shop, { orders: null, roles: ['staff'] });
  assert.deepEqual(
    staff.people.map(({ user_id, roles }) => [user_id, roles]),
    [
      [1, ['staff']],
      [2, ['staff']],
    ],
  );
});

test('what outlives the erasure of an order is told by class, and is nobody', async () => {
  const { people, audience } = await resolve(
    {
      orders: [
        orderOf({
          orderId: 1,
          anonymised: true,
          emails: ['deleted@site.invalid'],
          firstName: '[deleted]',
          phone: '000-000',
          ipAddress: '192.0.2.0',
          holds: { ipAddress: true, device: false, freeText: true },
        }),
      ],
      mentions: [
        mentionOf({
          source: 'paypal.payer',
          row: '1',
          role: 'payer',
          orderId: 1,
          emails: ['left@example.com'],
          classes: classBits(['email']),
        }),
      ],
    },
    { data_classes: [...ALL_CLASSES, 'free_text'] },
  );
  assert.deepEqual(people, []);
  assert.equal(audience.counts?.anonymised_orders, 1);
  assert.deepEqual(audience.counts.anonymised_remains, [
    { key: 'email', count: 1 },
    { key: 'free_text', count: 1 },
  ]);
});

test('values that could not be read are figures of their source', async () => {
  const { audience } = await resolve({
    mentions: [mentionOf({ source: 'own.acme', row: '1', emails: ['a@example.com'] })],
    unresolved: { 'own.acme': 3 },
  });
  assert.deepEqual(audience.counts?.unresolved_values, [{ key: 'own.acme', count: 3 }]);
});

test('rows that only add classes bring in whom their order or account belongs to, with his address', async () => {
  const { people } = await resolve(
    {
      accounts: [accountOf({ userId: 5, email: 'five@example.com' })],
      orders: [
        ANN,
        orderOf({ orderId: 2, customerId: 5 }),
        orderOf({ orderId: 3, emails: ['bob@example.com'] }),
      ],
      mentions: [
        mentionOf({
          source: 'stripe.order-meta',
          row: '1',
          orderId: 1,
          classes: classBits(['payment_token']),
        }),
        mentionOf({
          source: 'stripe.order-meta',
          row: '2',
          orderId: 2,
          classes: classBits(['payment_token']),
        }),
      ],
    },
    { accounts: null, orders: null, data_classes: ['payment_token'] },
  );
  assert.deepEqual(story(people), {
    'user 5': ['stripe.order-meta 2 buyer same_order same'],
    'ann@example.com': ['stripe.order-meta 1 buyer same_order same'],
  });
});

test('filters of other sources: window by own date or the order’s, visitor, role, class, as-of', async () => {
  const shop = {
    orders: [
      orderOf({
        orderId: 1,
        emails: ['o1@example.com'],
        createdAt: Date.UTC(2026, 5, 1),
        ipAddress: '192.0.2.1',
      }),
      orderOf({
        orderId: 2,
        emails: ['o2@example.com'],
        createdAt: Date.UTC(2026, 6, 1),
        ipAddress: '::FFFF:192.0.2.2',
      }),
    ],
    mentions: [
      mentionOf({
        source: 'a.own-date',
        row: '1',
        emails: ['d1@example.com'],
        at: Date.UTC(2026, 5, 15),
      }),
      mentionOf({
        source: 'a.own-date',
        row: '2',
        emails: ['d2@example.com'],
        at: Date.UTC(2026, 7, 15),
      }),
      mentionOf({
        source: 'b.order-date',
        row: '1',
        orderId: 1,
        role: 'payer',
        emails: ['p1@example.com'],
      }),
      mentionOf({
        source: 'b.order-date',
        row: '2',
        orderId: 2,
        role: 'payer',
        emails: ['p2@example.com'],
      }),
      mentionOf({
        source: 'c.undated',
        row: '1',
        emails: ['u1@example.com'],
        classes: classBits(['email']),
      }),
    ],
  };
  const who = async (part: Record<string, unknown>): Promise<string> =>
    (await resolve(shop, part)).people
      .map(({ email }) => email?.split('@')[0])
      .sort()
      .join(' ');
  const window = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };
  assert.equal(await who({ orders: null, sources: window }), 'd1 p1');
  assert.equal(await who({ as_of: '2026-06-20T00:00:00Z' }), 'd1 o1 p1 u1');
  assert.equal(await who({ sources: null, ip_addresses: ['192.0.2.2'] }), 'o2');
  assert.equal(await who({ roles: ['payer'] }), 'p1 p2');
  assert.equal(await who({ orders: null, data_classes: ['payment_token'] }), 'd1 d2 p1 p2');
  const { audience } = await resolve(shop, { orders: null, sources: window });
  assert.deepEqual(audience.counts?.unread, [
    {
      code: 'scope.undated_rows',
      sentence: '1 rows of c.undated have no usable date and were left out by the time window.',
    },
  ]);
});

test('a listed order brings everybody whom it names: buyer, payer and whoever it ships to', async () => {
  const gina = {
    firstName: 'Gina',
    lastName: 'Gift',
    phone: '',
    postal: placeOf({ line1: '9 Lane', city: 'Village', postcode: '2', country: 'DE' }),
  };
  const shop = {
    accounts: [accountOf({ userId: 5, email: 'five@example.com', shipping: gina })],
    orders: [{ ...ANN, shipping: gina }, orderOf({ orderId: 2, emails: ['other@example.com'] })],
    mentions: [
      mentionOf({
        source: 'paypal.payer',
        row: '1',
        role: 'payer',
        orderId: 1,
        emails: ['pay@example.com'],
      }),
      mentionOf({
        source: 'paypal.payer',
        row: '2',
        role: 'payer',
        orderId: 2,
        emails: ['no@example.com'],
      }),
    ],
  };
  const listed = { accounts: null, orders: null, sources: { from: '2030-01-01T00:00:00Z' } };
  const { people } = await resolve(shop, { ...listed, include: { order_ids: [1] } });
  assert.deepEqual(Object.keys(story(people)).sort(), [
    'Gina Gift',
    'ann@example.com',
    'pay@example.com',
  ]);
  const account = await resolve(shop, { ...listed, include: { user_ids: [5] } });
  assert.deepEqual(Object.keys(story(account.people)).sort(), ['Gina Gift', 'user 5']);
});

test('rows without a date are taken into a window when the scope says so, and told either way', async () => {
  const shop = {
    mentions: [mentionOf({ source: 'wc.sessions', row: 't_1', emails: ['cart@example.com'] })],
  };
  const window = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };
  const carts = [
    sourceOf('wc.sessions', {
      place: { kind: 'table', table: 'woocommerce_sessions', scope: 'site', key: 'session_id' },
    }),
  ];
  const out = await resolve(shop, { orders: null, accounts: null, sources: window }, carts);
  assert.equal(out.people.length, 0);
  const taken = await resolve(
    shop,
    { orders: null, accounts: null, sources: { ...window, undated: 'take_in' } },
    carts,
  );
  assert.equal(taken.people.length, 1);
  assert.deepEqual(taken.audience.counts?.unread, [
    {
      code: 'scope.undated_rows',
      sentence:
        '1 rows of wc.sessions have no usable date and were taken for inside the time window.',
    },
  ]);
});

test('an entry of a list inside a row that bears another name is somebody else than the buyer', async () => {
  const { people } = await resolve({
    orders: [ANN],
    mentions: [
      mentionOf({
        source: 'own.tickets',
        row: '1',
        orderId: 1,
        role: 'subscriber',
        firstName: 'Ann',
        lastName: 'Lee',
      }),
      mentionOf({
        source: 'own.tickets',
        row: '1#2',
        orderId: 1,
        role: 'subscriber',
        firstName: 'Tom',
        lastName: 'Oak',
        phone: '123456789',
      }),
    ],
  });
  assert.deepEqual(Object.keys(story(people)).sort(), ['Tom Oak', 'ann@example.com']);
});

test('a narrow scope read by index comes to the very same people as the whole shop read', async () => {
  const accounts = Array.from({ length: 30 }, (_, place) =>
    accountOf({
      userId: place + 1,
      email: place % 7 === 0 ? 'broken' : `User${place}@example.com`,
      billing: {
        firstName: '',
        lastName: '',
        phone: '',
        postal: placeOf({}),
        email: place % 5 === 0 ? `book${place}@example.com` : '',
      },
    }),
  );
  const orders = Array.from({ length: 120 }, (_, place) =>
    orderOf({
      orderId: place + 1,
      customerId: place % 3 === 0 ? (place % 40) + 1 : 0,
      emails: [
        [
          `user${place % 30}@example.com`,
          `book${(place % 6) * 5}@example.com`,
          `guest${place % 11}@example.com`,
        ][place % 3] ?? '',
      ],
      createdAt: place % 17 === 0 ? null : Date.UTC(2026, 0, 1 + place),
      paymentMethod: place % 2 === 0 ? 'stripe' : 'paypal',
      firstName: `F${place % 11}`,
    }),
  );
  const mentions = orders
    .filter(({ orderId }) => orderId % 4 === 0)
    .map(({ orderId }) =>
      mentionOf({
        source: 'stripe.order-meta',
        row: String(orderId),
        orderId,
        role: 'payer',
        emails: [`payer${orderId % 9}@example.com`],
      }),
    );
  const shop = { accounts, orders, mentions };
  const window = {
    created_from: '2026-02-01T00:00:00Z',
    created_to: '2026-03-10T00:00:00Z',
    payment_methods: ['stripe'],
  };
  const part = {
    accounts: null,
    orders: window,
    sources: { from: window.created_from, to: window.created_to },
    include: { user_ids: [3], order_ids: [2] },
    exclude: { emails: ['guest3@example.com'] },
  };
  const narrow = await resolve(shop, part);
  assert.ok(narrow.people.length > 10 && narrow.people.length < 60);
  const full = await resolve(shop, part, [
    sourceOf('stripe.order-meta', { date: { column: 'x', kind: 'utc' } }),
  ]);
  assert.deepEqual(story(narrow.people), story(full.people));
  assert.deepEqual(narrow.people, full.people);
  assert.equal(narrow.audience.root, full.audience.root);
});
