// Accounts: users and their meta, by pages of the primary key. Password hashes are never read, only that there is one.
import type { AccountRow } from '../../domain/audience/store-rows.ts';
import {
  keyColumns,
  layOutValues,
  LONGEST_VALUE,
  type KeyColumns,
  type KeyedValues,
} from './keyed-values.ts';
import { PAGE_ROWS, pageThrough, type Run, type Walk } from './page-through.ts';
import { ADDRESS_KEYS, contactFrom, postalFrom } from './postal-parts.ts';
import { readStaffTest, type StaffTest } from './read-staff-roles.ts';
import { readDate } from './store-dates.ts';
import type { StoreCell } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';
import { forceIndex, textSql, type TableLayout } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

const BILLING = ADDRESS_KEYS.map((key) => `billing_${key}`);
const SHIPPING = ADDRESS_KEYS.map((key) => `shipping_${key}`);
const OTHERS = ['first_name', 'last_name', 'billing_email', 'description', 'session_tokens'];

/** Columns of the values laid out. */
const AT = {
  billing: 0,
  shipping: BILLING.length,
  firstName: BILLING.length + SHIPPING.length,
  lastName: BILLING.length + SHIPPING.length + 1,
  billingEmail: BILLING.length + SHIPPING.length + 2,
  description: BILLING.length + SHIPPING.length + 3,
  sessions: BILLING.length + SHIPPING.length + 4,
  capabilities: BILLING.length + SHIPPING.length + 5,
} as const;

/** WordPress leaves an empty PHP list behind when all sessions have ended. */
const NO_SESSIONS = 'a:0:{}';

export async function* readAccounts(
  run: Run,
  tables: StoreTables,
  only?: readonly number[],
): AsyncGenerator<readonly AccountRow[]> {
  const users = tables.layout('users');
  if (users === null) return;
  const usermeta = tables.layout('usermeta');
  const keys = keyColumns([...BILLING, ...SHIPPING, ...OTHERS, `${tables.prefix}capabilities`]);
  const isStaff = await run((connection) => readStaffTest(connection, tables));
  const walk = walkOf(users, usermeta, keys);
  for await (const { heads, details } of pageThrough(run, walk, { only })) {
    yield heads.map((row, place) => accountFrom(row, details, place, isStaff));
  }
}

function walkOf(
  users: TableLayout,
  usermeta: TableLayout | null,
  keys: KeyColumns,
): Walk<KeyedValues> {
  return {
    heads: (connection, range) => {
      const { sql, values } = range('ID');
      return connection.lists(
        `SELECT ID, ${textSql(users, 'user_email')}, user_registered, ${textSql(users, 'display_name')},
                user_pass <> '' FROM ${users.quoted} WHERE ${sql} ORDER BY ID LIMIT ?`,
        [...values, PAGE_ROWS],
      );
    },
    details: async (connection, heads, range) => {
      const owners = heads.map((row) => idOf(row[0]));
      if (usermeta === null) return layOutValues(owners, keys, []);
      const { sql, values } = range('user_id');
      const rows = await connection.lists(
        `SELECT user_id, meta_key, ${textSql(usermeta, 'meta_value', `LEFT(meta_value, ${LONGEST_VALUE})`)}
           FROM ${usermeta.quoted} ${forceIndex(usermeta, 'user_id')}
          WHERE ${sql} AND meta_key IN (?) ORDER BY user_id, umeta_id`,
        [...values, [...keys.keys()]],
      );
      return layOutValues(owners, keys, rows);
    },
  };
}

function accountFrom(
  row: readonly StoreCell[],
  meta: KeyedValues,
  place: number,
  isStaff: StaffTest,
): AccountRow {
  const value = (column: number): string => meta.first(place, column);
  const billing = (part: number): string => meta.first(place, AT.billing + part);
  const shipping = (part: number): string => meta.first(place, AT.shipping + part);
  return {
    userId: idOf(row[0]),
    email: textOf(row[1]),
    displayName: textOf(row[3]),
    firstName: value(AT.firstName),
    lastName: value(AT.lastName),
    registeredAt: readDate(textOf(row[2])),
    billing: {
      firstName: billing(0),
      lastName: billing(1),
      email: value(AT.billingEmail),
      phone: billing(2),
      postal: postalFrom(billing),
    },
    shipping: contactFrom(shipping),
    staff: isStaff(value(AT.capabilities)),
    holds: {
      sessions: value(AT.sessions).length > NO_SESSIONS.length,
      freeText: value(AT.description).trim() !== '',
      passwordHash: row[4] === 1,
    },
  };
}
