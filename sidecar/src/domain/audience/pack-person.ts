// The short form of a person's record: what is sealed and committed to. Names of fields and classes repeat in every
// reason; written out they would double the ledger of a large audience.
import type { ContactPoint, Reason } from '../../contract/audience.ts';
import { classBits, classesOf, type ClassBits } from './held-classes.ts';
import type { PersonRecord } from './person-record.ts';

type PackedPoint = readonly [
  kind: ContactPoint['kind'],
  value: string,
  origin: string,
  state: ContactPoint['state'],
  /** '' when it was not chosen. */
  why: string,
];

type PackedReason = readonly [
  source: string,
  row: number | string,
  role: Reason['role'],
  via: Reason['via'],
  strength: Reason['strength'],
  at: string | null,
  /** Bit n is the n-th class of the vocabulary (contract/scope.ts). */
  classes: ClassBits,
];

export type PackedPerson = Omit<PersonRecord, 'contact_points' | 'reasons' | 'data_classes'> & {
  readonly contact_points: readonly PackedPoint[];
  readonly reasons: readonly PackedReason[];
  readonly data_classes: ClassBits;
};

/**
 * The packed record as RFC 8785 canonical JSON. Members stand in the order that canonical JSON asks for, and all values are
 * texts, whole numbers, booleans and lists, so that JSON.stringify writes just that; sorting members again would take
 * longer than making the person.
 */
export function packPerson(record: PersonRecord): string {
  const packed: PackedPerson = {
    contact_points: record.contact_points.map(({ kind, value, origin, state, why }) => [
      kind,
      value.toWellFormed(),
      origin,
      state,
      why,
    ]),
    contactability: record.contactability,
    country: record.country,
    data_classes: classBits(record.data_classes),
    email: record.email?.toWellFormed() ?? null,
    first_name: record.first_name.toWellFormed(),
    name: record.name.toWellFormed(),
    number: record.number,
    orders: record.orders,
    person_id: record.person_id,
    reasons: record.reasons.map(({ source, row, role, via, strength, at, data_classes }) => [
      source,
      typeof row === 'string' ? row.toWellFormed() : row,
      role,
      via,
      strength,
      at,
      classBits(data_classes),
    ]),
    registered: record.registered,
    roles: record.roles,
    user_id: record.user_id,
    v: record.v,
  };
  return JSON.stringify(packed);
}

export function unpackPerson(text: string): PersonRecord {
  const packed = JSON.parse(text) as PackedPerson;
  return {
    ...packed,
    contact_points: packed.contact_points.map(([kind, value, origin, state, why]) => ({
      kind,
      value,
      origin,
      state,
      chosen: why !== '',
      why,
    })),
    reasons: packed.reasons.map(([source, row, role, via, strength, at, classes]) => ({
      source,
      row,
      role,
      via,
      strength,
      at,
      data_classes: classesOf(classes),
    })),
    data_classes: classesOf(packed.data_classes),
  };
}
