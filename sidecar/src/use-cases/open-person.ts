// Opens one frozen person for sending: the chosen address and what the notice may say to this person.
import { CodedError } from '../domain/coded-error.ts';
import { unpackPerson } from '../domain/audience/pack-person.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import type { IncidentVault } from './ports/vault.ts';

export type SealedPerson = {
  address: string;
  firstName: string;
  fullName: string;
  dataClasses: readonly string[];
};

/** Throws `person.no_address` for somebody who was never to be written to. */
export function personToWriteTo(record: PersonRecord): SealedPerson {
  if (record.email === null) {
    throw new CodedError({
      code: 'person.no_address',
      category: 'internal',
      message: `couldn't write to person ${record.number}: no address was chosen when the audience was frozen`,
      detail: 'The ledger disagrees with itself; run tocsin doctor and restore from a backup.',
    });
  }
  return {
    address: record.email,
    firstName: record.first_name,
    fullName: record.name,
    dataClasses: record.data_classes,
  };
}

type SealedRow = { audienceId: string; number: number; sealed: Uint8Array };

/** The whole record. Throws `vault.cannot_open`. */
export function openPersonRecord(vault: IncidentVault, row: SealedRow): PersonRecord {
  return unpackPerson(openPersonText(vault, row));
}

/** The record as it was committed to: RFC 8785 JSON. Throws `vault.cannot_open`. */
export function openPersonText(vault: IncidentVault, row: SealedRow): string {
  return vault.open(row.sealed, `person:${row.audienceId}:${row.number}`);
}
