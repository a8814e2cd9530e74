// The data map: every place of a store that holds personal data, what it holds, and how a row of it leads to a person.
// `Source` is one schema for the shipped catalogue (sidecar/catalogue/*.json), for an operator's own mappings in wp-admin
// and for those in the file of the setting `data_map.file`.
import { z } from 'zod';
import { DataClass, PersonRole } from './scope.ts';
import { Time } from './values.ts';

/**
 * One step of decoding, outermost first. `php` is PHP's serialize(), `slashed_json` is JSON that WordPress added slashes
 * to, `joined` is text with values joined by blanks or new lines, `ip_binary` is 16 (or 4) bytes of an address,
 * `decrypt:<name>` is a decryptor of the configuration. Values nested in a decoded value (serialized inside serialized,
 * JSON inside PHP) are opened by themselves, to a depth of 5.
 */
export const EncodingStep = z.union([
  z.enum(['php', 'json', 'slashed_json', 'base64', 'joined', 'ip_binary']),
  z.string().regex(/^decrypt:[a-z0-9][a-z0-9_-]{0,39}$/),
]);
export type EncodingStep = z.infer<typeof EncodingStep>;

/**
 * What a value is to a person. `holds` is a value that is never read, only known to be there. `email` of a field whose key
 * or path has a `*`, or whose value is `joined`, takes only values that have the shape of an address as a whole: most
 * answers of a form are none. Each address found so is a person of its own beside the one the row is linked to, unless
 * their addresses match: a form can name a friend. A value with both a `user_id` and an `email` is either of them.
 */
export const FieldPart = z.enum([
  'email',
  'full_name',
  'first_name',
  'last_name',
  'company',
  'line1',
  'line2',
  'city',
  'state',
  'postcode',
  'country',
  'phone',
  'ip_address',
  'gateway_id',
  'user_id',
  'order_id',
  'holds',
]);
export type FieldPart = z.infer<typeof FieldPart>;

const name = z.string().min(1).max(190);
/** A table's or column's own name: goes into SQL backquoted, and into sentences. */
const sqlName = z.string().regex(/^[\p{L}\p{N}_$-]{1,64}$/u);

/**
 * One value of a row. In a table the value is `column`; in key/value rows it is the value of `key`, exact or with `*`
 * for any run of characters and `{prefix}` for the site's table prefix. `path` chooses leaves inside a decoded value:
 * segments joined by dots, `*` for one segment of any name (each list entry is then a person of its own), `**` for any
 * depth (all leaves found belong to one person). '' is the value itself. A path that begins with `**` needs no encoding: it
 * searches values that are plain in one row and encoded in the next.
 */
export const SourceField = z.strictObject({
  column: sqlName.optional(),
  key: name.optional(),
  path: z.string().max(300).default(''),
  encoding: z.array(EncodingStep).max(5).default([]),
  part: FieldPart,
  classes: z.array(DataClass).max(24).default([]),
  /** The source's own role when absent. */
  role: PersonRole.optional(),
});
export type SourceField = z.infer<typeof SourceField>;

/**
 * Where the rows are. Table names come without prefix. `scope: 'network'` tables exist once for all sites of a network.
 * `meta` is WordPress's key/value rows: of orders (`wc_orders_meta` and `postmeta` of order posts, both always), of users,
 * of other posts (`post_types`), of comments, of order items, of payment tokens.
 * `rows` limits a table to rows whose column holds one of the values: post types, comment types.
 */
export const SourcePlace = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('table'),
    table: sqlName,
    scope: z.enum(['site', 'network']).default('site'),
    /** Primary key, to page by; any type that has an order. */
    key: sqlName,
    rows: z
      .strictObject({ column: sqlName, values: z.array(z.string().max(190)).min(1).max(50) })
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('meta'),
    of: z.enum(['order', 'user', 'post', 'comment', 'order_item', 'payment_token']),
    post_types: z.array(z.string().max(40)).max(20).default([]),
  }),
  /**
   * Key/value rows of a table of their own, such as the answers of a form: all rows with one `owner` are one row of the
   * source, whose key is the owner. `name` and `value` are the columns of keys and values; fields name keys as in `meta`.
   */
  z.strictObject({
    kind: z.literal('pairs'),
    table: sqlName,
    scope: z.enum(['site', 'network']).default('site'),
    owner: sqlName,
    name: sqlName,
    value: sqlName,
  }),
  /** Rows of `options` by name (patterns as in `key`). */
  z.strictObject({ kind: z.literal('option') }),
  /** A file under wp-content: not in the database, told but not read. */
  z.strictObject({ kind: z.literal('file'), path: z.string().max(200) }),
]);
export type SourcePlace = z.infer<typeof SourcePlace>;

