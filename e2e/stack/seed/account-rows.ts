// The rows WordPress and WooCommerce keep for an account.
import type { InventedPerson } from './invent-person.ts';
import type { TableWriter } from './table-writer.ts';

export type AccountContext = {
  readonly writer: TableWriter;
  readonly prefix: string;
  readonly lookupId: number;
};

/** A hash no password has: nobody logs in as an invented customer. */
const NO_PASSWORD = '$wp$2y$10$nobody';
const CUSTOMER_ROLE = 'a:1:{s:8:"customer";b:1;}';

export function writeAccount(person: InventedPerson, context: AccountContext): void {
  const { userId, accountEmail, name } = person.truth;
  if (userId === null || accountEmail === null || person.registeredAt === null) return;
  const { writer } = context;
  const login = `${person.latin}${person.number.toString(36)}`;
  const registered = sqlTime(person.registeredAt);
  writer.add('users', {
    ID: userId,
    user_login: login,
    user_pass: NO_PASSWORD,
    user_nicename: login.replaceAll('.', '-').slice(0, 50),
    user_email: accountEmail,
    user_url: '',
    user_registered: registered,
    user_activation_key: '',
    user_status: 0,
    display_name: name,
  });
  for (const [key, value] of Object.entries(accountMeta(person, context.prefix, login))) {
    writer.add('usermeta', { user_id: userId, meta_key: key, meta_value: value });
  }
  writer.add('wc_customer_lookup', {
    customer_id: context.lookupId,
    user_id: userId,
    username: login,
    first_name: person.given,
    last_name: person.family,
    email: accountEmail,
    date_last_active: registered,
    date_registered: registered,
    country: person.home.country,
    postcode: person.home.postcode,
    city: person.home.city,
    state: person.home.state,
  });
}

/** An address book is filled by the first order, with the address that order was billed to. */
function accountMeta(
  person: InventedPerson,
  prefix: string,
  login: string,
): Record<string, string> {
  const profile = {
    nickname: login,
    first_name: person.given,
    last_name: person.family,
    [`${prefix}capabilities`]: CUSTOMER_ROLE,
    [`${prefix}user_level`]: '0',
  };
  const ordered = person.orders.find((order) => order.truth.customerId !== 0);
  if (ordered === undefined) return profile;
  const billed = ordered.truth.hposEmail ?? ordered.truth.legacyEmail ?? '';
  return {
    ...profile,
    billing_first_name: person.given,
    billing_last_name: person.family,
    billing_address_1: person.home.street,
    billing_city: person.home.city,
    billing_state: person.home.state,
    billing_postcode: person.home.postcode,
    billing_country: person.home.country,
    billing_email: billed,
    billing_phone: person.phone,
    paying_customer: '1',
  };
}

/** `2026-11-23T16:00:00Z` as the database writes it. */
export function sqlTime(isoTime: string): string {
  return isoTime.slice(0, 19).replace('T', ' ');
}
