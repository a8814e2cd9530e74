// One person of an audience, as the ledger's packed record reads (pack-person.ts).
import type { ContactPoint, Person, Reason } from '../../contract/audience.ts';
import type { DataClass, PersonRole } from '../../contract/scope.ts';
import { packPerson, unpackPerson, type PersonToPack } from './pack-person.ts';
import type { PersonName } from './person-name.ts';
import type { BlindKey } from './staged-row.ts';

export type PersonRecord = PersonName & {
  readonly v: 2;
  readonly number: number;
  /** Blind key of the person: the same in every audience of the incident. */
  readonly person_id: BlindKey;
  /** The chosen address as stored, outer white space removed; null when the person cannot be reached by e-mail. */
  readonly email: string | null;
  readonly country: string;
  readonly registered: boolean;
  readonly user_id: number;
  readonly orders: number;
  readonly roles: readonly PersonRole[];
  readonly contactability: Person['contactability'];
  readonly contact_points: readonly ContactPoint[];
  readonly reasons: readonly Reason[];
  readonly data_classes: readonly DataClass[];
};

/** For whoever is shown and not kept; by way of the packed record, so that both always say the same. */
export function makePersonRecord(input: PersonToPack): PersonRecord {
  return unpackPerson(packPerson(input));
}
