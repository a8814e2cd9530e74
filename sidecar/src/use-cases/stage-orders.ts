// Stages order copies and counts what the two order stores say about the orders in scope. Both copies of an order in
// scope are staged: each holds data of its own, and both may have leaked.
import type { AudienceCounts } from '../contract/scope.ts';
import { copiesDiffer } from '../domain/audience/compare-copies.ts';
import { countryKey } from '../domain/audience/country-key.ts';
import { foldAddress } from '../domain/audience/fold-address.ts';
import { classesOfOrder } from '../domain/audience/held-classes.ts';
import { orderTerm } from '../domain/audience/person-keys.ts';
import type { OrderValues } from '../domain/audience/person-record.ts';
import type { FilterAnswer, ScopeTest } from '../domain/audience/scope-test.ts';
import type { BlindKey, StagedAddress, StagedOrderCopy } from '../domain/audience/staged-rows.ts';
import type { OrderCopy, OrderPair } from '../domain/audience/store-rows.ts';
import { blindKey, copyPlace, sealValues, type StageContext } from './stage-context.ts';

export interface OrderStager {
  add(page: readonly OrderPair[]): void;
  /** Once all pages are in. Orders of people the exclude list removes are counted here all the same. */
  facts(): Pick<AudienceCounts, 'order_stores' | 'anonymised_orders' | 'unread'>;
}

/** All accounts must be staged before the first page of orders. */
export function makeOrderStager(context: StageContext): OrderStager {
  const { stage, test } = context;
  const stores = { orders: 0, hpos_only: 0, legacy_only: 0, both: 0, differing: 0 };
  let anonymised = 0;
  let undated = 0;
  let listedFound = 0;

  function stagePair(pair: OrderPair): StagedOrderCopy[] {
    const listed = test.include.orderIds.has(pair.orderId);
    if (listed) listedFound += 1;
    const answer = answerOf(pair, test);
    const inScope = answer === 'in';
    const here = [pair.hpos, pair.legacy].filter((copy) => copy !== null && !copy.anonymised);
    if (inScope || listed) {
      if (here.length === 0) anonymised += 1;
      else countStores(stores, pair);
    } else if (answer === 'undated') {
      undated += 1;
    }
    return stageCopies(
      context,
      here.filter((copy) => copy !== null),
      { inScope, listed },
    );
  }

  return {
    add(page) {
      const staged = page.flatMap(stagePair);
      stage.addOrderCopies(staged);
      stage.addUses(
        staged
          .filter(({ userId }) => userId !== 0)
          .flatMap(({ userId, emails }) =>
            emails.flatMap(({ key }) => (key === null ? [] : [{ userId, key }])),
          ),
      );
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

/** An order is in scope when either copy is, anonymised or not: the erasure of one copy left the other behind. */
function answerOf(pair: OrderPair, test: ScopeTest): FilterAnswer {
  const answers = [pair.hpos, pair.legacy].map((copy) =>
    copy === null ? 'out' : test.order(copy),
  );
  if (answers.includes('in')) return 'in';
  return answers.includes('undated') ? 'undated' : 'out';
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

type Tie = {
  userId: number;
  owner: BlindKey;
  tiedBy: BlindKey | null;
  via: StagedOrderCopy['via'];
};
type Addressed = { copy: OrderCopy; emails: StagedAddress[] };

function stageCopies(
  context: StageContext,
  copies: readonly OrderCopy[],
  membership: { inScope: boolean; listed: boolean },
): StagedOrderCopy[] {
  const addressed = copies.map((copy) => ({ copy, emails: context.addresses(copy.emails) }));
  const ties = addressed.map((one) => tieOf(context, one));
  const known = ties.find((tie) => tie !== null) ?? null;
  return addressed.flatMap((one, place) => {
    const { copy } = one;
    const tie = ties[place] ?? known ?? alone(context, copy.orderId);
    const excluded = isExcluded(context.test, copy);
    const wanted =
      membership.inScope ||
      membership.listed ||
      tie.userId !== 0 ||
      excluded ||
      copy.emails.some((email) => context.test.include.emails.has(foldAddress(email)));
    return wanted ? [stageCopy(context, one, { ...membership, ...tie, excluded })] : [];
  });
}

/** Null when the copy names nobody: neither an existing user nor an address. */
function tieOf(context: StageContext, { copy, emails }: Addressed): Tie | null {
  const account = copy.customerId === 0 ? null : context.stage.accountOwner(copy.customerId);
  if (account !== null) {
    return { userId: copy.customerId, owner: account, tiedBy: null, via: 'same_account' };
  }
  const key = emails.find((email) => email.key !== null)?.key ?? null;
  return key === null ? null : { userId: 0, owner: key, tiedBy: key, via: 'order' };
}

function alone({ vault }: StageContext, orderId: number): Tie {
  return { userId: 0, owner: blindKey(vault, orderTerm(orderId)), tiedBy: null, via: 'order' };
}

function isExcluded({ exclude }: ScopeTest, copy: OrderCopy): boolean {
  return (
    exclude.orderIds.has(copy.orderId) ||
    exclude.userIds.has(copy.customerId) ||
    copy.emails.some((email) => exclude.emails.has(foldAddress(email)))
  );
}

function stageCopy(
  context: StageContext,
  { copy, emails }: Addressed,
  decided: Tie & { inScope: boolean; listed: boolean; excluded: boolean },
): StagedOrderCopy {
  const values: OrderValues = {
    emails: copy.emails,
    firstName: copy.firstName,
    lastName: copy.lastName,
    phone: copy.phone,
    postal: copy.postal,
  };
  return {
    ...decided,
    orderId: copy.orderId,
    store: copy.store,
    emails,
    createdAt: copy.createdAt,
    country: countryKey(copy.postal),
    classes: classesOfOrder(copy, context.test.asked),
    sealed: sealValues(context, copyPlace(copy.store, copy.orderId), values),
  };
}

function noted(
  count: number,
  code: string,
  sentence: (count: number) => string,
): AudienceCounts['unread'] {
  return count === 0 ? [] : [{ code, sentence: sentence(count) }];
}
