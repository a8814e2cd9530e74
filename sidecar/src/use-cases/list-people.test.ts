import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { PeopleQuery } from '../contract/index.ts';
import { isCoded } from '../domain/coded-error.ts';
import type { OrderCopy } from '../domain/audience/store-rows.ts';
import { openAudienceStages } from '../adapters/audience-stage/open-audience-stages.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addIncident,
  freezeScope,
  INCIDENT,
  PREPARER,
  scopeOf,
  sourcesOf,
  type SceneDeps,
  SHOP_IDENTITY,
} from './audience-scene.ts';
import { listPeople } from './list-people.ts';
import { countingIds, fixedClock, seededRandomness } from './ports/fixed.ts';
import type { StoreReader } from './ports/store-reader.ts';
import { readAudience } from './read-audience.ts';
import { readPerson } from './read-person.ts';

const clock = fixedClock();
let ledger: OpenLedger;
let deps: SceneDeps;
let folder: string;

/** A shop of seven guests: o1 … o6 with an address each, o7 without; o2 and o3 live in France. */
const SHOP: StoreReader = {
  readFacts: () => Promise.reject(new Error('not asked for')),
  withSnapshot: (work) =>
    work({
      about: {
        server: 'MariaDB 10.11.0',
        at: '2026-11-23T12:00:00.000Z',
        prefix: 'wp_',
        authoritative: 'orders_hpos',
        missing: [],
        replica: null,
      },
      accounts: async function* () {
        yield await Promise.resolve([]);
      },
      orders: async function* () {
        yield await Promise.resolve(
          [1, 2, 3, 4, 5, 6, 7].map((id) => ({ orderId: id, hpos: guestOrder(id), legacy: null })),
        );
      },
      mentions: async function* () {
        yield* await Promise.resolve([]);
      },
      find: {
        orderIds: () => Promise.resolve(null),
        accountsUsing: () => Promise.resolve([]),
        ordersOfAccounts: () => Promise.resolve([]),
      },
      gaps: () => [],
    }),
};

function guestOrder(id: number): OrderCopy {
  const country = id === 2 || id === 3 ? 'FR' : 'DE';
  const postal = { company: '', line1: '', line2: '', city: '', state: '', postcode: '', country };
  return {
    store: 'orders_hpos',
    orderId: id,
    status: 'completed',
    customerId: 0,
    emails: id === 7 ? [] : [`O${id}@Example.com`],
    firstName: `First${id}`,
    lastName: 'Last',
    phone: '',
    postal,
    createdAt: Date.UTC(2026, 0, id),
    paymentMethod: 'stripe',
    shipping: null,
    ipAddress: '',
    products: [],
    anonymised: false,
    holds: { ipAddress: false, device: false, freeText: false },
  };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-people-'));
  ledger = await openLedger({ file: ':memory:', clock });
  deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    shop: SHOP_IDENTITY,
    store: SHOP,
    stages: openAudienceStages({ folder }),
    sources: sourcesOf(),
  };
  await addIncident(deps);
  const audience = await freezeScope(deps, scopeOf({ orders: {} }));
  assert.equal(audience.problem, null);
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

type Query = Partial<PeopleQuery>;
const list = (query: Query = {}, acting = PREPARER) =>
  listPeople(deps, acting, { incidentId: INCIDENT, query: PeopleQuery.parse(query) });

async function views(): Promise<unknown[]> {
  const rows = await ledger.tables
    .selectFrom('evidence_entries')
    .select('bytes')
    .where('kind', '=', 'people.viewed')
    .execute();
  return rows.map(
    ({ bytes }) => (JSON.parse(Buffer.from(bytes).toString()) as { data: unknown }).data,
  );
}

test('pages go through everybody once, by number', async () => {
  const numbers: number[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
    assert.equal(page.total, 7);
    numbers.push(...page.items.map(({ number }) => number));
    if (page.next_cursor === null) break;
    cursor = page.next_cursor;
  }
  assert.deepEqual(numbers, [0, 1, 2, 3, 4, 5, 6]);
});

test('one address in any letter case, or one order number, finds its person', async () => {
  for (const search of ['o4@example.COM', ' O4@Example.com ', '4', '#4']) {
    const { items, total } = await list({ search });
    assert.deepEqual(
      items.map(({ email, name, orders, registered }) => [email, name, orders, registered]),
      [['O4@Example.com', 'First4 Last', 1, false]],
      search,
    );
    assert.equal(total, 1);
  }
  assert.equal((await list({ search: 'nobody@example.com' })).total, 0);
  assert.equal((await list({ search: '999' })).total, 0);
  await assert.rejects(list({ search: 'First4' }), (error) =>
    isCoded(error, 'people.search_needs_whole_value'),
  );
  await assert.rejects(list({ cursor: 'x' }), (error) => isCoded(error, 'page.bad_cursor'));
});

