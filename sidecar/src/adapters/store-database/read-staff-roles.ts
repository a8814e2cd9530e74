// Who is one of the shop's own people, by what WordPress lets him do on this site.
import { decodeValue } from '../../domain/data-map/decode-value.ts';
import type { StoreConnection } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';

/** One of these capabilities makes somebody staff: he sees other people's orders or writes over other people's pages. */
const OF_STAFF = new Set([
  'manage_options',
  'manage_woocommerce',
  'edit_others_shop_orders',
  'edit_others_posts',
]);

/** Where the site keeps no table of roles. */
const ROLES_OF_STAFF = ['administrator', 'shop_manager', 'editor', 'author'];

/** Distinct values of capabilities remembered: a shop has a handful of roles, and one value for each set of them. */
const REMEMBERED = 1_000;

/** Takes the value of the user meta `{prefix}capabilities`: a serialized list of roles and capabilities. */
export type StaffTest = (capabilities: string) => boolean;

export async function readStaffTest(
  connection: StoreConnection,
  tables: StoreTables,
): Promise<StaffTest> {
  const roles = new Set(OF_STAFF);
  for (const role of (await readStaffRoles(connection, tables)) ?? ROLES_OF_STAFF) roles.add(role);
  const known = new Map<string, boolean>();
  return (capabilities) => {
    const seen = known.get(capabilities);
    if (seen !== undefined) return seen;
    const staff = decodeValue(capabilities).leaves.some(
      ({ path: [name = ''], value }) => value === '1' && roles.has(name),
    );
    if (known.size >= REMEMBERED) known.clear();
    known.set(capabilities, staff);
    return staff;
  };
}

/** Null when there is no table of roles or none can be read from it. */
async function readStaffRoles(
  connection: StoreConnection,
  tables: StoreTables,
): Promise<string[] | null> {
  const options = tables.table('options');
  if (options === null) return null;
  const name = `${tables.prefix}user_roles`;
  const rows = await connection.rows<{ name: string; value: string }>(
    `SELECT option_name AS name, LEFT(option_value, 1000000) AS value FROM ${options} WHERE option_name = ?`,
    [name],
  );
  const { leaves } = decodeValue(rows.find((row) => row.name === name)?.value ?? '');
  const granted = leaves.filter(({ path }) => path.length === 3 && path[1] === 'capabilities');
  if (granted.length === 0) return null;
  return granted
    .filter(({ path, value }) => value === '1' && OF_STAFF.has(path[2] ?? ''))
    .map(({ path }) => path[0] ?? '');
}
