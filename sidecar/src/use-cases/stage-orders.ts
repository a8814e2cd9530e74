// Stages order copies and counts what the two order stores say about the orders in scope. Both copies of an order in
// scope are staged: each holds data of its own, and both may have leaked. Whoever an order ships to is staged beside it.
import type { AudienceCounts } from '../contract/scope.ts';
import { copiesDiffer } from '../domain/audience/compare-copies.ts';
import type { FilterAnswer, ScopeTest } from '../domain/audience/scope-test.ts';
import type { BlindKey } from '../domain/audience/staged-row.ts';
import type { OrderCopy, OrderPair, OrderStore } from '../domain/audience/store-rows.ts';
import type { StagedEntry, StagedOrder } from './ports/audience-stage.ts';
import { classBitsOf, remainsOf } from '../domain/audience/anonymised-remains.ts';
import { noted, type StageContext } from './stage-context.ts';
import { addressCopies, stageCopy, stageShipping, type TiedCopy } from './stage-copies.ts';

export interface OrderStager {
  add(page: readonly OrderPair[]): void;
  /** Once all pages are in. Orders of people the exclude list removes are counted here all the same. */
  facts(): Pick<AudienceCounts, 'order_stores' | 'anonymised_orders' | 'unread'>;
}

export type OrderStaging = {
  /** The store WooCommerce reads from. */
  readonly authoritative: OrderStore;
};

/** All accounts must be staged before the first page of orders. */
export function makeOrderStager(context: StageContext, options: OrderStaging): OrderStager {
  const { stage, test } = context;
  const stores = { orders: 0, hpos_only: 0, legacy_only: 0, both: 0, differing: 0 };
  let anonymised = 0;
  let undated = 0;
  let listedFound = 0;

  function take(pair: OrderPair, page: Page): void {
    const listed = test.include.orderIds.has(pair.orderId);
    if (listed) listedFound += 1;
    const answer = answerOf(pair, test);
    const inScope = answer === 'in';
    const copies = [pair.hpos, pair.legacy].filter((copy) => copy !== null);
    const here = copies.filter((copy) => !copy.anonymised);
    if (inScope || listed) {
      if (here.length === 0) anonymised += 1;
      else countStores(stores, pair);
      for (const copy of copies) {
        if (copy.anonymised) countRemains(context, copy);
      }
    } else if (answer === 'undated') {
      undated += 1;
    }
    if (here.length === 0) {
      if (context.keepOrders && copies.length > 0) page.orders.push(anonymisedOrder(pair));
      return;
    }
    const tied = addressCopies(context, here);
    stageTied(tied, { inScope, listed }, page);
  }

  function stageTied(
    tied: readonly TiedCopy[],
    membership: { inScope: boolean; listed: boolean },
    page: Page,
  ): void {
    const lead = tied.find(({ copy }) => copy.store === options.authoritative) ?? tied[0] ?? null;
    for (const one of tied) {
      const { entry, unlinked } = stageCopy(context, one, membership);
      if (unlinked) {
        const { store } = one.copy;
        context.tally.unlinked.set(store, (context.tally.unlinked.get(store) ?? 0) + 1);
      }
      if (entry !== null) {
        page.entries.push(entry);
        if (lead !== null && one !== lead && bothGuests(one, lead)) {
          page.pairs.push({
            lead: String(lead.owner),
            other: String(one.owner),
            row: stage.size() + page.entries.length,
          });
        }
        // A row that a reviewer took away from an account says nothing of what that account uses.
        if (one.userId !== 0 && entry.owner === one.owner) {
          for (const { key } of one.emails) {
            if (key !== null) page.uses.push({ userId: one.userId, key });
          }
        }
      }
      if (membership.inScope || membership.listed) {
        page.contacts.push(...stageShipping(context, one.copy));
      }
    }
    if (context.keepOrders && lead !== null) {
      page.orders.push({
        orderId: lead.copy.orderId,
        owner: lead.owner,
        at: lead.copy.createdAt,
        anonymised: false,
        name: context.nameKey(lead.copy),
      });
    }
  }

  return {
    add(pairs) {
      const page: Page = { entries: [], contacts: [], uses: [], pairs: [], orders: [] };
      for (const pair of pairs) take(pair, page);
      stage.add(page.entries);
      stage.add(page.contacts);
      stage.addUses(page.uses);
      stage.addCopyPairs(page.pairs);
      stage.addOrders(page.orders);
    },
    facts: () => ({
      order_stores: { ...stores },
      anonymised_orders: anonymised,
      unread: [
        ...noted(
          undated,
          'scope.undated_orders',
          (count) => `${count} orders have no usable date and were left out by the time window.`,
        ),
        ...noted(
          test.include.orderIds.size - listedFound,
          'scope.listed_orders_not_found',
          (count) => `${count} listed orders are not in the store.`,
        ),
      ],
    }),
  };
}

type Page = {
  entries: StagedEntry[];
  contacts: StagedEntry[];
  uses: { userId: number; key: BlindKey }[];
  pairs: { lead: BlindKey; other: BlindKey; row: number }[];
  orders: StagedOrder[];
};

/** Rule 3 is about two different addresses; whoever is tied by the other copy is that copy's person already. */
function bothGuests(one: TiedCopy, lead: TiedCopy): boolean {
  return one.byAddress && lead.byAddress && one.owner !== lead.owner;
}

function countRemains({ tally, test }: StageContext, copy: OrderCopy): void {
  for (const bit of classBitsOf(remainsOf(copy) & test.asked)) {
    tally.remains.set(bit, (tally.remains.get(bit) ?? 0) + 1);
  }
}

function anonymisedOrder({ orderId, hpos, legacy }: OrderPair): StagedOrder {
  return {
    orderId,
    owner: 0,
    at: hpos?.createdAt ?? legacy?.createdAt ?? null,
    anonymised: true,
    name: 0,
  };
}

/** An order is in scope when either copy is, anonymised or not: the erasure of one copy left the other behind. */
function answerOf(pair: OrderPair, test: ScopeTest): FilterAnswer {
  const hpos = pair.hpos === null ? 'out' : test.order(pair.hpos);
  if (hpos === 'in') return 'in';
  const legacy = pair.legacy === null ? 'out' : test.order(pair.legacy);
  if (legacy === 'in') return 'in';
  return hpos === 'undated' || legacy === 'undated' ? 'undated' : 'out';
}

function countStores(stores: AudienceCounts['order_stores'], { hpos, legacy }: OrderPair): void {
  stores.orders += 1;
  if (hpos !== null && legacy !== null) {
    stores.both += 1;
    if (copiesDiffer(hpos, legacy)) stores.differing += 1;
  } else if (hpos !== null) {
    stores.hpos_only += 1;
  } else {
    stores.legacy_only += 1;
  }
}
