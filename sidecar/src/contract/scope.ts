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

/** Who a person is to a row that names him. */
export const PersonRole = z.enum([
  'buyer',
  'shipping_contact',
  'payer',
  'gift_recipient',
  'reviewer',
  'subscriber',
  'staff',
]);
export type PersonRole = z.infer<typeof PersonRole>;

const address = z.string().trim().min(3).max(320);
const orderStatus = z.string().regex(/^[a-z0-9_-]{1,20}$/);

/** `US-CA`: country and the state's code as WooCommerce stores it. */
const state = z.string().regex(/^[A-Z]{2}-.{1,40}$/u);

/**
 * Orders of both order stores (HPOS and legacy posts), guests included. Empty lists mean "any". Times are `date_created`
 * in UTC, from inclusive, to exclusive. `products`: product or variation ids, any of which was bought.
 */
export const OrderFilter = z.strictObject({
  created_from: Time.nullable().default(null),
  created_to: Time.nullable().default(null),
  payment_methods: z.array(z.string().min(1).max(100)).max(100).default([]),
  statuses: z.array(orderStatus).max(50).default([]),
  countries: z.array(Country).max(250).default([]),
  states: z.array(state).max(1_000).default([]),
  products: z.array(z.int().positive()).max(1_000).default([]),
});
export type OrderFilter = z.infer<typeof OrderFilter>;

/** Registered users. `countries` is the billing country of the address book. */
export const AccountFilter = z.strictObject({
  registered_from: Time.nullable().default(null),
  registered_to: Time.nullable().default(null),
  countries: z.array(Country).max(250).default([]),
  states: z.array(state).max(1_000).default([]),
});
export type AccountFilter = z.infer<typeof AccountFilter>;

/**
 * Other places of the data map. `ids`: sources (`stripe.order-meta`) or whole families (`family:stripe`); empty means all
 * mapped sources of this store. The window is over each source's own date; a source without one takes the date of the
 * order its row belongs to.
 */
export const SourceFilter = z.strictObject({
  ids: z.array(z.string().min(1).max(90)).max(500).default([]),
  from: Time.nullable().default(null),
  to: Time.nullable().default(null),
  /**
   * Rows without any date, such as carts and saved payment tokens, when there is a window: `leave_out` counts them,
   * `take_in` counts them and takes them for inside it.
   */
  undated: z.enum(['leave_out', 'take_in']).default('leave_out'),
});
export type SourceFilter = z.infer<typeof SourceFilter>;

export const ScopeLists = z.strictObject({
  emails: z.array(address).max(50_000).default([]),
  order_ids: z.array(z.int().positive()).max(50_000).default([]),
  user_ids: z.array(z.int().positive()).max(50_000).default([]),
});

/**
 * `accounts`, `orders` or `sources` null means that those places are not in scope. Everyone = all three with empty filters.
 * `as_of`: the moment of a stolen copy: what was written later did not leak. `ip_addresses`: only rows whose visitor had
 * one of these. `roles`: only people in one of these roles; empty means all but the shop's own staff, who are counted
 * apart. `include` adds people whatever the filters say; `exclude` removes people last and wins.
 */
export const Scope = z.strictObject({
  version: z.literal(1).default(1),
  preset: z.enum([
    'everyone',
    'accounts',
    'customer_table',
    'orders_in_window',
    'checkout_skimmer',
    'gateway_data',
    'password_hashes',
    'api_key_reads',
    'form_entries',
    'stolen_backup',
    'misdirected_export',
    'list',
    'custom',
  ]),
  accounts: AccountFilter.nullable(),
  orders: OrderFilter.nullable(),
  sources: SourceFilter.nullable().default(null),
  as_of: Time.nullable().default(null),
  ip_addresses: z.array(z.string().trim().min(2).max(45)).max(1_000).default([]),
  roles: z.array(PersonRole).max(7).default([]),
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
  /** Keys: accounts, orders_hpos, orders_legacy, list, and sources of the data map. A person may stand under several. */
  by_source: z.array(Tally),
  /** A person may have several roles. */
  by_role: z.array(Tally).default([]),
  /** How people can be reached next: email, phone, postal_address, none. Adds up to `people`. */
  by_channel: z.array(Tally).default([]),
  /** The shop's own people whose rows are in scope and who never bought; they are not among `people`. */
  staff: z.int().nonnegative().default(0),
  /** Rows tied to a person, by strength: same, likely, reviewer. */
  by_merge: z.array(Tally).default([]),
  /** Groups of people who may be one: to be looked at, counted apart meanwhile. Null in a preview, which holds no values to compare. */
  hints: z.int().nonnegative().nullable().default(null),
  /** Rows in scope that name nobody, by source: an IP address alone, an order that is gone. */
  unlinked_rows: z.array(Tally).default([]),
  /** Values in scope that could not be read, by source: a missing key, a cut or damaged value. */
  unresolved_values: z.array(Tally).default([]),
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
  /** Personal data that outlived the erasure of those orders, by data class. */
  anonymised_remains: z.array(Tally).default([]),
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
