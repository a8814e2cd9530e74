// A small shop for tests about people: accounts and orders as they are given, read like the real one's, and a ledger with
// one incident. The shop can be changed between two readings.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAudienceStages } from '../adapters/audience-stage/open-audience-stages.ts';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import type {
  AccountRow,
  OrderCopy,
  OrderStore,
  PostalAddress,
} from '../domain/audience/store-rows.ts';
import { addIncident, SHOP_IDENTITY, sourcesOf, type SceneDeps } from './audience-scene.ts';
import { countingIds, fixedClock, seededRandomness, type FixedClock } from './ports/fixed.ts';
import type { StoreReader } from './ports/store-reader.ts';

export type SmallAccount = { id: number; email: string; first?: string; phone?: string };
export type SmallOrder = {
  id: number;
  email: string;
  customer?: number;
  first?: string;
  phone?: string;
  country?: string;
  /** Both when absent. */
  stores?: readonly OrderStore[];
};
export type SmallShop = { accounts: SmallAccount[]; orders: SmallOrder[] };

export type SmallShopScene = SceneDeps & {
  ledger: OpenLedger;
  clock: FixedClock;
  content: SmallShop;
  close(): Promise<void>;
};

export async function openSmallShop(content: SmallShop): Promise<SmallShopScene> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-small-shop-'));
  const clock = fixedClock();
  const ledger = await openLedger({ file: ':memory:', clock });
  const deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    shop: SHOP_IDENTITY,
    store: readerOf(content),
    stages: openAudienceStages({ folder }),
    sources: sourcesOf(),
    content,
    close: async () => {
      await ledger.close();
      rmSync(folder, { recursive: true });
    },
  };
  await addIncident(deps);
  return deps;
}

function readerOf(content: SmallShop): StoreReader {
  return {
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
        accounts: async function* (only) {
          const wanted = only === undefined ? null : new Set(only.ids);
          yield await Promise.resolve(
            content.accounts.filter(({ id }) => wanted?.has(id) ?? true).map(accountOf),
          );
        },
        orders: async function* (only) {
          const wanted = only?.ids === undefined ? null : new Set(only.ids);
          yield await Promise.resolve(
            content.orders
              .filter(({ id }) => wanted?.has(id) ?? true)
              .map((order) => ({
                orderId: order.id,
                hpos: copyOf(order, 'orders_hpos'),
                legacy: copyOf(order, 'orders_legacy'),
              })),
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
}

function postalOf(country = 'DE'): PostalAddress {
  return { company: '', line1: '', line2: '', city: '', state: '', postcode: '', country };
}

function accountOf({ id, email, first = '', phone = '' }: SmallAccount): AccountRow {
  return {
    userId: id,
    email,
    displayName: first,
    firstName: first,
    lastName: '',
    registeredAt: Date.UTC(2026, 0, 1),
    billing: { firstName: first, lastName: '', email, phone, postal: postalOf() },
    shipping: null,
    staff: false,
    holds: { sessions: false, freeText: false, passwordHash: true },
  };
}

function copyOf(order: SmallOrder, store: OrderStore): OrderCopy | null {
  if (order.stores !== undefined && !order.stores.includes(store)) return null;
  return {
    store,
    orderId: order.id,
    status: 'completed',
    customerId: order.customer ?? 0,
    emails: order.email === '' ? [] : [order.email],
    firstName: order.first ?? '',
    lastName: '',
    phone: order.phone ?? '',
    postal: postalOf(order.country),
    createdAt: Date.UTC(2026, 1, 1) + order.id * 3_600_000,
    paymentMethod: 'stripe',
    shipping: null,
    ipAddress: '',
    products: [],
    anonymised: false,
    holds: { ipAddress: false, device: false, freeText: false },
  };
}
