// Writes accounts and orders into a test shop the way WordPress and WooCommerce leave them there.

type Exec = (sql: string, values?: readonly (string | number | null)[]) => Promise<void>;

export type TestAddress = {
  first?: string;
  last?: string;
  phone?: string;
  street?: string;
  city?: string;
  state?: string;
  postcode?: string;
  country?: string;
};

export type TestUser = {
  id: number;
  email: string;
  registered?: string;
  first?: string;
  last?: string;
  display?: string;
  billing?: TestAddress & { email?: string };
  shipping?: TestAddress;
  /** Of the site whose prefix the shop has. */
  role?: string;
  /** Stored as it is; an account without one cannot log in. */
  passwordHash?: string;
  meta?: Readonly<Record<string, string>>;
};

export type TestOrder = TestAddress & {
  id: number;
  customer?: number | null;
  email?: string | null;
  status?: string;
  type?: string;
  created?: string | null;
  method?: string;
  note?: string;
  ip?: string;
  /** Null: no shipping row, and no shipping meta. */
  shipping?: TestAddress | null;
  products?: readonly number[];
  meta?: Readonly<Record<string, string>>;
  anonymised?: boolean;
};

export type ShopWriter = {
  addUser(user: TestUser): Promise<void>;
  /** `orderEmail`: what stands in wc_orders when it is not what stands in wc_order_addresses. */
  addHpos(order: TestOrder & { orderEmail?: string }): Promise<void>;
  /** `emails`: several `_billing_email` rows of one order. */
  addLegacy(
    order: TestOrder & { emails?: string[]; modified?: string; local?: string },
  ): Promise<void>;
};

const DAY = '2026-11-20 10:00:00';

export function makeShopWriter(exec: Exec, prefix: string): ShopWriter {
  const meta = async (table: string, owner: string, id: number, values: Record<string, string>) => {
    for (const [key, value] of Object.entries(values)) {
      await exec(
        `INSERT INTO ${prefix}${table} (${owner}, meta_key, meta_value) VALUES (?, ?, ?)`,
        [id, key, value],
      );
    }
  };
  const addressRow = (
    type: string,
    place: TestAddress & { id: number },
    email: string | null,
  ): Promise<void> =>
    exec(
      `INSERT INTO ${prefix}wc_order_addresses (order_id, address_type, first_name, last_name,
           address_1, city, state, postcode, country, email, phone)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        place.id,
        type,
        place.first ?? null,
        place.last ?? null,
        place.street ?? null,
        place.city ?? null,
        place.state ?? null,
        place.postcode ?? null,
        place.country ?? null,
        email,
        place.phone ?? null,
      ],
    );
  /** Items have ids of their own; a test shop has one item for each product. */
  const addItems = async (order: TestOrder): Promise<void> => {
    for (const [place, product] of (order.products ?? []).entries()) {
      const item = order.id * 100 + place;
      await exec(
        `INSERT IGNORE INTO ${prefix}woocommerce_order_items (order_item_id, order_item_name, order_item_type, order_id)
         VALUES (?, 'Thing', 'line_item', ?)`,
        [item, order.id],
      );
      await meta('woocommerce_order_itemmeta', 'order_item_id', item, {
        _product_id: String(product),
        _variation_id: '0',
      });
    }
  };
  return {
    addUser: async (user) => {
      await exec(
        `INSERT INTO ${prefix}users (ID, user_login, user_pass, user_email, user_registered, display_name)
         VALUES (?, ?, ?, ?, ?, ?)`,
        [
          user.id,
          `login${user.id}`,
          user.passwordHash ?? 'secret-hash',
          user.email,
          user.registered ?? DAY,
          user.display ?? '',
        ],
      );
      const { email, ...place } = user.billing ?? {};
      await meta('usermeta', 'user_id', user.id, {
        first_name: user.first ?? '',
        last_name: user.last ?? '',
        ...(email === undefined ? {} : { billing_email: email }),
        ...placeMeta('billing_', place),
        ...placeMeta('shipping_', user.shipping ?? {}),
        ...(user.role === undefined ? {} : { [`${prefix}capabilities`]: rolesText(user.role) }),
        ...user.meta,
      });
    },
    addHpos: async (order) => {
      const email = order.email ?? null;
      await exec(
        `INSERT INTO ${prefix}wc_orders (id, status, type, customer_id, billing_email,
           date_created_gmt, payment_method, ip_address, customer_note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          order.id,
          order.status ?? 'wc-completed',
          order.type ?? 'shop_order',
          order.customer === undefined ? 0 : order.customer,
          order.orderEmail ?? email,
          order.created === undefined ? DAY : order.created,
          order.method ?? 'stripe',
          order.ip ?? null,
          order.note ?? '',
        ],
      );
      await addressRow('billing', order, email);
      if (order.shipping) await addressRow('shipping', { ...order.shipping, id: order.id }, null);
      await meta('wc_orders_meta', 'order_id', order.id, order.meta ?? {});
      await addItems(order);
      if (order.anonymised === true) {
        await meta('wc_orders_meta', 'order_id', order.id, { _anonymized: 'yes' });
      }
    },
    addLegacy: async (order) => {
      await exec(
        `INSERT INTO ${prefix}posts (ID, post_type, post_status, post_date_gmt, post_modified_gmt,
           post_date, post_excerpt) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [
          order.id,
          order.type ?? 'shop_order',
          order.status ?? 'wc-completed',
          order.created === undefined ? DAY : (order.created ?? '0000-00-00 00:00:00'),
          order.modified ?? '0000-00-00 00:00:00',
          order.local ?? '0000-00-00 00:00:00',
          order.note ?? '',
        ],
      );
      for (const email of order.emails ?? (typeof order.email === 'string' ? [order.email] : [])) {
        await meta('postmeta', 'post_id', order.id, { _billing_email: email });
      }
      await meta('postmeta', 'post_id', order.id, {
        _customer_user: String(order.customer ?? 0),
        _payment_method: order.method ?? 'stripe',
        ...placeMeta('_billing_', order),
        ...placeMeta('_shipping_', order.shipping ?? {}),
        ...order.meta,
        ...(order.ip === undefined ? {} : { _customer_ip_address: order.ip }),
        ...(order.anonymised === true ? { _anonymized: 'yes' } : {}),
      });
      await addItems(order);
    },
  };
}

/** As WordPress stores the roles of an account. */
function rolesText(role: string): string {
  return `a:1:{s:${role.length}:"${role}";b:1;}`;
}

function placeMeta(prefix: string, place: TestAddress): Record<string, string> {
  const named = {
    first_name: place.first,
    last_name: place.last,
    phone: place.phone,
    address_1: place.street,
    city: place.city,
    state: place.state,
    postcode: place.postcode,
    country: place.country,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([key, value]) =>
      value === undefined ? [] : [[prefix + key, value]],
    ),
  );
}
