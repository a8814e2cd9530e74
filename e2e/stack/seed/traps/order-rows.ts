// The rows of an order that is part of a trap, in the order tables, in posts and postmeta, or in both.
import type { TrapRow } from './trap-shop.ts';

export type TrapParty = {
  readonly first: string;
  readonly last: string;
  readonly street?: string;
  readonly city?: string;
  readonly postcode?: string;
  readonly country?: string;
};

/** Empty when a field is left out. `hpos` and `legacy` are the billing addresses of the two copies. */
export type TrapOrder = {
  readonly hpos?: string | null;
  readonly legacy?: string;
  readonly buyer: TrapParty;
  /** In the order tables, where they differ from the post. */
  readonly hposBuyer?: TrapParty;
  readonly phone?: string;
  readonly shipTo?: TrapParty;
  /** User id; the post's may differ. */
  readonly customer?: number;
  readonly legacyCustomer?: number;
  readonly status?: string;
  readonly method?: string;
  /** Null for a zero date. */
  readonly daysAgo?: number | null;
  readonly note?: string;
  readonly ip?: string | null;
  readonly meta?: Readonly<Record<string, string>>;
};

const ZERO_DATE = '0000-00-00 00:00:00';

type Ground = { readonly id: number; readonly day: (daysAgo: number) => string };
type Rows = Iterable<[string, TrapRow]>;

export function* orderRows(order: TrapOrder, { id, day }: Ground): Rows {
  const at = order.daysAgo === null ? ZERO_DATE : day(order.daysAgo ?? 10);
  if (order.hpos !== undefined) yield* hposRows(order, order.hpos, { id, at });
  const type = order.legacy === undefined ? 'shop_order_placehold' : 'shop_order';
  yield ['posts', postRow({ id, at, type, status: order.status ?? 'wc-completed' })];
  if (order.legacy !== undefined) yield* legacyRows(order, order.legacy, id);
}

function* hposRows(order: TrapOrder, email: string | null, row: { id: number; at: string }): Rows {
  const { id, at } = row;
  yield [
    'wc_orders',
    {
      id,
      status: order.status ?? 'wc-completed',
      type: 'shop_order',
      total_amount: 20,
      customer_id: order.customer ?? 0,
      billing_email: email,
      date_created_gmt: at === ZERO_DATE ? null : at,
      date_updated_gmt: at === ZERO_DATE ? null : at,
      parent_order_id: 0,
      payment_method: order.method ?? 'bacs',
      payment_method_title: '',
      transaction_id: '',
      ip_address: order.ip ?? null,
      user_agent: null,
      customer_note: order.note ?? '',
    },
  ];
  const addresses = [
    ['billing', order.hposBuyer ?? order.buyer, email, order.phone ?? ''],
    ...(order.shipTo === undefined ? [] : [['shipping', order.shipTo, null, ''] as const]),
  ] as const;
  for (const [type, party, mail, phone] of addresses) {
    yield [
      'wc_order_addresses',
      {
        order_id: id,
        address_type: type,
        first_name: party.first,
        last_name: party.last,
        address_1: party.street ?? '',
        city: party.city ?? '',
        postcode: party.postcode ?? '',
        country: party.country ?? '',
        email: mail,
        phone,
      },
    ];
  }
  for (const [key, value] of Object.entries(order.meta ?? {})) {
    yield ['wc_orders_meta', { order_id: id, meta_key: key, meta_value: value }];
  }
}

function* legacyRows(order: TrapOrder, email: string, id: number): Rows {
  const meta: Record<string, string> = {
    _customer_user: String(order.legacyCustomer ?? order.customer ?? 0),
    _payment_method: order.method ?? 'bacs',
    _billing_email: email,
    ...partyMeta('billing', order.buyer),
    _billing_phone: order.phone ?? '',
    ...(order.shipTo === undefined ? {} : partyMeta('shipping', order.shipTo)),
  };
  for (const [key, value] of Object.entries(meta)) {
    if (value !== '') yield ['postmeta', { post_id: id, meta_key: key, meta_value: value }];
  }
}

function partyMeta(type: string, party: TrapParty): Record<string, string> {
  return {
    [`_${type}_first_name`]: party.first,
    [`_${type}_last_name`]: party.last,
    [`_${type}_address_1`]: party.street ?? '',
    [`_${type}_city`]: party.city ?? '',
    [`_${type}_postcode`]: party.postcode ?? '',
    [`_${type}_country`]: party.country ?? '',
  };
}

function postRow(post: { id: number; at: string; type: string; status: string }): TrapRow {
  return {
    ID: post.id,
    post_author: 1,
    post_date: post.at,
    post_date_gmt: post.at,
    post_content: '',
    post_title: '',
    post_excerpt: '',
    post_status: post.type === 'shop_order' ? post.status : 'draft',
    post_type: post.type,
    to_ping: '',
    pinged: '',
    post_content_filtered: '',
    post_modified: post.at,
    post_modified_gmt: post.at,
  };
}
