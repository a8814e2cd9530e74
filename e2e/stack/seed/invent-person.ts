// Invents one person with all that the store knows about them.
import { inventAddresses } from './addresses.ts';
import { draftPerson } from './draft-orders.ts';
import type { OrderDraft, PersonDraft } from './draft-orders.ts';
import { CULTURES, culturesOf } from './names.ts';
import type { CustomerKind } from './person-kinds.ts';
import { inventPlace } from './places.ts';
import type { Place } from './places.ts';
import type { Random } from './random.ts';
import { expectedContact } from './truth.ts';
import type { TrueOrder, TruePerson } from './truth.ts';

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 400;
const ORDER_STATUSES = [
  ['wc-completed', 60],
  ['wc-processing', 15],
  ['wc-cancelled', 6],
  ['wc-failed', 5],
  ['wc-on-hold', 4],
  ['wc-pending', 4],
  ['wc-refunded', 3],
  ['wc-checkout-draft', 3],
] as const;
const PAYMENT_METHODS = [
  ['stripe', 45],
  ['ppcp-gateway', 25],
  ['klarna_payments', 12],
  ['bacs', 10],
  ['cod', 8],
] as const;

/** An order with the details its rows need beside the truth. */
export type InventedOrder = {
  readonly truth: TrueOrder;
  readonly billing: Place;
  readonly shipping: Place;
  /** In the shop's currency, two decimals. */
  readonly total: number;
  readonly number: number;
};

export type InventedPerson = {
  readonly truth: TruePerson;
  readonly number: number;
  readonly given: string;
  readonly family: string;
  readonly latin: string;
  readonly phone: string;
  readonly home: Place;
  /** ISO 8601, UTC; null without an account. */
  readonly registeredAt: string | null;
  readonly orders: readonly InventedOrder[];
};

/** Next free ids of the store; inventing a person uses them up. */
export type FreeIds = { user: number; order: number };

export type Invention = {
  readonly kind: CustomerKind;
  readonly number: number;
  readonly random: Random;
  readonly ids: FreeIds;
  readonly now: Date;
  readonly anotherGuest: string;
};

export function inventPerson(invention: Invention): InventedPerson {
  const { kind, number, random, ids } = invention;
  const home = inventPlace(random);
  const culture = random.pick(random.chance(0.75) ? culturesOf(home.country) : CULTURES);
  const [given, family] = [random.pick(culture.given), random.pick(culture.family)];
  const latin = `${given.latin}.${family.latin}`;
  const book = inventAddresses(latin, number, random);
  const draft = draftPerson(kind, { ...invention, book });
  const userId = draft.accountEmail === null ? null : ids.user++;
  const times = inventTimes(draft.orders.length, invention);
  const orders = draft.orders.map((order, index) =>
    inventOrder({ order, at: times[index] ?? invention.now, userId, home, random, ids }),
  );
  const trueOrders = orders.map((order) => order.truth);
  const person = { accountEmail: draft.accountEmail, orders: trueOrders };
  return {
    truth: {
      id: `p${String(number).padStart(6, '0')}`,
      kind,
      name: `${given.native} ${family.native}`,
      script: culture.script,
      contact: expectedContact(person),
      addresses: allAddresses(draft),
      userId,
      ...person,
    },
    number,
    given: given.native,
    family: family.native,
    latin,
    phone: `+1 555 ${String(number % 10_000_000).padStart(7, '0')}`,
    home,
    registeredAt: userId === null ? null : iso(inventRegistration(draft, times, invention)),
    orders,
  };
}

function allAddresses(draft: PersonDraft): string[] {
  const typed = [
    draft.accountEmail,
    ...draft.orders.flatMap((order) => [order.hposEmail, order.legacyEmail]),
  ];
  return [...new Set(typed.filter((email): email is string => email !== null && email !== ''))];
}

/** Rising, each a second apart at least, so that "the newest order" is never a matter of luck. */
function inventTimes(count: number, { random, now }: Invention): Date[] {
  const seconds = Array.from({ length: count }, () => random.between(3600, HISTORY_DAYS * 86_400));
  return seconds
    .toSorted((a, b) => b - a)
    .map((ago, index) => new Date(now.getTime() - (ago - index) * 1000));
}

function inventRegistration(
  draft: PersonDraft,
  times: readonly Date[],
  { random, now }: Invention,
): Date {
  const lastBefore = times[draft.ordersBeforeAccount - 1];
  if (lastBefore !== undefined) return new Date(lastBefore.getTime() + 1000);
  const first = times[0] ?? new Date(now.getTime() - random.between(1, HISTORY_DAYS) * DAY_MS);
  return new Date(first.getTime() - random.between(1, 90 * 86_400) * 1000);
}

function inventOrder({
  order,
  at,
  userId,
  home,
  random,
  ids,
}: {
  order: OrderDraft;
  at: Date;
  userId: number | null;
  home: Place;
  random: Random;
  ids: FreeIds;
}): InventedOrder {
  const status = random.weighted(ORDER_STATUSES);
  const billing = random.chance(0.05) ? inventPlace(random) : home;
  const id = ids.order++;
  const refunded = status === 'wc-refunded' || (status === 'wc-completed' && random.chance(0.04));
  return {
    truth: {
      id,
      store: order.store,
      status,
      paymentMethod: status === 'wc-checkout-draft' ? '' : random.weighted(PAYMENT_METHODS),
      createdAt: iso(at),
      customerId: order.asGuest || userId === null ? 0 : userId,
      country: billing.country,
      state: billing.state,
      hposEmail: order.hposEmail,
      legacyEmail: order.legacyEmail,
      refundIds: refunded ? [ids.order++] : [],
    },
    billing,
    shipping: random.chance(0.1) ? inventPlace(random) : billing,
    total: random.between(500, 30_000) / 100,
    number: id,
  };
}

function iso(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
