// One resolved person as a row of the ledger: sealed record, commitment; and the terms he is found by.
import { hash } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { ComposeBasis } from '../domain/audience/compose-person.ts';
import { packPerson } from '../domain/audience/pack-person.ts';
import { orderNumberTerm } from '../domain/audience/person-keys.ts';
import { makePersonRecord } from '../domain/audience/person-record.ts';
import { commitToBytes } from '../domain/evidence/commitment.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import type { ResolvedPerson } from './resolve-people.ts';

export type SealedPersonRow = Insertable<LedgerTables['people']> & { commitment: Uint8Array };

export function sealPerson(
  vault: IncidentVault,
  input: { audienceId: string; number: number; resolved: ResolvedPerson; basis: ComposeBasis },
): SealedPersonRow {
  const { audienceId, number } = input;
  const { plan, personId } = input.resolved;
  const record = packPerson(
    makePersonRecord({ number, personId, plan, bounced: input.basis.bounced }),
  );
  const salt = saltOf(vault, personId);
  return {
    audience_id: audienceId,
    number,
    salt,
    commitment: commitToBytes(salt, Buffer.from(record, 'utf8')),
    sealed: vault.seal(record, `person:${audienceId}:${number}`),
    address_index: plan.chosen === null ? null : bytesOf(plan.chosen.key),
    contactability: plan.contactability,
    country: plan.country,
    registered: plan.userId === 0 ? 0 : 1,
    orders: plan.orders,
    roles: plan.roles,
  };
}

/**
 * From the incident's key and the person's, not at random: the same snapshot resolved twice gives the same root, and once
 * the incident's key is erased nobody can compute it again.
 */
function saltOf(vault: IncidentVault, personId: string): Uint8Array {
  return new Uint8Array(hash('sha256', vault.blind(`salt:${personId}`), 'buffer'));
}

/** The person himself, every address of his, whichever is chosen, and every order in scope. */
export function termsOf(vault: IncidentVault, { plan, personId }: ResolvedPerson): string[] {
  const terms = new Set([personId]);
  for (const rows of [plan.accountRows, plan.orderRows, plan.otherRows]) {
    for (const { emails, orderId, inScope, listed } of rows) {
      for (const { key } of emails) if (key !== null) terms.add(key);
      if (orderId !== 0 && (inScope || listed)) terms.add(vault.blind(orderNumberTerm(orderId)));
    }
  }
  return [...terms];
}

function bytesOf(key: string): Uint8Array {
  return new Uint8Array(Buffer.from(key, 'hex'));
}
