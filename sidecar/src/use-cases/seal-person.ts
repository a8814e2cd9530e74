// One composed person as a row of the ledger: sealed record, commitment; and the terms he is found by.
import { hash } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { PersonPlan } from '../domain/audience/compose-person.ts';
import type { NoteList } from '../domain/audience/note-lists.ts';
import { orderNumberTerm } from '../domain/audience/person-keys.ts';
import { commitToBytes } from '../domain/evidence/commitment.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { ComposedPerson } from './ports/people-composer.ts';
import type { IncidentVault } from './ports/vault.ts';

export type SealedPersonRow = Required<Insertable<LedgerTables['people']>> & {
  commitment: Uint8Array;
};

/** `record`: as canonical JSON. */
export function sealPerson(
  vault: IncidentVault,
  audienceId: string,
  person: ComposedPerson,
  record: Uint8Array,
): SealedPersonRow {
  const { number, chosen } = person;
  const salt = saltOf(vault, person.personId);
  return {
    audience_id: audienceId,
    number,
    salt,
    commitment: commitToBytes(salt, record),
    sealed: vault.seal(record, `person:${audienceId}:${number}`),
    address_index: chosen === null ? null : new Uint8Array(Buffer.from(chosen, 'hex')),
    contactability: person.contactability,
    country: person.country,
    registered: person.registered,
    orders: person.orders,
    roles: person.roles,
  };
}

/**
 * From the incident's key and the person's, not at random: the same snapshot resolved twice gives the same root, and once
 * the incident's key is erased nobody can compute it again.
 */
function saltOf(vault: IncidentVault, personId: string): Uint8Array {
  return new Uint8Array(hash('sha256', vault.blind(`salt:${personId}`), 'buffer'));
}

/** Every address of a person, whichever is chosen, and every order in scope; each once. */
export function noteTerms(
  vault: IncidentVault,
  notes: NoteList,
  plan: PersonPlan,
  number: number,
): void {
  const keys = new Set<string>();
  let lastOrder = 0;
  for (const rows of [plan.accountRows, plan.orderRows, plan.otherRows]) {
    for (const { emails, orderId, inScope, listed } of rows) {
      for (const { key } of emails) if (key !== null) keys.add(key);
      // The copies of an order stand one behind the other.
      if (orderId === 0 || orderId === lastOrder || (!inScope && !listed)) continue;
      lastOrder = orderId;
      keys.add(vault.blind(orderNumberTerm(orderId)));
    }
  }
  for (const key of keys) notes.addKey(key, number);
}
