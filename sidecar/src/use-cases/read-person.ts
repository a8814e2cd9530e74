// Why is this person here: one frozen person, opened. Leaves a trace.
import type { Person } from '../contract/audience.ts';
import { CodedError } from '../domain/coded-error.ts';
import { findDispatch } from './list-people.ts';
import { noteViewing } from './note-viewing.ts';
import { openPersonRecord } from './open-person.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import { requireFrozenAudience } from './read-audience.ts';
import { unlockIncident } from './unlock-incident.ts';

export type ReadPerson = { incidentId: string; number: number };

/** Throws `person.not_found`, `audience.not_frozen`, `incident.erased`. */
export async function readPerson(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  acting: Acting,
  { incidentId, number }: ReadPerson,
): Promise<Person> {
  const { tables } = deps.ledger;
  const vault = await unlockIncident(deps, incidentId);
  const audience = await requireFrozenAudience(tables, incidentId);
  const row = await tables
    .selectFrom('people')
    .select(['sealed', 'commitment'])
    .where('audience_id', '=', audience.id)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  const dispatchId = await findDispatch(tables, audience.id);
  const delivery = await tables
    .selectFrom('deliveries')
    .select('state')
    .where('dispatch_id', '=', dispatchId ?? '')
    .where('ordinal', '=', number)
    .where('channel', '=', 'email')
    .executeTakeFirst();
  const record = openPersonRecord(vault, { audienceId: audience.id, number, sealed: row.sealed });
  await noteViewing(deps, acting, { incidentId, of: audience.id, count: 1, purpose: 'person' });
  return {
    number: record.number,
    name: record.name,
    email: record.email,
    country: record.country,
    registered: record.registered,
    orders: record.orders,
    roles: [...record.roles],
    person_id: record.person_id,
    contactability: record.contactability,
    delivery_state: delivery?.state ?? null,
    commitment: Buffer.from(row.commitment).toString('hex'),
    user_id: record.user_id,
    contact_points: [...record.contact_points],
    reasons: [...record.reasons],
    data_classes: [...record.data_classes],
  };
}

function notFound(): CodedError {
  return new CodedError({
    code: 'person.not_found',
    category: 'not_found',
    message: "couldn't find this person: nobody has this number in the frozen audience",
    detail: 'Open the person from the list; numbers change when people are frozen again.',
  });
}
