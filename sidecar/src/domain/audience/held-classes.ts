// Which of the data classes a scope names a row really holds. A scope says what leaked; a row without a phone number
// cannot have leaked one.
//
// | class                                     | account                         | order copy               |
// | name, email, phone, postal_address        | when not empty                  | when not empty           |
// | ip_address, device                        | when sessions are kept          | when not empty           |
// | free_text                                 | when a biography is there       | when a customer note is  |
// | order_history                             | no                              | always                   |
// | credentials, credentials_hash,            | as the scope says               | no                       |
// |   account_secret                          |                                 |                          |
// | every other class                         | as the scope says: such values live in places of their own that |
// |                                           | this reading does not open                                       |
import type { DataClass } from '../../contract/scope.ts';
import type { AccountRow, OrderCopy, PostalAddress } from './store-rows.ts';

/** A set of data classes as bits: small enough to stage for every row. */
export type ClassBits = number;

/** The contract's classes in the contract's order; the place in this list is the bit. */
const ALL = [
  'name',
  'email',
  'postal_address',
  'phone',
  'date_of_birth',
  'national_id',
  'tax_id',
  'government_id',
  'financial_account',
  'payment_card',
  'payment_card_partial',
  'payment_token',
  'financial_access_code',
  'credentials',
  'credentials_hash',
  'account_secret',
  'health',
  'biometric',
  'ip_address',
  'device',
  'location',
  'order_history',
  'wallet',
  'free_text',
] as const satisfies readonly DataClass[];
const BIT = new Map<DataClass, ClassBits>(ALL.map((name, place) => [name, 1 << place]));

export function classBits(classes: readonly DataClass[]): ClassBits {
  return classes.reduce((bits, name) => bits | (BIT.get(name) ?? 0), 0);
}

/** In the order of the contract. */
export function classesOf(bits: ClassBits): DataClass[] {
  return ALL.filter((name) => (bits & (BIT.get(name) ?? 0)) !== 0);
}

const ACCOUNT_ONLY: readonly DataClass[] = ['credentials', 'credentials_hash', 'account_secret'];

export function classesOfAccount(row: AccountRow, asked: ClassBits): ClassBits {
  const { billing } = row;
  return without(asked, {
    name: anyText(
      row.firstName,
      row.lastName,
      row.displayName,
      billing.firstName,
      billing.lastName,
    ),
    email: anyText(row.email, billing.email),
    phone: anyText(billing.phone),
    postal_address: hasPlace(billing.postal),
    ip_address: row.holds.sessions,
    device: row.holds.sessions,
    free_text: row.holds.freeText,
    order_history: false,
  });
}

export function classesOfOrder(copy: OrderCopy, asked: ClassBits): ClassBits {
  return without(asked & ~classBits(ACCOUNT_ONLY), {
    name: anyText(copy.firstName, copy.lastName),
    email: copy.emails.length > 0,
    phone: anyText(copy.phone),
    postal_address: hasPlace(copy.postal),
    ip_address: copy.holds.ipAddress,
    device: copy.holds.device,
    free_text: copy.holds.freeText,
  });
}

function without(asked: ClassBits, present: Partial<Record<DataClass, boolean>>): ClassBits {
  let bits = asked;
  for (const [name, there] of Object.entries(present)) {
    if (!there) bits &= ~(BIT.get(name as DataClass) ?? 0);
  }
  return bits;
}

function anyText(...values: readonly string[]): boolean {
  return values.some((value) => value.trim() !== '');
}

/** A country alone is not an address. */
function hasPlace(postal: PostalAddress): boolean {
  return anyText(postal.line1, postal.line2, postal.city, postal.postcode);
}
