// The people one row of a source names: what its fields hold, gathered by role and list entry.
import type { FieldPart, Source } from '../../contract/data-map.ts';
import type { PersonRole } from '../../contract/scope.ts';
import { isMask } from '../audience/anonymised-remains.ts';
import { foldAddress } from '../audience/fold-address.ts';
import { classBits, hasPlace, type ClassBits } from '../audience/held-classes.ts';
import { judgeAddress } from '../audience/judge-address.ts';
import type { Mention } from '../audience/mention.ts';
import { isThirdParty } from '../audience/person-roles.ts';
import { isSomebodyElse } from '../audience/shipping-contact.ts';
import type { FieldValue } from './find-in-value.ts';
import { addPart, isEmptyPerson, startPerson, type NamedPerson } from './named-person.ts';

export type SourceShape = {
  readonly source: Source;
  readonly fields: readonly FieldShape[];
  /** Values make people; otherwise only the classes of values are told. */
  readonly people: boolean;
};

type FieldShape = {
  readonly part: FieldPart;
  readonly role: PersonRole;
  readonly classes: ClassBits;
  /** Many values are found and few are addresses: those that are none are not this field's. */
  readonly pattern: boolean;
};

/** What is known of a row besides its fields. */
export type RowOwner = {
  readonly row: string;
  readonly userId: number;
  readonly orderId: number;
  /** Of the person the row belongs to, by another table. */
  readonly emails: readonly string[];
  readonly at: number | null;
};

const ADDRESS_SHAPE = /^[^\s@<>"',;:()[\]]+@[^\s@<>"',;:()[\]]+\.[^\s@<>"',;:()[\].]+$/u;

export function shapeOf(source: Source): SourceShape {
  return {
    source,
    people: source.yields === 'people',
    fields: source.fields.map(
      ({ part, role = source.role, classes, key = '', path, encoding }) => ({
        part,
        role,
        classes: classBits(classes),
        pattern: part === 'email' && (/\*/.test(key + path) || encoding.includes('joined')),
      }),
    ),
  };
}

/** `found`: the values of each field, in the order of the source's fields. */
export function mentionsOf(
  shape: SourceShape,
  owner: RowOwner,
  found: readonly (readonly FieldValue[] | undefined)[],
): Mention[] {
  const people = new Map<string, NamedPerson>();
  for (let place = 0; place < found.length; place += 1) {
    const field = shape.fields[place];
    const values = found[place];
    if (field === undefined || values === undefined) continue;
    for (const { value, entry } of values) {
      const text = value.trim();
      if (text === '' || (field.pattern && !ADDRESS_SHAPE.test(text))) continue;
      const isErased = isErasedValue(field.part, text);
      // The address of an erased row stays: it is what tells that the row is nobody's.
      if (isErased && (field.part !== 'email' || !shape.people)) continue;
      const person = personAt(people, field.role, shape.people ? entry : '');
      if (shape.people && field.pattern) {
        person.found.push({ email: text, classes: field.classes });
        continue;
      }
      if (!isErased) person.classes |= field.classes;
      if (shape.people) addPart(person, field.part, text, shape.source.family);
    }
  }
  const named = [...people.values()];
  if (!shape.people) return toMentions(shape, owner, named);
  joinNobodies(people, named);
  return toMentions(shape, owner, withoutSelves(shape.source.role, named));
}

function isErasedValue(part: FieldPart, text: string): boolean {
  if (part === 'holds') return false;
  return part === 'email' ? judgeAddress(text) === 'erased' : isMask(text);
}

function personAt(people: Map<string, NamedPerson>, role: PersonRole, entry: string): NamedPerson {
  const key = `${role} ${entry}`;
  const known = people.get(key);
  if (known !== undefined) return known;
  const person = startPerson(role, entry);
  people.set(key, person);
  return person;
}

