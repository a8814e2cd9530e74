// A scope as questions about one row. Lists are folded once here, so that asking stays cheap.
import type {
  AccountFilter,
  OrderFilter,
  PersonRole,
  Scope,
  SourceFilter,
} from '../../contract/scope.ts';
import { classBits, type ClassBits } from './held-classes.ts';
import { foldAddress } from './fold-address.ts';
import type { Mention } from './mention.ts';
import { bareStatus, type AccountRow, type OrderCopy, type PostalAddress } from './store-rows.ts';

/** `undated`: a window is asked for and the row has no usable date; it is left out and counted, not guessed. */
export type FilterAnswer = 'in' | 'out' | 'undated';

export type ScopeTest = {
  readonly asked: ClassBits;
  readonly wantsAccounts: boolean;
  readonly wantsOrders: boolean;
  readonly wantsStaff: boolean;
  account(row: AccountRow): FilterAnswer;
  order(copy: OrderCopy): FilterAnswer;
  /** `orderAt`: the date of the order the row belongs to, for a source without a date of its own. */
  mention(mention: Mention, orderAt: number | null): FilterAnswer;
  /** Whether a row of the scope's other sources may take its date from an order of this date. */
  referable(at: number | null): boolean;
  /** Whether people in this role are asked for. */
  role(role: PersonRole): boolean;
  readonly include: ScopeListTest;
  readonly exclude: ScopeListTest;
};

export type ScopeListTest = {
  /** Folded address → the address as it was typed. */
  readonly emails: ReadonlyMap<string, string>;
  readonly orderIds: ReadonlySet<number>;
  readonly userIds: ReadonlySet<number>;
};

export function makeScopeTest(scope: Scope): ScopeTest {
  const before = scope.as_of === null ? Infinity : Date.parse(scope.as_of);
  const ips = new Set(scope.ip_addresses.map(foldIp));
  const roles = new Set<PersonRole>(scope.roles);
  const common: Common = {
    written: (at) => at === null || at <= before,
    visitor: (ip) => ips.size === 0 || (ip !== '' && ips.has(foldIp(ip))),
    anyVisitor: ips.size === 0,
  };
  return {
    asked: classBits(scope.data_classes),
    wantsAccounts: scope.accounts !== null,
    wantsOrders: scope.orders !== null,
    wantsStaff: roles.has('staff'),
    account: accountQuestion(scope.accounts, common),
    order: orderQuestion(scope.orders, common),
    mention: mentionQuestion(scope.sources, common),
    referable: referableQuestion(scope.sources),
    role: (role) => roles.size === 0 || roles.has(role),
    include: listTest(scope.include),
    exclude: listTest(scope.exclude),
  };
}

type Common = {
  /** Already written at the scope's "as of" moment; a row without a date may have been. */
  written(at: number | null): boolean;
  visitor(ip: string): boolean;
  readonly anyVisitor: boolean;
};

function listTest(lists: Scope['include']): ScopeListTest {
  return {
    emails: new Map(lists.emails.map((email) => [foldAddress(email), email.trim()])),
    orderIds: new Set(lists.order_ids),
    userIds: new Set(lists.user_ids),
  };
}

function accountQuestion(
  filter: AccountFilter | null,
  common: Common,
): (row: AccountRow) => FilterAnswer {
  // An account's own row names no visitor.
  if (filter === null || !common.anyVisitor) return () => 'out';
  const window = windowQuestion(filter.registered_from, filter.registered_to);
  const place = placeQuestion(filter);
  return (row) => {
    if (!common.written(row.registeredAt) || !place(row.billing.postal)) return 'out';
    return window(row.registeredAt);
  };
}

function orderQuestion(
  filter: OrderFilter | null,
  common: Common,
): (copy: OrderCopy) => FilterAnswer {
  if (filter === null) return () => 'out';
  const window = windowQuestion(filter.created_from, filter.created_to);
  const place = placeQuestion(filter);
  const methods = new Set(filter.payment_methods);
  const statuses = new Set(filter.statuses.map(bareStatus));
  const products = new Set(filter.products);
  return (copy) => {
    if (methods.size > 0 && !methods.has(copy.paymentMethod)) return 'out';
    if (statuses.size > 0 && !statuses.has(copy.status)) return 'out';
    if (products.size > 0 && !copy.products.some((id) => products.has(id))) return 'out';
    if (!common.written(copy.createdAt) || !common.visitor(copy.ipAddress)) return 'out';
    if (!place(copy.postal)) return 'out';
    return window(copy.createdAt);
  };
}

function mentionQuestion(
  filter: SourceFilter | null,
  common: Common,
): (mention: Mention, orderAt: number | null) => FilterAnswer {
  if (filter === null) return () => 'out';
  const window = windowQuestion(filter.from, filter.to);
  return (mention, orderAt) => {
    const at = mention.at ?? orderAt;
    if (!common.written(at) || !common.visitor(mention.ipAddress)) return 'out';
    return window(at);
  };
}

function referableQuestion(filter: SourceFilter | null): (at: number | null) => boolean {
  if (filter === null) return () => false;
  const window = windowQuestion(filter.from, filter.to);
  return (at) => window(at) !== 'out';
}

function placeQuestion(filter: {
  countries: readonly string[];
  states: readonly string[];
}): (postal: PostalAddress) => boolean {
  const countries = new Set(filter.countries);
  const states = new Set(filter.states.map((state) => state.toUpperCase()));
  if (countries.size === 0 && states.size === 0) return () => true;
  return ({ country, state }) => {
    const code = country.trim().toUpperCase();
    return countries.has(code) || states.has(`${code}-${state.trim().toUpperCase()}`);
  };
}

/** One spelling of each address: IPv6 as RFC 5952 writes it, a mapped IPv4 address as that address. */
function foldIp(ip: string): string {
  const text = ip.trim().toLowerCase();
  if (!text.includes(':') || !URL.canParse(`http://[${text}]`)) return text;
  const folded = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(folded) ?? [];
  if (high === undefined || low === undefined) return folded;
  const [one, other] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [one >> 8, one & 255, other >> 8, other & 255].join('.');
}

/** From inclusive, to exclusive. */
function windowQuestion(
  from: string | null,
  to: string | null,
): (at: number | null) => FilterAnswer {
  if (from === null && to === null) return () => 'in';
  const least = from === null ? -Infinity : Date.parse(from);
  const end = to === null ? Infinity : Date.parse(to);
  return (at) => {
    if (at === null) return 'undated';
    return at >= least && at < end ? 'in' : 'out';
  };
}
