// Accounts in tables of another name (CUSTOM_USER_TABLE of wp-config.php), known by their columns and by the roles that
// this site gave in them: sites can share them, and other shops of the schema have their own.
import { quoteName, type StoreConnection } from './store-pool.ts';
import { readLayouts, type TableLayout } from './table-layout.ts';

const USERS = ['id', 'user_login', 'user_pass', 'user_nicename', 'user_email', 'user_registered'];
const USERMETA = ['umeta_id', 'user_id', 'meta_key', 'meta_value'];

/**
 * None when it is not certain which: a guess could tell the customers of another shop, so the accounts are then told as
 * missing.
 */
export async function findUserTables(
  connection: StoreConnection,
  prefix: string,
): Promise<{ users: TableLayout; usermeta: TableLayout } | null> {
  const [meta, ...others] = await ofThisSite(connection, prefix, await alike(connection, USERMETA));
  if (meta === undefined || others.length > 0) return null;
  const tables = await alike(connection, USERS);
  const [users, ...more] =
    tables.length === 1 ? tables : tables.filter((name) => name === meta.replace(/meta$/, 's'));
  if (users === undefined || more.length > 0) return null;
  const layouts = await readLayouts(connection, [users, meta]);
  const found = { users: layouts.get(users), usermeta: layouts.get(meta) };
  return found.users === undefined || found.usermeta === undefined
    ? null
    : { users: found.users, usermeta: found.usermeta };
}

async function alike(
  connection: StoreConnection,
  columns: readonly string[],
): Promise<readonly string[]> {
  const rows = await connection.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = DATABASE() AND LOWER(column_name) IN (?)
      GROUP BY table_name HAVING COUNT(*) = ?`,
    [columns, columns.length],
  );
  return rows.map(({ name }) => name);
}

async function ofThisSite(
  connection: StoreConnection,
  prefix: string,
  tables: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await connection.rows<{ k: string }>(
      `SELECT DISTINCT meta_key AS k FROM ${quoteName(table)} WHERE meta_key = ?`,
      [`${prefix}capabilities`],
    );
    if (rows.some(({ k }) => k === `${prefix}capabilities`)) found.push(table);
  }
  return found;
}
