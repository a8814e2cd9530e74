// Rows of the shop as this product understands them: one account, one copy of one order. Values are as stored; '' is none.

export type PostalAddress = {
  readonly company: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly state: string;
  readonly postcode: string;
  readonly country: string;
};

/** The person an order or an address book ships to, when any part is there; e-mail addresses are never kept for him. */
export type ShippingContact = {
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly postal: PostalAddress;
};

export type AccountRow = {
  readonly userId: number;
  readonly email: string;
  readonly displayName: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Milliseconds since 1970; null when the store holds no real date. */
  readonly registeredAt: number | null;
  /** The address book of the account; all parts are '' when it was never filled. */
  readonly billing: {
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
    readonly phone: string;
    readonly postal: PostalAddress;
  };
  /** Null when the address book has no shipping part. */
  readonly shipping: ShippingContact | null;
  /**
   * One of the shop's own people: a role of his may manage the shop or edit others' posts, by the role table of the site
   * (`{prefix}user_roles`), else he is administrator, shop_manager, editor or author.
   */
  readonly staff: boolean;
  /** Whether the account holds these, whose values are never read out of the shop. */
  readonly holds: {
    readonly sessions: boolean;
    readonly freeText: boolean;
    /** A password hash: every account that can log in has one. */
    readonly passwordHash: boolean;
  };
};

/** HPOS tables (`wc_orders`) or WordPress posts. A shop can hold an order in both, and the two can differ. */
export type OrderStore = 'orders_hpos' | 'orders_legacy';

export type OrderCopy = {
  readonly store: OrderStore;
  readonly orderId: number;
  /** Without `wc-`: `completed`, `checkout-draft`, `trash`. */
  readonly status: string;
  /** WordPress user id; 0 for a guest. The user may have been deleted since. */
  readonly customerId: number;
  /** Every distinct billing address of this copy, the one WooCommerce shows first. */
  readonly emails: readonly string[];
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly postal: PostalAddress;
  /** Milliseconds since 1970; null when the store holds no real date. */
  readonly createdAt: number | null;
  readonly paymentMethod: string;
  /** Null when the copy has no shipping part. */
  readonly shipping: ShippingContact | null;
  /** Of the visitor, as stored; '' when there is none. */
  readonly ipAddress: string;
  /** Ids of the products and variations bought; empty unless the reading was asked for them. */
  readonly products: readonly number[];
  /** Marked `_anonymized` by WooCommerce, or its address is the placeholder. */
  readonly anonymised: boolean;
  readonly holds: {
    readonly ipAddress: boolean;
    readonly device: boolean;
    readonly freeText: boolean;
  };
};

/** One order with its copies: at least one of the two is there. */
export type OrderPair = {
  readonly orderId: number;
  readonly hpos: OrderCopy | null;
  readonly legacy: OrderCopy | null;
};

/** Order statuses compare without WooCommerce's prefix: `wc-completed` and `completed` are one. */
export function bareStatus(status: string): string {
  return status.startsWith('wc-') ? status.slice(3) : status;
}
