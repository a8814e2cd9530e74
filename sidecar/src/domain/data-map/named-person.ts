// One person while the fields of a row are gathered. The first value of a part counts; addresses and gateway ids all do.
import type { FieldPart } from '../../contract/data-map.ts';
import type { PersonRole } from '../../contract/scope.ts';
import type { ClassBits } from '../audience/held-classes.ts';
import type { PostalAddress } from '../audience/store-rows.ts';

export type NamedPerson = {
  readonly role: PersonRole;
  /** Of a list in the value; '' for the row itself. */
  readonly entry: string;
  classes: ClassBits;
  readonly emails: string[];
  /** Addresses found by a pattern, which may be several people's. */
  readonly found: { readonly email: string; readonly classes: ClassBits }[];
  readonly gatewayIds: string[];
  firstName: string;
  lastName: string;
  phone: string;
  ipAddress: string;
  userId: number;
  orderId: number;
  readonly postal: { -readonly [Part in keyof PostalAddress]: string };
};

export function startPerson(role: PersonRole, entry: string): NamedPerson {
  return {
    role,
    entry,
    classes: 0,
    emails: [],
    found: [],
    gatewayIds: [],
    firstName: '',
    lastName: '',
    phone: '',
    ipAddress: '',
    userId: 0,
    orderId: 0,
    postal: { company: '', line1: '', line2: '', city: '', state: '', postcode: '', country: '' },
  };
}

/** `text` is trimmed and not empty. `family`: the software whose customer ids these are. */
export function addPart(person: NamedPerson, part: FieldPart, text: string, family: string): void {
  switch (part) {
    case 'email':
      // Where a user id and an address share a column, digits are the id.
      if (!/^\d+$/.test(text)) person.emails.push(text);
      break;
    case 'full_name':
      if (person.firstName === '' && person.lastName === '') splitName(person, text);
      break;
    case 'first_name':
      person.firstName ||= text;
      break;
    case 'last_name':
      person.lastName ||= text;
      break;
    case 'phone':
      person.phone ||= text;
      break;
    case 'ip_address':
      person.ipAddress ||= text;
      break;
    case 'gateway_id':
      person.gatewayIds.push(`${family}:${text}`);
      break;
    case 'user_id':
      person.userId ||= idFrom(text);
      break;
    case 'order_id':
      person.orderId ||= idFrom(text);
      break;
    case 'holds':
      break;
    default:
      person.postal[part] ||= text;
  }
}

/** Nothing tells who this is, a gateway's id aside. */
export function isEmptyPerson(person: NamedPerson): boolean {
  const { postal } = person;
  return (
    person.emails.length === 0 &&
    person.found.length === 0 &&
    person.firstName === '' &&
    person.lastName === '' &&
    person.phone === '' &&
    person.userId === 0 &&
    person.orderId === 0 &&
    postal.line1 === '' &&
    postal.line2 === '' &&
    postal.city === '' &&
    postal.postcode === '' &&
    postal.company === ''
  );
}

function splitName(person: NamedPerson, name: string): void {
  const blank = name.search(/\s/u);
  person.firstName = blank < 0 ? name : name.slice(0, blank);
  person.lastName = blank < 0 ? '' : name.slice(blank).trim();
}

function idFrom(text: string): number {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
}
