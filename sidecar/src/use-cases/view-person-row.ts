// A frozen person as one line of a list.
import type { PersonRow } from '../contract/audience.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';

export function viewPersonRow(record: PersonRecord, deliveryState: string | null): PersonRow {
  return {
    number: record.number,
    name: record.name,
    email: record.email,
    country: record.country,
    registered: record.registered,
    orders: record.orders,
    roles: [...record.roles],
    contactability: record.contactability,
    delivery_state: deliveryState,
  };
}