/** A list entry that names nobody, such as a card in a list of cards, says something of the person of the row. */
function joinNobodies(people: Map<string, NamedPerson>, named: NamedPerson[]): void {
  for (const person of named) {
    if (person.entry === '' || !isEmptyPerson(person)) continue;
    const whole = personAt(people, person.role, '');
    if (!named.includes(whole)) named.push(whole);
    whole.classes |= person.classes;
    whole.gatewayIds.push(...person.gatewayIds);
    person.classes = 0;
    person.gatewayIds.length = 0;
  }
}

/**
 * A cart's shipping part is filled in from its billing part: whom it names is then the one the row is about, and what it
 * holds is his.
 */
function withoutSelves(role: PersonRole, named: readonly NamedPerson[]): readonly NamedPerson[] {
  const main = named.find((person) => person.role === role && person.entry === '');
  if (main === undefined || isThirdParty(role)) return named;
  return named.filter((person) => {
    const { role, emails, found, gatewayIds } = person;
    const isKnown = role !== 'shipping_contact' || emails.length + found.length > 0;
    if (isKnown || gatewayIds.length > 0 || isSomebodyElse(person, main)) return true;
    main.classes |= person.classes;
    main.phone ||= person.phone;
    if (!hasPlace(main.postal)) Object.assign(main.postal, person.postal);
    return false;
  });
}

function toMentions(shape: SourceShape, owner: RowOwner, named: readonly NamedPerson[]): Mention[] {
  const { source } = shape;
  const mentions: Mention[] = [];
  const add = (person: NamedPerson, emails: readonly string[], link: Link): void => {
    const number = mentions.length + 1;
    mentions.push({
      source: source.id,
      row: number === 1 ? owner.row : `${owner.row}#${number}`,
      role: person.role,
      userId: link.userId,
      orderId: link.orderId,
      emails,
      gatewayIds: distinct(person.gatewayIds),
      firstName: person.firstName,
      lastName: person.lastName,
      phone: person.phone,
      postal: person.postal,
      ipAddress: person.ipAddress,
      classes: person.classes,
      at: owner.at,
    });
  };
  for (const person of named) {
    const own = person.role === source.role && person.entry === '';
    const link = {
      userId: person.userId === 0 ? owner.userId : person.userId,
      orderId: person.orderId === 0 ? owner.orderId : person.orderId,
    };
    const isLinked = !isThirdParty(person.role) && (link.userId !== 0 || link.orderId !== 0);
    const { main, others } = addressesOf(person, own ? owner.emails : [], isLinked);
    const says = !isEmptyPerson({ ...person, found: [] }) || person.gatewayIds.length > 0;
    if (says || main.length > 0 || person.classes !== 0) add(person, main, link);
    for (const { email, classes } of others) {
      // The row is about somebody else: only his own address leads to him, unless his role sets him apart anyway.
      const link = isThirdParty(person.role) ? owner : { userId: 0, orderId: 0 };
      add({ ...startPerson(person.role, ''), classes }, [email], link);
    }
  }
  return mentions;
}

type Link = Pick<RowOwner, 'userId' | 'orderId'>;

/**
 * The person's own addresses, and those of others. Of addresses found by a pattern the first is his own when nothing else
 * says who he is; each further one is another human, since a form can name a friend.
 */
function addressesOf(
  person: NamedPerson,
  byLink: readonly string[],
  isLinked: boolean,
): { main: string[]; others: NamedPerson['found'] } {
  const main = distinct([...person.emails, ...byLink]);
  const seen = new Set(main.map(foldAddress));
  const others: NamedPerson['found'] = [];
  for (const found of person.found) {
    const folded = foldAddress(found.email);
    if (main.some((email) => foldAddress(email) === folded)) person.classes |= found.classes;
    if (seen.has(folded)) continue;
    seen.add(folded);
    if (isLinked || main.length > 0) {
      others.push(found);
      continue;
    }
    main.push(found.email);
    person.classes |= found.classes;
  }
  return { main, others };
}

function distinct(values: readonly string[]): string[] {
  return values.length < 2 ? [...values] : [...new Set(values)];
}
