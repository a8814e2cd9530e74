// For tests: a record packed as `packPerson` packs people.
import { classBits } from './held-classes.ts';
import type { PackedPerson } from './pack-person.ts';
import type { PersonRecord } from './person-record.ts';

export function packRecord(record: PersonRecord): string {
  const packed: PackedPerson = {
    contact_points: record.contact_points.map(({ kind, value, origin, state, why }) => [
      kind,
      value,
      origin,
      state,
      why,
    ]),
    contactability: record.contactability,
    country: record.country,
    data_classes: classBits(record.data_classes),
    email: record.email,
    first_name: record.first_name,
    name: record.name,
    number: record.number,
    orders: record.orders,
    person_id: record.person_id,
    reasons: record.reasons.map(({ source, row, role, via, strength, at, data_classes }) => [
      source,
      row,
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
