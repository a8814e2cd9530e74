// Indexes that WordPress 7.1 and WooCommerce 11.0 make and the readings rely on, under their own names: a shop that was
// upgraded over years may lack some, and one that is added under another name would be made twice at its next update.

export type WantedIndex = {
  readonly name: string;
  /** `prefix`: characters of a text; null for the whole column. */
  readonly columns: readonly { readonly name: string; readonly prefix: number | null }[];
};

const index = (name: string, ...columns: readonly (string | [string, number])[]): WantedIndex => ({
  name,
  columns: columns.map((column) =>
    typeof column === 'string'
      ? { name: column, prefix: null }
      : { name: column[0], prefix: column[1] },
  ),
});

/** By the table's name without prefix. */
export const STANDARD_INDEXES: Readonly<Record<string, readonly WantedIndex[]>> = {
  users: [index('user_email', 'user_email')],
  usermeta: [index('user_id', 'user_id'), index('meta_key', ['meta_key', 191])],
  posts: [index('type_status_date', 'post_type', 'post_status', 'post_date', 'id')],
  postmeta: [index('post_id', 'post_id'), index('meta_key', ['meta_key', 191])],
  comments: [
    index('comment_post_ID', 'comment_post_id'),
    index('comment_author_email', ['comment_author_email', 10]),
    index('woo_idx_comment_type', 'comment_type'),
  ],
  commentmeta: [index('comment_id', 'comment_id'), index('meta_key', ['meta_key', 191])],
  wc_orders: [
    index('date_created', 'date_created_gmt'),
    index('customer_id_billing_email', 'customer_id', ['billing_email', 171]),
    index('billing_email', ['billing_email', 191]),
    index('type_status_date', 'type', 'status', 'date_created_gmt'),
  ],
  wc_order_addresses: [index('order_id', 'order_id'), index('email', ['email', 191])],
  wc_orders_meta: [
    index('order_id_meta_key_meta_value', 'order_id', ['meta_key', 100], ['meta_value', 82]),
    index('meta_key_value', ['meta_key', 50], ['meta_value', 20]),
  ],
  wc_customer_lookup: [index('user_id', 'user_id'), index('email', 'email')],
  wc_order_product_lookup: [index('order_id', 'order_id'), index('product_id', 'product_id')],
  woocommerce_order_items: [index('order_id', 'order_id')],
  woocommerce_order_itemmeta: [
    index('order_item_id', 'order_item_id'),
    index('meta_key', ['meta_key', 32]),
  ],
  woocommerce_payment_tokens: [index('user_id', 'user_id')],
  woocommerce_payment_tokenmeta: [
    index('payment_token_id', 'payment_token_id'),
    index('meta_key', ['meta_key', 32]),
  ],
  woocommerce_downloadable_product_permissions: [index('order_id', 'order_id')],
};
