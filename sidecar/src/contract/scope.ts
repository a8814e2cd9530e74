// Scope: which data of which sources leaked. Its canonical JSON is hashed with a salt, since lists may hold addresses.
import { z } from 'zod';
import { Country, Id, Sha256, Tally, Time } from './values.ts';

export const DataClass = z.enum([
  'name',
  'email',
  'postal_address',
  'phone',
  'date_of_birth',
  'national_id',
  'tax_id',
  'government_id',
  'financial_account',
  'payment_card',
  'payment_card_partial',
  'payment_token',
  'financial_access_code',
  'credentials',
  'credentials_hash',
  'account_secret',
  'health',
  'biometric',
  'ip_address',
  'device',
  'location',
  'order_history',
  'wallet',
  'free_text',
]);
export type DataClass = z.infer<typeof DataClass>;

const address = z.string().trim().min(3).max(320);
const orderStatus = z.string().regex(/^[a-z0-9_-]{1,20}$/);

/** Orders of both order stores (HPOS and legacy posts), guests included. Empty lists mean "any". Times are `date_created` in UTC, from inclusive, to exclusive. */
export const OrderFilter = z.strictObject({
  created_from: Time.nullable().default(null),
  created_to: Time.nullable().default(null),
  payment_methods: z.array(z.string().min(1).max(100)).max(100).default([]),
  statuses: z.array(orderStatus).max(50).default([]),
  countries: z.array(Country).max(250).default([]),
});
export type OrderFilter = z.infer<typeof OrderFilter>;

/** Registered users. `countries` is the billing country of the address book. */
export const AccountFilter = z.strictObject({
  registered_from: Time.nullable().default(null),
  registered_to: Time.nullable().default(null),
  countries: z.array(Country).max(250).default([]),
});
export type AccountFilter = z.infer<typeof AccountFilter>;

export const ScopeLists = z.strictObject({
  emails: z.array(address).max(50_000).default([]),
  order_ids: z.array(z.int().positive()).max(50_000).default([]),
  user_ids: z.array(z.int().positive()).max(50_000).default([]),
});

/**
 * `accounts` or `orders` null means that source is not in scope. Everyone = both with empty filters.
 * `include` adds people whatever the filters say; `exclude` removes people last and wins.
 */
export const Scope = z.strictObject({
  version: z.literal(1).default(1),
  preset: z.enum([
    'everyone',
    'accounts',
    'orders_in_window',
    'checkout_skimmer',
    'list',
    'custom',
  ]),
  accounts: AccountFilter.nullable(),
  orders: OrderFilter.nullable(),
  include: ScopeLists.prefault({}),
  exclude: ScopeLists.prefault({}),
  data_classes: z.array(DataClass).min(1).max(30),
});
export type Scope = z.infer<typeof Scope>;

/** What a scope comes to, without anybody's data. Every tally but `by_data_class` and `by_source` adds up to `people`. */
export const AudienceCounts = z.object({
  people: z.int().nonnegative(),
  reachable: z.int().nonnegative(),
  unreachable: z.int().nonnegative(),
  guests: z.int().nonnegative(),
  registered: z.int().nonnegative(),
  /** Keys: `DE`, `US-CA` (state where the country is US), `unknown`. */
  by_country: z.array(Tally),
  /** Keys: accounts, orders_hpos, orders_legacy, list. A person may stand under several. */
  by_source: z.array(Tally),
  by_data_class: z.array(Tally),
  /** Why people cannot be reached: no_address, invalid_address, erased. Adds up to `unreachable`. */
  by_unreachable_reason: z.array(Tally),
  order_stores: z.object({
    orders: z.int().nonnegative(),
    hpos_only: z.int().nonnegative(),
    legacy_only: z.int().nonnegative(),
    both: z.int().nonnegative(),
    /** Orders in both stores whose address, customer, status or payment method differ. */
    differing: z.int().nonnegative(),
  }),
  /** Anonymised orders met; they are not people. */
  anonymised_orders: z.int().nonnegative(),
  /** What could not be read, in codes; never counted as 0 people. */
  unread: z.array(z.object({ code: z.string(), sentence: z.string() })),
});
export type AudienceCounts = z.infer<typeof AudienceCounts>;

/** A live count. `counting` until ready: poll `GET /v1/previews/{id}`. */
export const Preview = z.object({
  id: Id,
  state: z.enum(['counting', 'ready', 'failed']),
  counts: AudienceCounts.nullable(),
  rows_read: z.int().nonnegative(),
  counted_at: Time.nullable(),
  took_ms: z.int().nonnegative().nullable(),
  problem: z.object({ code: z.string(), title: z.string() }).nullable(),
});
export type Preview = z.infer<typeof Preview>;

export const SavedScope = z.object({
  id: Id,
  hash: Sha256,
  scope: Scope,
  set_at: Time,
  set_by: z.string(),
});
export type SavedScope = z.infer<typeof SavedScope>;

/** Values found in this store, to choose from in the scope form. */
export const StoreFacts = z.object({
  payment_methods: z.array(Tally),
  order_statuses: z.array(Tally),
  countries: z.array(Tally),
  first_order_at: Time.nullable(),
  last_order_at: Time.nullable(),
  order_store: z.enum(['hpos', 'legacy', 'both', 'none']),
  read_at: Time,
});
export type StoreFacts = z.infer<typeof StoreFacts>;
