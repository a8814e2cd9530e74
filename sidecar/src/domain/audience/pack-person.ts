// The short form of a person's record: what is sealed and committed to (docs/evidence-log.md, "A person"). Names of fields and
// classes repeat in every reason; written out they would double the ledger of a large audience.
import type { ContactPoint, Reason } from '../../contract/audience.ts';
import type { PersonPlan } from './compose-person.ts';
import { contactPoints } from './contact-points.ts';
import { classesOf, type ClassBits } from './held-classes.ts';
import { nameOf } from './person-name.ts';
import type { PersonRecord } from './person-record.ts';
import { rolesOf } from './person-roles.ts';
import type { BlindKey } from './staged-row.ts';

export type PackedPoint = readonly [
  kind: ContactPoint['kind'],
  value: string,
  origin: string,
  state: ContactPoint['state'],
  /** '' when it was not chosen. */
  why: string,
];

export type PackedReason = readonly [
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

export type PersonToPack = {
  readonly number: number;
  readonly personId: BlindKey;
  readonly plan: PersonPlan;
  /** Addresses known not to take mail. */
  readonly bounced: ReadonlySet<BlindKey>;
};

/**
 * The packed record as RFC 8785 canonical JSON. Members stand in the order that canonical JSON asks for, and all values are
 * texts, whole numbers, booleans and lists, so that JSON.stringify writes just that; sorting members again would take
 * longer than making the person.
 */
export function packPerson({ number, personId, plan, bounced }: PersonToPack): string {
  const points = contactPoints(plan, bounced);
  const { name, first_name } = nameOf(plan);
  const packed: PackedPerson = {
    contact_points: points,
    contactability: plan.contactability,
    country: plan.country,
    data_classes: plan.classes,
    email: points.find(([, , , , why]) => why !== '')?.[1] ?? null,
    first_name: first_name.toWellFormed(),
    name: name.toWellFormed(),
    number,
    orders: plan.orders,
    person_id: personId,
    reasons: plan.reasons.map(packReason),
    registered: plan.userId !== 0,
    roles: rolesOf(plan.roles),
    user_id: plan.userId,
    v: 2,
  };
  return JSON.stringify(packed);
}

function packReason(reason: PersonPlan['reasons'][number]): PackedReason {
  const { source, row, role, via, strength, at, classes } = reason;
  return [
    source,
    typeof row === 'string' ? row.toWellFormed() : row,
    role,
    via,
    strength,
    at === null ? null : new Date(at).toISOString(),
    classes,
  ];
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