test('filters narrow by country and contactability', async () => {
  assert.equal((await list({ country: 'FR' })).total, 2);
  const unreachable = await list({ contactability: 'no_address' });
  assert.deepEqual(
    unreachable.items.map(({ name, email }) => [name, email]),
    [['First7 Last', null]],
  );
  assert.equal((await list({ contactability: 'reachable', country: 'DE' })).total, 4);
});

test('the state of the newest dispatch stands beside each person', async () => {
  const audience = await readAudience(deps, INCIDENT);
  const dispatch = (id: string, at: string): Promise<unknown> =>
    ledger.tables
      .insertInto('dispatches')
      .values({
        id,
        manifest_id: `man_${id}`,
        incident_id: INCIDENT,
        audience_id: audience?.id ?? '',
        notice_id: 'not_1',
        state: 'running',
        drill: 0,
        provider: 'postmark',
        planned: 7,
        adds_up: 1,
        started_at: at,
        ended_at: null,
        changed_by: null,
        change_reason: null,
      })
      .execute();
  const deliver = (dispatchId: string, ordinal: number, state: string): Promise<unknown> =>
    ledger.tables
      .insertInto('deliveries')
      .values({
        dispatch_id: dispatchId,
        ordinal,
        channel: 'email',
        address_index: null,
        state,
        reason: null,
        attempts: 0,
        batch_id: null,
        provider_message_id: null,
        changed_at: '2026-11-23T12:00:00.000Z',
      })
      .execute();
  assert.equal((await list({ delivery_state: 'accepted' })).total, 0);
  await dispatch('dsp_old', '2026-11-23T10:00:00.000Z');
  await deliver('dsp_old', 2, 'failed');
  await dispatch('dsp_new', '2026-11-23T11:00:00.000Z');
  await deliver('dsp_new', 2, 'accepted');
  const page = await list();
  assert.equal(page.total, 7);
  assert.deepEqual(
    page.items.map((item) => item.delivery_state),
    [null, null, 'accepted', null, null, null, null],
  );
  assert.equal((await list({ delivery_state: 'accepted' })).total, 1);
  assert.equal((await list({ delivery_state: 'failed' })).total, 0);
  const person = await readPerson(deps, PREPARER, { incidentId: INCIDENT, number: 2 });
  assert.equal(person.delivery_state, 'accepted');
});

test('looking leaves a trace once in ten minutes for each who looks, with a count and nobody', async () => {
  await list({ limit: 2 });
  await list();
  await readPerson(deps, PREPARER, { incidentId: INCIDENT, number: 0 });
  const audience = await readAudience(deps, INCIDENT);
  assert.deepEqual(await views(), [{ of: audience?.id, count: 2, purpose: 'list' }]);
  await list({}, { ...PREPARER, subject: 'b'.repeat(64) });
  assert.equal((await views()).length, 2);
  clock.advance(600_001);
  await readPerson(deps, PREPARER, { incidentId: INCIDENT, number: 0 });
  assert.deepEqual((await views())[2], { of: audience?.id, count: 1, purpose: 'person' });
});

test('one person is shown with reasons, contact points and commitment', async () => {
  const { items } = await list({ search: '2' });
  const number = items[0]?.number ?? -1;
  const person = await readPerson(deps, PREPARER, { incidentId: INCIDENT, number });
  assert.deepEqual(person.contact_points, [
    {
      kind: 'email',
      value: 'O2@Example.com',
      origin: 'billing',
      state: 'valid',
      chosen: true,
      why: 'newest_order',
    },
  ]);
  assert.match(person.person_id, /^[0-9a-f]{32}$/);
  assert.deepEqual(person.reasons, [
    {
      source: 'orders_hpos',
      row: 2,
      role: 'buyer',
      via: 'order',
      strength: 'same',
      at: '2026-01-02T00:00:00.000Z',
      data_classes: ['name', 'email'],
    },
  ]);
  assert.match(person.commitment, /^[0-9a-f]{64}$/);
  await assert.rejects(readPerson(deps, PREPARER, { incidentId: INCIDENT, number: 7 }), (error) =>
    isCoded(error, 'person.not_found'),
  );
});

test('people of an audience that is not frozen are never shown', async () => {
  await ledger.tables.updateTable('audiences').set({ state: 'resolving' }).execute();
  await assert.rejects(list(), (error) => isCoded(error, 'audience.not_frozen'));
  await assert.rejects(readPerson(deps, PREPARER, { incidentId: INCIDENT, number: 0 }), (error) =>
    isCoded(error, 'audience.not_frozen'),
  );
});

test('once the key is erased nobody is shown, and it says why', async () => {
  await ledger.tables.updateTable('incidents').set({ wrapped_key: null }).execute();
  await assert.rejects(list(), (error) => isCoded(error, 'incident.erased'));
});
