// What of the shop a scope must read: everything, or, for a scope that names few orders, those orders and all that decides
// whose they are. Both ways come to the same people; the narrow one reads by index.
import type { Source } from '../contract/data-map.ts';
import type { Scope } from '../contract/scope.ts';
import type { NarrowFinder, OnlyIds, StoreSnapshot } from './ports/store-reader.ts';

export type ReadingPlan = {
  readonly accounts?: OnlyIds;
  readonly orders?: OnlyIds;
  readonly mentions?: { readonly orderIds: readonly number[]; readonly userIds: readonly number[] };
};

/** Orders up to which reading by id beats reading everything: beyond it their accounts' other orders are most of the shop. */
const FEW = 50_000;

export async function planReading(
  snapshot: StoreSnapshot,
  input: {
    scope: Scope;
    sources: readonly Source[];
    /** Called with rows read while planning. */
    took: (rows: number) => Promise<void>;
  },
): Promise<ReadingPlan> {
  const { scope } = input;
  const ids = await narrowOrders(snapshot.find, scope, input.sources);
  if (ids === null) return {};
  const users = new Set(scope.include.user_ids);
  const emails = new Set(scope.exclude.emails);
  for (const id of scope.exclude.user_ids) users.add(id);
  for await (const page of snapshot.orders({ ids })) {
    for (const { hpos, legacy } of page) {
      for (const copy of [hpos, legacy]) {
        if (copy === null) continue;
        if (copy.customerId !== 0) users.add(copy.customerId);
        for (const email of copy.emails) emails.add(email);
      }
    }
    await input.took(page.length);
  }
  if (input.sources.length > 0) {
    const only = { orderIds: ids, userIds: [...users] };
    for await (const page of snapshot.mentions(input.sources, only)) {
      for (const mention of page.mentions) {
        if (mention.userId !== 0) users.add(mention.userId);
        for (const email of mention.emails) emails.add(email);
      }
      await input.took(page.rows);
    }
  }
  for (const id of await snapshot.find.accountsUsing([...emails])) users.add(id);
  const userIds = ascending(users);
  const theirs = await snapshot.find.ordersOfAccounts(userIds);
  return {
    accounts: { ids: userIds },
    orders: { ids: ascending(new Set([...ids, ...theirs])) },
    mentions: { orderIds: ids, userIds },
  };
}

/** Ids of the orders a scope names, when that is all it names and they are few; null otherwise. */
async function narrowOrders(
  find: NarrowFinder,
  scope: Scope,
  sources: readonly Source[],
): Promise<number[] | null> {
  // A listed address may stand in any order, and the older store keeps no index over addresses.
  if (scope.accounts !== null || scope.include.emails.length > 0) return null;
  if (!sources.every(isOfOrders)) return null;
  const listed = [...scope.include.order_ids, ...scope.exclude.order_ids];
  const window = windowOf(scope);
  if (window === 'everything') return null;
  const found = window === 'nothing' ? [] : await find.orderIds(window, FEW);
  if (found === null || found.length + listed.length > FEW) return null;
  return ascending(new Set([...found, ...listed]));
}

/** Rows that belong to an order and take their date from it; whatever else a source holds must be read whole. */
function isOfOrders({ place, date }: Source): boolean {
  return (
    place.kind === 'meta' && (place.of === 'order' || place.of === 'order_item') && date === null
  );
}

type Window = { from: string | null; to: string | null; paymentMethods: readonly string[] };

/** The window that holds all orders and order rows of the scope. */
function windowOf({ orders, sources, as_of }: Scope): Window | 'nothing' | 'everything' {
  const windows: Window[] = [];
  if (orders !== null) {
    windows.push({
      from: orders.created_from,
      to: orders.created_to,
      paymentMethods: orders.payment_methods,
    });
  }
  if (sources !== null) windows.push({ from: sources.from, to: sources.to, paymentMethods: [] });
  if (windows.length === 0) return 'nothing';
  if (windows.every(({ from, to }) => from === null && to === null && as_of === null)) {
    return 'everything';
  }
  const from = windows.some((window) => window.from === null)
    ? null
    : least(windows.map((window) => window.from ?? ''));
  const to = windows.some((window) => window.to === null)
    ? null
    : greatest(windows.map((window) => window.to ?? ''));
  if (from === null && to === null) return 'everything';
  const [only] = windows;
  const paymentMethods = windows.length === 1 && only !== undefined ? only.paymentMethods : [];
  return { from, to, paymentMethods };
}

const least = (times: readonly string[]): string =>
  times.reduce((one, other) => (Date.parse(other) < Date.parse(one) ? other : one));
const greatest = (times: readonly string[]): string =>
  times.reduce((one, other) => (Date.parse(other) > Date.parse(one) ? other : one));

function ascending(ids: ReadonlySet<number>): number[] {
  return [...ids].sort((a, b) => a - b);
}
