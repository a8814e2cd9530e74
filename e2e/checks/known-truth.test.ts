// The store in a box with every trap in it, resolved by the sidecar's own code: the people equal the truth, exactly.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DataClass, Scope, type Source } from '../../sidecar/src/contract/index.ts';
import { openScanScene, placeNamed } from '../../sidecar/src/scan-scene.ts';
import { comparePeople, hintsOfTraps, NO_DIFFERENCES, trueHints } from '../story/compare-people.ts';
import { OWN_SOURCES } from '../story/own-sources.ts';
import { readerConfig, resolveDirectly, type Resolved } from '../story/resolve-directly.ts';
import { seedStore } from '../stack/seed/seed-store.ts';
import type { TrapFigures, TrueReason } from '../stack/seed/traps/trap-truth.ts';
import { WINDOW_DAYS_AGO } from '../stack/seed/traps/two-store-traps.ts';
import {
  EVERYONE,
  EVERYONE_MAPPED,
  EVERYONE_ON_SCREEN,
  SHOP_ALONE,
  type TrueScope,
} from '../stack/seed/true-scope.ts';
import type { Truth, TruePerson } from '../stack/seed/truth.ts';
import { startStore, type Store } from '../stack/store.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const DAY_MS = 86_400_000;
const EVERY_CLASS = DataClass.options;
const NO_FILTER = { accounts: {}, orders: {}, sources: {} };

