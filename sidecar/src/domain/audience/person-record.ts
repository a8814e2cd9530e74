// One frozen person as the ledger keeps him, sealed: the canonical JSON of the packed record is what the commitment is over
// (docs/evidence-log.md, "A person").
import type { ContactPoint, Person, Reason } from '../../contract/audience.ts';
import type { DataClass, PersonRole } from '../../contract/scope.ts';
import type { ChosenFrom, PersonPlan } from './compose-person.ts';
import { foldAddress } from './fold-address.ts';
import { classesOf, hasPlace } from './held-classes.ts';
import { rolesOf } from './person-roles.ts';
import type { BlindKey, StagedRow } from './staged-row.ts';
import type { PostalAddress } from './store-rows.ts';

export type PersonRecord = {
  readonly v: 2;
  readonly number: number;
  /** Blind key of the person: the same in every audience of the incident. */
  readonly person_id: BlindKey;
  /** '' when the store knows none. */
  readonly name: string;
  /** For a salutation; '' when the store keeps only a whole name, or none. */
  readonly first_name: string;
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

export function makePersonRecord(input: {
  number: number;
  personId: BlindKey;
  plan: PersonPlan;
  /** Addresses known not to take mail. */
  bounced: ReadonlySet<BlindKey>;
}): PersonRecord {
  const { number, plan } = input;
  const points = contactPoints(plan, input.bounced);
  return {
    v: 2,
    number,
    person_id: input.personId,
    ...nameOf(plan),
    email: points.find((point) => point.chosen)?.value ?? null,
    country: plan.country,
    registered: plan.userId !== 0,
    user_id: plan.userId,
    orders: plan.orders,
    roles: rolesOf(plan.roles),
    contactability: plan.contactability,
    contact_points: points,
    reasons: plan.reasons.map(({ classes, at, ...reason }) => ({
      ...reason,
      at: at === null ? null : new Date(at).toISOString(),
      data_classes: classesOf(classes),
    })),
    data_classes: classesOf(plan.classes),
  };
}

const counts = (row: StagedRow): boolean => row.inScope || row.listed;

/** Newest order in scope, else the account's profile, its address book, its display name, else what other rows say, else any other order. */
function nameOf(plan: PersonPlan): Pick<PersonRecord, 'name' | 'first_name'> {
  const { orderRows, accountRows, otherRows } = plan;
  return (
    firstName(orderRows.filter(counts)) ??
    firstName(accountRows) ??
    bookName(accountRows) ??
    displayName(accountRows) ??
    firstName(otherRows) ??
    firstName(orderRows) ?? { name: '', first_name: '' }
  );
}

type Name = Pick<PersonRecord, 'name' | 'first_name'>;

function firstName(rows: readonly StagedRow[]): Name | null {
  for (const { values } of rows) {
    const found = values === null ? null : wholeName(values.firstName, values.lastName);
    if (found !== null) return found;
  }
  return null;
}

function bookName(rows: readonly StagedRow[]): Name | null {
  for (const { values } of rows) {
    const book = values?.book ?? null;
    const found = book === null ? null : wholeName(book.firstName, book.lastName);
    if (found !== null) return found;
  }
  return null;
}

function displayName(rows: readonly StagedRow[]): Name | null {
  for (const { values } of rows) {
    const found = values === null ? null : wholeName('', values.displayName);
    if (found !== null) return found;
  }
  return null;
}

function wholeName(first: string, last: string): Name | null {
  const first_name = first.trim();
  const name = `${first_name} ${last.trim()}`.trim();
  return name === '' ? null : { name, first_name };
}

/** Why a chosen address was chosen, in the code of the contract. */
const WHY: Readonly<Record<ChosenFrom, string>> = {
  account: 'account_first',
  order: 'newest_order',
  address_book: 'address_book',
  mention: 'mention',
  listed: 'listed',
};

/** Each distinct value once, under the first place it was met: account, orders newest first, address book, others, list. */
function contactPoints(plan: PersonPlan, bounced: ReadonlySet<BlindKey>): ContactPoint[] {
  const { accountRows, orderRows, otherRows } = plan;
  const found = new Map<string, ContactPoint>();
  const add = (
    kind: ContactPoint['kind'],
    text: string,
    point: Omit<ContactPoint, 'kind' | 'value'>,
  ): void => {
    const value = text.trim();
    if (value === '') return;
    const key = `${kind}:${foldAddress(value)}`;
    if (!found.has(key)) found.set(key, { kind, value, ...point });
  };
  const addEmail = (row: StagedRow, place: number, origin: string): void => {
    const address = row.emails[place];
    const text = row.values?.emails[place];
    if (address === undefined || text === undefined) return;
    if (address.state === 'erased' || address.state === 'none') return;
    // Of several spellings of the chosen address the first one stands; the others are the same contact point.
    const isChosen = address.key !== null && address.key === plan.chosen?.key;
    const bad = address.key !== null && bounced.has(address.key) ? 'bounced' : address.state;
    add('email', text, {
      origin,
      state: bad,
      chosen: isChosen,
      why: isChosen && plan.chosen !== null ? WHY[plan.chosen.from] : '',
    });
  };
  for (const row of accountRows) addEmail(row, 0, 'account');
  for (const row of orderRows) {
    for (let place = 0; place < row.emails.length; place += 1) addEmail(row, place, 'billing');
  }
  for (const row of accountRows) addEmail(row, 1, 'billing');
  for (const row of otherRows) {
    const origin = row.kind === 'listed' ? 'listed' : row.source;
    for (let place = 0; place < row.emails.length; place += 1) addEmail(row, place, origin);
  }
  const channels = [...orderRows, ...accountRows, ...otherRows];
  const other = { state: 'valid', chosen: false, why: '' } as const;
  for (const row of channels) {
    if (row.hasPhone) add('phone', row.values?.phone ?? '', { origin: originOf(row), ...other });
  }
  for (const row of channels) {
    if (!row.hasPostal || row.values === null) continue;
    add('postal_address', postalText(row.values.postal), { origin: originOf(row), ...other });
  }
  return [...found.values()];
}

function originOf(row: StagedRow): string {
  if (row.kind === 'contact') return 'shipping';
  return row.kind === 'mention' ? row.source : 'billing';
}

/** One line; '' when there is nothing but a country. */
function postalText(postal: PostalAddress): string {
  if (!hasPlace(postal)) return '';
  const town = `${postal.postcode.trim()} ${postal.city.trim()}`.trim();
  return [postal.company, postal.line1, postal.line2, town, postal.state, postal.country]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ');
}
