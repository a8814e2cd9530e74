// One resolved person as rows of the ledger: sealed record, commitment, search terms.
import { hash } from 'node:crypto';
import type { Insertable } from 'kysely';
import { primaryAccount } from '../domain/audience/compose-person.ts';
import { orderNumberTerm } from '../domain/audience/person-keys.ts';
import { addressTerm } from '../domain/audience/person-keys.ts';
import {
  makePersonRecord,
  type AccountValues,
  type OrderValues,
  type PersonValues,
} from '../domain/audience/person-record.ts';
import type { StagedPerson } from '../domain/audience/staged-rows.ts';
import { commitTo } from '../domain/evidence/commitment.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import type { ResolvedPerson } from './resolve-people.ts';
import { accountPlace, blindKey, copyPlace, listedPlace } from './stage-context.ts';

export type SealedPersonRow = {
  person: Insertable<LedgerTables['people']> & { commitment: Uint8Array };
  terms: Insertable<LedgerTables['people_terms']>[];
};

export function sealPerson(
  vault: IncidentVault,
  input: { audienceId: string; number: number; resolved: ResolvedPerson },
): SealedPersonRow {
  const { audienceId, number } = input;
  const { plan, person } = input.resolved;
  const record = makePersonRecord({
    number,
    plan,
    values: openValues(vault, input.resolved),
    keyOf: (folded) => blindKey(vault, addressTerm(folded)),
  });
  const salt = saltOf(vault, plan.owner);
  return {
    person: {
      audience_id: audienceId,
      number,
      salt,
      commitment: commitTo(salt, record),
      sealed: vault.seal(JSON.stringify(record), `person:${audienceId}:${number}`),
      address_index: plan.chosen === null ? null : bytesOf(plan.chosen.key),
      contactability: plan.contactability,
      country: plan.country,
      registered: plan.userId === 0 ? 0 : 1,
      orders: plan.orders,
    },
    terms: termsOf(vault, person).map((term) => ({
      audience_id: audienceId,
      term: bytesOf(term),
      number,
    })),
  };
}

/**
 * From the incident's key and the person's, not at random: the same snapshot resolved twice gives the same root, and once
 * the incident's key is erased nobody can compute it again.
 */
function saltOf(vault: IncidentVault, owner: string): Uint8Array {
  return new Uint8Array(hash('sha256', vault.index(`salt:${owner}`), 'buffer'));
}

/** Every address of the person, whichever is chosen, and every order in scope. */
function termsOf(vault: IncidentVault, person: StagedPerson): string[] {
  const addresses = [
    ...person.accounts.flatMap(({ email, billing }) => [email, billing]),
    ...person.copies.flatMap(({ emails }) => emails),
    ...person.listed.map(({ address }) => address),
  ].flatMap((address) => (typeof address?.key === 'string' ? [address.key] : []));
  const orders = person.copies
    .filter((copy) => copy.inScope || copy.listed)
    .map((copy) => blindKey(vault, orderNumberTerm(copy.orderId)));
  return [...new Set([...addresses, ...orders])];
}

function openValues(vault: IncidentVault, { plan, person }: ResolvedPerson): PersonValues {
  const open = (sealed: Uint8Array | null, place: string): unknown => {
    if (sealed === null) throw new Error('a row was staged without its values');
    return JSON.parse(vault.open(sealed, place));
  };
  const primary = primaryAccount(person.accounts);
  const accounts = [
    ...person.accounts.filter((account) => account === primary),
    ...person.accounts.filter((account) => account !== primary),
  ];
  return {
    accounts: accounts.map(
      (account) => open(account.sealed, accountPlace(account.userId)) as AccountValues,
    ),
    orders: plan.newestFirst.map(
      (copy) => open(copy.sealed, copyPlace(copy.store, copy.orderId)) as OrderValues,
    ),
    ordersInScope: plan.newestFirst.filter((copy) => copy.inScope || copy.listed).length,
    listed: person.listed.map(
      ({ address, sealed }) => open(sealed, listedPlace(address.key ?? '')) as string,
    ),
  };
}

function bytesOf(key: string): Uint8Array {
  return new Uint8Array(Buffer.from(key, 'hex'));
}
