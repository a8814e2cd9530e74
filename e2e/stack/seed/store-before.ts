// What is in a store before it is seeded: its own accounts and the ids that are taken.
import type { Connection } from 'mysql2/promise';
import type { TruePerson } from './truth.ts';

/** Next free id per table whose ids the seeder chooses itself. */
export type StoreIds = { user: number; order: number; lookup: number; token: number };

/** Accounts the store had from its set-up: people too, but not customers. */
export async function readStaff(connection: Connection, prefix: string): Promise<TruePerson[]> {
  const [rows] = await connection.query(
    `SELECT ID AS id, user_email AS email, display_name AS name FROM \`${prefix}users\` ORDER BY ID`,
  );
  return (rows as { id: number; email: string; name: string }[]).map((row) => ({
    id: `s${row.id}`,
    kind: 'staff',
    name: row.name,
    script: 'unknown',
    contact: row.email,
    addresses: [row.email],
    userId: row.id,
    accountEmail: row.email,
    orders: [],
  }));
}

/** Orders start above every post and every order: WooCommerce numbers both from one sequence. */
export async function readFreeIds(connection: Connection, prefix: string): Promise<StoreIds> {
  const highest = async (table: string, column: string): Promise<number> => {
    const [rows] = await connection.query(
      `SELECT COALESCE(MAX(\`${column}\`), 0) AS top FROM \`${prefix}${table}\``,
    );
    return Number((rows as { top: number | string }[])[0]?.top ?? 0);
  };
  const posts = await highest('posts', 'ID');
  const orders = await highest('wc_orders', 'id');
  return {
    user: (await highest('users', 'ID')) + 1,
    order: Math.max(posts, orders) + 1,
    lookup: (await highest('wc_customer_lookup', 'customer_id')) + 1,
    token: (await highest('woocommerce_payment_tokens', 'token_id')) + 1,
  };
}
