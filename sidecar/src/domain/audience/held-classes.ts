// Which of the data classes a scope names a row really holds. A scope says what leaked; a row without a phone number
// cannot have leaked one.
//
// | class                                     | account                         | order copy               |
// | name, email, phone, postal_address        | when not empty                  | when not empty           |
// | ip_address, device                        | when sessions are kept          | when not empty           |
// | free_text                                 | when a biography is there       | when a customer note is  |
// | order_history                             | no                              | always                   |
// | credentials_hash                          | when there is one               | no                       |
// | credentials, account_secret               | as the scope says               | no                       |
// | every other class                         | as the scope says: seen in transit by a skimmer, or known by  |
// |                                           | the operator alone                                            |
//
// "As the scope says" ends where a source of the scope holds the class: then only its rows have it.
import type { DataClass } from '../../contract/scope.ts';
import type { AccountRow, OrderCopy, PostalAddress, ShippingContact } from './store-rows.ts';

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
export const EVERY_CLASS: ClassBits = (1 << ALL.length) - 1;
const BIT = new Map<DataClass, ClassBits>(ALL.map((name, place) => [name, 1 << place]));

export function classBits(classes: readonly DataClass[]): ClassBits {
  return classes.reduce((bits, name) => bits | (BIT.get(name) ?? 0), 0);
}

/** In the order of the contract. */
export function classesOf(bits: ClassBits): DataClass[] {
  return ALL.filter((name) => (bits & (BIT.get(name) ?? 0)) !== 0);
}

const ACCOUNT_ONLY = classBits(['credentials', 'credentials_hash', 'account_secret']);

/** Whether a row holds one of these can be read from it. */
const SHOWN = classBits([
  'name',
  'email',
  'phone',
  'postal_address',
  'ip_address',
  'device',
  'free_text',
  'order_history',
  'credentials_hash',
]);

/** `scopeSays`: the classes taken on the scope's word where nothing in the row shows them. */
export function classesOfAccount(
  row: AccountRow,
  asked: ClassBits,
  scopeSays: ClassBits,
): ClassBits {
  const { billing } = row;
  return without(asked & (SHOWN | scopeSays), {
    credentials_hash: row.holds.passwordHash,
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

export function classesOfOrder(copy: OrderCopy, asked: ClassBits, scopeSays: ClassBits): ClassBits {
  return without(asked & (SHOWN | scopeSays) & ~ACCOUNT_ONLY, {
    name: anyText(copy.firstName, copy.lastName),
    email: copy.emails.length > 0,
    phone: anyText(copy.phone),
    postal_address: hasPlace(copy.postal),
    ip_address: copy.holds.ipAddress,
    device: copy.holds.device,
    free_text: copy.holds.freeText,
  });
}

/** What a shipping contact of an order or an address book has lost: the parts that are his. */
export function classesOfContact(contact: ShippingContact, asked: ClassBits): ClassBits {
  return (
    asked &
    classBits([
      ...(anyText(contact.firstName, contact.lastName) ? (['name'] as const) : []),
      ...(anyText(contact.phone) ? (['phone'] as const) : []),
      ...(hasPlace(contact.postal) ? (['postal_address'] as const) : []),
    ])
  );
}

function without(asked: ClassBits, present: Partial<Record<DataClass, boolean>>): ClassBits {
  let bits = asked;
  for (const name in present) {
    if (present[name as DataClass] === false) bits &= ~(BIT.get(name as DataClass) ?? 0);
  }
  return bits;
}

function anyText(...values: readonly string[]): boolean {
  return values.some((value) => value.trim() !== '');
}

/** A country alone is not an address. */
export function hasPlace(postal: PostalAddress): boolean {
  return anyText(postal.line1, postal.line2, postal.city, postal.postcode);
}
