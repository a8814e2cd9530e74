// A shop large enough for the server to care how it is read, for tests.
import type { TestServer, TestShop } from './test-shop.ts';

export const LARGE_SHOP_ROWS = 12_000;

/** 12,000 accounts and orders of five years, in posts too, with the indexes WooCommerce makes. */
export async function makeLargeShop(server: TestServer): Promise<TestShop> {
  const shop = await server.makeShop();
  const created = `DATE_ADD('2021-11-23', INTERVAL seq * 13000 SECOND)`;
  for (const statement of [
    'ALTER TABLE wp_wc_orders DROP INDEX IF EXISTS type_status_date, DROP INDEX IF EXISTS date_created, DROP INDEX IF EXISTS customer_id_billing_email, DROP INDEX IF EXISTS billing_email',
    `ALTER TABLE wp_wc_orders ADD INDEX type_status_date (type, status, date_created_gmt), ADD INDEX date_created (date_created_gmt),
      ADD INDEX customer_id_billing_email (customer_id, billing_email(171)), ADD INDEX billing_email (billing_email(191))`,
    'ALTER TABLE wp_wc_order_addresses DROP INDEX IF EXISTS email, ADD INDEX email (email(191))',
    `INSERT INTO wp_users (ID, user_login, user_email) SELECT seq, CONCAT('u', seq), CONCAT('u', seq, '@example.com') FROM seq_1_to_${LARGE_SHOP_ROWS}`,
    `INSERT INTO wp_usermeta (user_id, meta_key, meta_value) SELECT u.seq, ELT(k.seq, 'nickname', 'first_name', 'billing_city', 'locale', 'rich_editing', 'billing_email'), 'x' FROM seq_1_to_${LARGE_SHOP_ROWS} u, seq_1_to_6 k`,
    `INSERT INTO wp_wc_orders (id, type, status, customer_id, billing_email, date_created_gmt)
      SELECT seq, 'shop_order', 'wc-completed', seq, CONCAT('u', seq, '@example.com'), ${created} FROM seq_1_to_${LARGE_SHOP_ROWS}`,
    `INSERT INTO wp_wc_order_addresses (order_id, address_type, email) SELECT seq, 'billing', CONCAT('u', seq, '@example.com') FROM seq_1_to_${LARGE_SHOP_ROWS}`,
    `INSERT INTO wp_posts (ID, post_type, post_status, post_date, post_date_gmt, post_excerpt)
      SELECT seq, 'shop_order', 'wc-completed', ${created}, ${created}, '' FROM seq_1_to_${LARGE_SHOP_ROWS}`,
    `INSERT INTO wp_postmeta (post_id, meta_key, meta_value) SELECT p.seq, ELT(k.seq, '_billing_city', '_order_key', '_cart_hash', '_total', '_version', '_billing_email'), 'x' FROM seq_1_to_${LARGE_SHOP_ROWS} p, seq_1_to_6 k`,
  ]) {
    await shop.exec(statement);
  }
  await analyseLargeShop(shop);
  return shop;
}

/** The server's statistics are otherwise renewed some seconds after a change, by itself. */
export function analyseLargeShop(shop: TestShop): Promise<void> {
  return shop.exec(
    'ANALYZE TABLE wp_users, wp_usermeta, wp_wc_orders, wp_wc_order_addresses, wp_posts, wp_postmeta',
  );
}