describe('a store with every trap in it', () => {
  let store: Store;
  let truth: Truth;
  let figures: TrapFigures;

  before(async () => {
    store = await startStore({
      name: 'truth',
      prefix: 'shop7_',
      plugin: 'none',
      woocommerce: 'schema',
    });
    truth = await seedStore({
      store,
      people: 250,
      traps: true,
      seed: 5,
      now: NOW,
      truthFile: join(store.folder, 'truth.ndjson'),
    });
    if (truth.totals.traps === null) throw new Error('the store has no traps');
    figures = truth.totals.traps;
    await store.stopWordPress();
  });

  after(async () => {
    await store.stop();
  });

  function resolve(part: Record<string, unknown>, own: readonly Source[] = []): Promise<Resolved> {
    const scope = Scope.parse({
      preset: 'custom',
      accounts: null,
      orders: null,
      data_classes: EVERY_CLASS,
      ...part,
    });
    return resolveDirectly(store, { scope, own, folder: store.folder });
  }

  async function check(
    resolved: Resolved,
    scope: TrueScope,
    narrowed: { takes?: (reason: TrueReason, person: TruePerson) => boolean } = {},
  ): Promise<void> {
    const detail = narrowed.takes === undefined ? 'full' : 'sources';
    const found = await comparePeople(resolved, truth, { scope, detail, ...narrowed });
    assert.deepEqual(found, NO_DIFFERENCES);
  }

  test('accounts and orders alone', async () => {
    const resolved = await resolve({ accounts: {}, orders: {} });
    await check(resolved, SHOP_ALONE);
    assert.equal(resolved.counts.people, truth.totals.peopleOfShop);
    assert.deepEqual(
      await hintsOfTraps(resolved, truth, SHOP_ALONE),
      trueHints(figures, SHOP_ALONE),
    );
    assert.deepEqual(figuresOf(resolved), {
      staff: truth.totals.staff,
      anonymisedOrders: truth.totals.anonymisedOrders + figures.anonymisedOrders,
      remains: figures.remains.shop,
      unlinked: { orders_hpos: figures.unlinked['orders_hpos'] },
      unresolved: {},
    });
  });

  test('everyone, as it is before anything is mapped by hand', async () => {
    const resolved = await resolve(NO_FILTER);
    await check(resolved, EVERYONE);
    assert.deepEqual(await hintsOfTraps(resolved, truth, EVERYONE), trueHints(figures, EVERYONE));
    const { [OWN_SOURCES[0]?.id ?? '']: _mapped, ...unresolved } = figures.unresolved;
    assert.deepEqual(figuresOf(resolved), {
      staff: truth.totals.staff,
      anonymisedOrders: truth.totals.anonymisedOrders + figures.anonymisedOrders,
      remains: {
        ...figures.remains.everyone,
        // WooCommerce's eraser leaves the order's key and its line in the statistics.
        account_secret: truth.totals.anonymisedOrders,
        order_history: truth.totals.anonymisedOrders,
      },
      // The first comment of every new WordPress is nobody's.
      unlinked: { ...figures.unlinked, 'wordpress.comments': 1 },
      unresolved,
    });
  });

  test('everyone, as wp-admin asks: without payment tokens nobody is joined by one', async () => {
    const resolved = await resolve({
      ...NO_FILTER,
      data_classes: ['name', 'email', 'postal_address', 'phone', 'order_history'],
    });
    const { missing, extra } = await comparePeople(resolved, truth, { scope: EVERYONE_ON_SCREEN });
    assert.deepEqual({ missing, extra }, { missing: [], extra: [] });
    assert.equal(resolved.counts.people, truth.totals.people);
  });

  test("everyone, with a gateway's own table and a nested value mapped by hand", async () => {
    const resolved = await resolve(NO_FILTER, OWN_SOURCES);
    await check(resolved, EVERYONE_MAPPED);
    assert.deepEqual(figuresOf(resolved).unresolved, figures.unresolved);
  });

  test('a tapped checkout: orders of a window in every state, carts and sessions', async () => {
    const from = new Date(NOW.getTime() - (WINDOW_DAYS_AGO + 0.5) * DAY_MS).toISOString();
    const to = new Date(NOW.getTime() - (WINDOW_DAYS_AGO - 0.5) * DAY_MS).toISOString();
    const places = ['woocommerce.sessions', 'cart-abandonment.carts'];
    const scope: TrueScope = {
      accounts: false,
      orders: true,
      source: (id) => places.includes(id),
    };
    const isInWindow = ({ at }: TrueReason): boolean => at !== null && at >= from && at < to;
    const resolved = await resolve({
      orders: { created_from: from, created_to: to },
      sources: { ids: places },
    });
    await check(resolved, scope, {
      takes: (reason) => reason.order === null || isInWindow(reason),
    });
    const windowed = await resolve({
      orders: { created_from: from, created_to: to },
      sources: { ids: places, from, to },
    });
    await check(windowed, scope, { takes: isInWindow });
    // Sessions have no date: told, not guessed, for each of the five people they name.
    assert.deepEqual(
      windowed.counts.unread.map(({ code, sentence }) => [code, Number.parseInt(sentence, 10)]),
      [
        ['scope.undated_orders', figures.undatedOrders],
        ['scope.undated_rows', 5],
      ],
    );
  });

  test("one gateway's data", async () => {
    const scope: TrueScope = {
      accounts: false,
      orders: false,
      source: (id) => id.startsWith('stripe.'),
    };
    const resolved = await resolve({ sources: { ids: ['family:stripe'] } });
    const found = await comparePeople(resolved, truth, {
      scope: { ...scope, orders: true, accounts: true },
      detail: 'sources',
      takes: ({ source, order }, person) =>
        person.trap === undefined
          ? person.orders.some(
              ({ id, paymentMethod }) => id === order && paymentMethod === 'stripe',
            )
          : scope.source(source),
    });
    assert.deepEqual(found.missing, []);
    assert.deepEqual(found.extra, []);
  });

  test("the scan names a gateway's own table and a nested value as blind spots, until they are mapped", async () => {
    const places = [
      'shop7_acme_payers/payer_blob',
      'shop7_wc_orders_meta/meta_value/_acme_gateway_payload',
    ];
    const statesWith = async (own: readonly Source[]): Promise<(string | undefined)[]> => {
      const scene = await openScanScene(readerConfig(store), { own, decryptors: ['acme'] });
      try {
        const map = await scene.scan();
        assert.deepEqual(map.scan?.unread, []);
        return places.map((place) => placeNamed(map, place)?.state);
      } finally {
        await scene.close();
      }
    };
    assert.deepEqual(await statesWith([]), ['blind_spot', 'blind_spot']);
    assert.deepEqual(await statesWith(OWN_SOURCES), ['mapped', 'mapped']);
  });

  test("one form plugin's entries", async () => {
    const scope: TrueScope = {
      accounts: false,
      orders: false,
      source: (id) => id.startsWith('gravity-forms.'),
    };
    const resolved = await resolve({ sources: { ids: ['family:gravity-forms'] } });
    await check(resolved, scope, { takes: () => true });
  });
});

function figuresOf({ counts }: Resolved) {
  const record = (tallies: readonly { key: string; count: number }[]): Record<string, number> =>
    Object.fromEntries(tallies.map(({ key, count }) => [key, count]));
  return {
    staff: counts.staff,
    anonymisedOrders: counts.anonymised_orders,
    remains: record(counts.anonymised_remains),
    unlinked: record(counts.unlinked_rows),
    unresolved: record(counts.unresolved_values),
  };
}
