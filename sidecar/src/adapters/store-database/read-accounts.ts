// Accounts: users and their meta, by pages of the primary key. Password hashes are never read.
import type { AccountRow } from '../../domain/audience/store-rows.ts';
import type { StoreConnection } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';
import { readDate } from './store-dates.ts';
import { firstValue, metaOf, readMeta, type Meta } from './store-meta.ts';

export const PAGE_ROWS = 500;

const KEYS = [
  'first_name',
  'last_name',
  'billing_first_name',
  'billing_last_name',
  'billing_company',
  'billing_address_1',
  'billing_address_2',
  'billing_city',
  'billing_state',
  'billing_postcode',
  'billing_country',
  'billing_email',
  'billing_phone',
  'description',
  'session_tokens',
];

type UserRow = { id: number; email: string; registered: string | null; display_name: string };

export async function* readAccounts(
  connection: StoreConnection,
  tables: StoreTables,
): AsyncGenerator<readonly AccountRow[]> {
  const users = tables.table('users');
  const usermeta = tables.table('usermeta');
  if (users === null) return;
  for (let after = 0; ;) {
    const rows = await connection.rows<UserRow>(
      `SELECT ID AS id, user_email AS email, user_registered AS registered, display_name
         FROM ${users} WHERE ID > ? ORDER BY ID LIMIT ${PAGE_ROWS}`,
      [after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    const metas =
      usermeta === null
        ? new Map<number, Meta>()
        : await readMeta(connection, {
            table: usermeta,
            id: 'umeta_id',
            owner: 'user_id',
            owners: rows.map((row) => row.id),
            keys: KEYS,
          });
    yield rows.map((row) => accountFrom(row, metaOf(metas, row.id)));
    after = last.id;
  }
}

function accountFrom(row: UserRow, meta: Meta): AccountRow {
  const value = (key: string): string => firstValue(meta, key);
  return {
    userId: row.id,
    email: row.email,
    displayName: row.display_name,
    firstName: value('first_name'),
    lastName: value('last_name'),
    registeredAt: readDate(row.registered),
    billing: {
      firstName: value('billing_first_name'),
      lastName: value('billing_last_name'),
      email: value('billing_email'),
      phone: value('billing_phone'),
      postal: {
        company: value('billing_company'),
        line1: value('billing_address_1'),
        line2: value('billing_address_2'),
        city: value('billing_city'),
        state: value('billing_state'),
        postcode: value('billing_postcode'),
        country: value('billing_country'),
      },
    },
    holds: {
      // WordPress leaves an empty PHP list behind when all sessions have ended.
      sessions: value('session_tokens').length > 'a:0:{}'.length,
      freeText: value('description').trim() !== '',
    },
  };
}
