// Composed people as rows of the ledger: sealed record, commitment; and the terms a person is found by.
import type { Insertable } from 'kysely';
import type { PersonPlan } from '../domain/audience/compose-person.ts';
import { keyAt, KEYED, numberAt, type NoteList } from '../domain/audience/note-lists.ts';
import { orderNumberTerm } from '../domain/audience/person-keys.ts';
import { commitToBytes } from '../domain/evidence/commitment.ts';
import { sha256 } from '../domain/evidence/sha256.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { ComposedBatch } from './ports/people-composer.ts';
import type { IncidentVault } from './ports/vault.ts';

export type SealedPersonRow = Required<Insertable<LedgerTables['people']>> & {
  commitment: Uint8Array;
};

/** The people of a batch, in order. */
export function sealBatch(
  vault: IncidentVault,
  audienceId: string,
  batch: ComposedBatch,
): SealedPersonRow[] {
  const { records, ends, notes } = batch;
  const rows: SealedPersonRow[] = [];
  let from = 0;
  let chosen = 0;
  for (const [place, end] of ends.entries()) {
    const number = batch.first + place;
    const record = records.subarray(from, end);
    from = end;
    const salt = saltOf(vault, Buffer.from(keyAt(notes.ids, place)).toString('hex'));
    const reachable =
      chosen * KEYED < notes.chosen.length && numberAt(notes.chosen, chosen, KEYED) === number;
    rows.push({
      audience_id: audienceId,
      number,
      salt,
      commitment: commitToBytes(salt, record),
      sealed: vault.seal(record, `person:${audienceId}:${number}`),
      address_index: reachable ? keyAt(notes.chosen, chosen) : null,
      contactability: batch.contactability[place] ?? '',
      country: batch.country[place] ?? '',
      registered: batch.registered[place] === 1 ? 1 : 0,
      orders: batch.orders[place] ?? 0,
      roles: batch.roles[place] ?? 0,
    });
    if (reachable) chosen += 1;
  }
  return rows;
}

/**
 * From the incident's key and the person's, not at random: the same snapshot resolved twice gives the same root, and once
 * the incident's key is erased nobody can compute it again.
 */
function saltOf(vault: IncidentVault, personId: string): Uint8Array {
  return sha256(vault.blind(`salt:${personId}`));
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
