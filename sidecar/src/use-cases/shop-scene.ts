// A shop in memory for tests of the person rule: what the reader of a real one would say, nothing read.
import type { Source } from '../contract/index.ts';
import { classBits, EVERY_CLASS } from '../domain/audience/held-classes.ts';
import type { Mention } from '../domain/audience/mention.ts';
import type {
  AccountRow,
  OrderCopy,
  OrderPair,
  PostalAddress,
} from '../domain/audience/store-rows.ts';
import type { StoreReader } from './ports/store-reader.ts';

export const NOWHERE: PostalAddress = {
  company: '',
  line1: '',
  line2: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
};

export function placeOf(part: Partial<PostalAddress>): PostalAddress {
  return { ...NOWHERE, ...part };
}

export function accountOf(part: Partial<AccountRow> & { userId: number }): AccountRow {
  return {
    email: '',
    displayName: '',
    firstName: '',
    lastName: '',
    registeredAt: Date.UTC(2026, 0, 1),
    billing: { firstName: '', lastName: '', email: '', phone: '', postal: NOWHERE },
    shipping: null,
    staff: false,
    holds: { sessions: false, freeText: false, passwordHash: true },
    ...part,
  };
}

export function orderOf(part: Partial<OrderCopy> & { orderId: number }): OrderCopy {
  return {
    store: 'orders_hpos',
    status: 'completed',
    customerId: 0,
    emails: [],
    firstName: '',
    lastName: '',
    phone: '',
    postal: NOWHERE,
    createdAt: Date.UTC(2026, 0, part.orderId % 28),
    paymentMethod: 'stripe',
    shipping: null,
    ipAddress: '',
    products: [],
    anonymised: false,
    holds: { ipAddress: false, device: false, freeText: false },
    ...part,
  };
}

export function mentionOf(part: Partial<Mention> & { source: string; row: string }): Mention {
  return {
    role: 'buyer',
    userId: 0,
    orderId: 0,
    emails: [],
    gatewayIds: [],
    firstName: '',
    lastName: '',
    phone: '',
    postal: NOWHERE,
    ipAddress: '',
    classes: EVERY_CLASS & ~classBits(['credentials']),
    at: null,
    ...part,
  };
}

export function sourceOf(id: string, part: Partial<Source> = {}): Source {
  return {
    id,
    title: id,
    family: 'own',
    place: { kind: 'meta', of: 'order', post_types: [] },
    link: {},
    date: null,
    role: 'buyer',
    fields: [{ key: '_k', path: '', encoding: [], part: 'email', classes: ['email'] }],
    tested_with: '',
    verification: 'operator',
    yields: 'people',
    note: '',
    ...part,
  };
}

export type SceneShop = {
  accounts?: readonly AccountRow[];
  /** Copies of one order stand side by side by their ids. */
  orders?: readonly OrderCopy[];
  mentions?: readonly Mention[];
  unresolved?: Readonly<Record<string, number>>;
};

export function readerOf(shop: SceneShop): StoreReader {
  const pairs = new Map<number, OrderPair>();
  for (const copy of [...(shop.orders ?? [])].sort((a, b) => a.orderId - b.orderId)) {
    const pair = pairs.get(copy.orderId) ?? { orderId: copy.orderId, hpos: null, legacy: null };
    pairs.set(copy.orderId, {
      ...pair,
      ...(copy.store === 'orders_hpos' ? { hpos: copy } : { legacy: copy }),
    });
  }
  const accounts = [...(shop.accounts ?? [])].sort((a, b) => a.userId - b.userId);
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
          const ids = only === undefined ? null : new Set(only.ids);
          yield await Promise.resolve(accounts.filter(({ userId }) => ids?.has(userId) ?? true));
        },
        orders: async function* (options) {
          const ids = options?.ids === undefined ? null : new Set(options.ids);
          yield await Promise.resolve(
            [...pairs.values()].filter(({ orderId }) => ids?.has(orderId) ?? true),
          );
        },
        mentions: async function* (sources, only) {
          for (const { id } of sources) {
            const mentions = (shop.mentions ?? []).filter(
              ({ source, orderId }) =>
                source === id && (only === undefined || only.orderIds.includes(orderId)),
            );
            const unresolved = shop.unresolved?.[id] ?? 0;
            yield await Promise.resolve({
              source: id,
              mentions,
              rows: mentions.length,
              unresolved,
            });
          }
        },
        find: {
          orderIds: ({ from, to, paymentMethods }, limit) => {
            const least = from === null ? -Infinity : Date.parse(from);
            const end = to === null ? Infinity : Date.parse(to);
            const fits = (copy: OrderCopy | null): boolean =>
              copy !== null &&
              (copy.createdAt === null || (copy.createdAt >= least && copy.createdAt < end)) &&
              (paymentMethods.length === 0 || paymentMethods.includes(copy.paymentMethod));
            const found = [...pairs.values()].filter(
              ({ hpos, legacy }) => fits(hpos) || fits(legacy),
            );
            return Promise.resolve(
              found.length > limit ? null : found.map(({ orderId }) => orderId),
            );
          },
          accountsUsing: (emails) => {
            const wanted = new Set(emails.map((email) => email.trim().toLowerCase()));
            const uses = (email: string): boolean => wanted.has(email.trim().toLowerCase());
            const users = accounts
              .filter((account) => uses(account.email) || uses(account.billing.email))
              .map(({ userId }) => userId);
            for (const { hpos, legacy } of pairs.values()) {
              for (const copy of [hpos, legacy]) {
                if (copy?.emails.some(uses) === true) users.push(copy.customerId);
              }
            }
            return Promise.resolve([...new Set(users)]);
          },
          ordersOfAccounts: (userIds) =>
            Promise.resolve(
              [...pairs.values()]
                .filter(({ hpos, legacy }) =>
                  [hpos, legacy].some((copy) => copy !== null && userIds.includes(copy.customerId)),
                )
                .map(({ orderId }) => orderId),
            ),
        },
        gaps: () => [],
      }),
  };
}