/**
 * A row of another table that names the person: the one whose `key` equals `column` of the row itself. The other columns
 * are of that table, which is of the same scope.
 */
export const SourceVia = z.strictObject({
  /** Of `pairs` it is the owner. */
  column: sqlName,
  table: sqlName,
  key: sqlName,
  user_id: sqlName.optional(),
  order_id: sqlName.optional(),
  email: sqlName.optional(),
  date: z
    .strictObject({ column: sqlName, kind: z.enum(['utc', 'local', 'unix', 'unix_ms']) })
    .optional(),
});
export type SourceVia = z.infer<typeof SourceVia>;

/**
 * How a row leads to a person besides by the addresses in its fields. Columns of the table itself; of key/value rows of
 * posts and comments, columns of the post or comment. For other key/value rows the owner is known already. `order_text` is
 * an order number inside text, such as `WC-1234`: the last run of digits. `customer_id` is an id of `wc_customer_lookup`,
 * which is not a user id.
 */
export const SourceLink = z.strictObject({
  via: SourceVia.optional(),
  user_id: sqlName.optional(),
  order_id: sqlName.optional(),
  order_text: sqlName.optional(),
  customer_id: sqlName.optional(),
  /** Session keys: a user id, or a guest's token. */
  session_key: sqlName.optional(),
});
export type SourceLink = z.infer<typeof SourceLink>;

/** `local`: the site's own time zone, read as UTC, at most a day off. */
export const SourceDate = z.strictObject({
  column: sqlName,
  kind: z.enum(['utc', 'local', 'unix', 'unix_ms']),
});
export type SourceDate = z.infer<typeof SourceDate>;

export const SourceFamily = z.strictObject({
  /** The software that writes it: `wordpress`, `woocommerce`, `stripe`, `gravity-forms`, … */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  title: z.string().min(1).max(80),
  kind: z.enum([
    'core',
    'shop',
    'gateway',
    'subscriptions',
    'forms',
    'crm',
    'security',
    'community',
    'custom',
  ]),
});
export type SourceFamily = z.infer<typeof SourceFamily>;

export const Source = z.strictObject({
  /** Such as `stripe.order-meta`; an operator's own begin with `own.`. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+$/)
    .max(80),
  title: z.string().min(1).max(120),
  family: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  place: SourcePlace,
  link: SourceLink.prefault({}),
  date: SourceDate.nullable().default(null),
  role: PersonRole,
  fields: z.array(SourceField).min(1).max(200),
  /** Version of the software whose rows or source this was made from, such as `WooCommerce 11.0.1`. */
  tested_with: z.string().max(120),
  /** installed: made by the shipped code and read back; partial: table and core keys seen; read: from source; secondary: from others' copies. */
  verification: z.enum(['installed', 'partial', 'read', 'secondary', 'inferred', 'operator']),
  /**
   * What reads it: `people` yields persons; `classes` adds data classes to the person its row belongs to and never a person of its own;
   * `staff` concerns the shop's own people; `none` is known and holds nobody (secrets of the shop, counters).
   */
  yields: z.enum(['people', 'classes', 'staff', 'none']),
  note: z.string().max(500).default(''),
});
export type Source = z.infer<typeof Source>;

/** One file of the shipped catalogue. */
export const CatalogueFile = z.strictObject({
  /** Version of the catalogue's schema. */
  version: z.literal(1),
  family: SourceFamily,
  sources: z.array(Source).min(1),
});
export type CatalogueFile = z.infer<typeof CatalogueFile>;

/** A place that a scan found: a column of a table, or a key of key/value rows, and a path inside its value. */
export const FoundPlace = z.object({
  /**
   * Stable over scans: `table/column`, `table/column/key`, such as `wp_acme_payers/payer_blob`; `table[type]/…` where rows have
   * a type; with ` (other paths)` behind for values of a mapped place that no source names. Digits in keys are folded to `#`.
   */
  id: z.string().max(400),
  /** Table prefix of the site, such as `wp_`. */
  prefix: z.string(),
  table: z.string(),
  column: z.string(),
  key: z.string(),
  /** Primary key of the table when it is one column: proposed to page by when the place is mapped. */
  table_key: z.string().optional(),
  /** Post or comment type of the rows, such as `shop_order`; absent where rows have none. */
  parent: z.string().optional(),
  state: z.enum(['mapped', 'ignored', 'blind_spot']),
  /** Catalogue or own source that covers it; null for none. */
  source: z.string().nullable(),
  classes: z.array(DataClass),
  /** How the values are written, as met: `php`, `php>json`, `base64`, `encrypted`, `plain`. */
  encodings: z.array(z.string()),
  /** Paths inside the value that hold personal data, at most 20; names only, never values. */
  paths: z.array(z.string()).max(20),
  /** Why it was taken for personal data: `known_source`, `key`, `value`, `encrypted`, `unlinked_text`. */
  found_by: z.array(z.string()),
  rows_sampled: z.int().nonnegative(),
  rows_matching: z.int().nonnegative(),
  /** The server's estimate of the table's rows. */
  rows_estimated: z.int().nonnegative(),
  first_seen_at: Time,
  /** Who ignored or mapped it, why and when; null while nobody did. */
  decision: z.object({ by: z.string(), at: Time, reason: z.string() }).nullable(),
  /** Columns of the same table that could link a row to a person, best first: to propose in the form. */
  link_candidates: z
    .array(
      z.object({
        column: z.string(),
        kind: z.enum(['user_id', 'order_id', 'order_text', 'email']),
      }),
    )
    .max(10),
});
export type FoundPlace = z.infer<typeof FoundPlace>;

export const ScanSummary = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  started_at: Time,
  finished_at: Time.nullable(),
  tables: z.int().nonnegative(),
  rows_sampled: z.int().nonnegative(),
  /** Places with personal data, and how many of them are mapped or ignored with a reason. */
  places: z.int().nonnegative(),
  mapped: z.int().nonnegative(),
  ignored: z.int().nonnegative(),
  blind_spots: z.int().nonnegative(),
  /** (mapped + ignored) of places in per cent, one decimal; 100 when there are none. */
  coverage: z.number().min(0).max(100),
  /** What could not be read, in codes; never counted as nothing. */
  unread: z.array(z.object({ code: z.string(), sentence: z.string() })),
  problem: z.object({ code: z.string(), title: z.string() }).nullable(),
});
export type ScanSummary = z.infer<typeof ScanSummary>;

/** What changed against the scan before. */
export const ScanChange = z.object({
  kind: z.enum(['new_blind_spot', 'new_place', 'gone', 'now_mapped', 'classes_changed']),
  place: z.string(),
  classes: z.array(DataClass),
});
export type ScanChange = z.infer<typeof ScanChange>;

export const DataMapPage = z.object({
  /** Null before the first scan. */
  scan: ScanSummary.nullable(),
  /** Set while one runs beside the last finished one. */
  running: ScanSummary.nullable(),
  changes: z.array(ScanChange),
  prefixes: z.array(z.string()),
  places: z.array(FoundPlace),
  /** Sources known to this sidecar: shipped and own, with whether their table is in this store. */
  sources: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      family: z.string(),
      family_title: z.string(),
      family_kind: z.string(),
      role: PersonRole,
      yields: z.string(),
      classes: z.array(DataClass),
      own: z.boolean(),
      present: z.boolean(),
    }),
  ),
  /** Names of the decryptors that are configured. */
  decryptors: z.array(z.string()),
});
export type DataMapPage = z.infer<typeof DataMapPage>;

/** Maps a blind spot by hand: makes or replaces the source `own.<…>`. */
export const MapPlaceRequest = z.strictObject({
  source: Source,
  reason: z.string().trim().min(3).max(500),
});
export type MapPlaceRequest = z.infer<typeof MapPlaceRequest>;
/** `ignored: false` takes an earlier decision back. */
export const IgnorePlaceRequest = z.strictObject({
  place: z.string().min(1).max(400),
  ignored: z.boolean(),
  reason: z.string().trim().min(3).max(500),
});
export type IgnorePlaceRequest = z.infer<typeof IgnorePlaceRequest>;
