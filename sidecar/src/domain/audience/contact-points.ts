// How a person can be reached: each distinct value once, under the first place it was met. Account, orders newest first,
// address book, others, list.
import type { ContactPoint } from '../../contract/audience.ts';
import type { ChosenFrom, PersonPlan } from './compose-person.ts';
import { foldAddress } from './fold-address.ts';
import { hasPlace } from './held-classes.ts';
import type { PackedPoint } from './pack-person.ts';
import type { BlindKey, StagedRow } from './staged-row.ts';
import type { PostalAddress } from './store-rows.ts';

/** Why a chosen address was chosen, in the code of the contract. */
const WHY: Readonly<Record<ChosenFrom, string>> = {
  account: 'account_first',
  order: 'newest_order',
  address_book: 'address_book',
  mention: 'mention',
  listed: 'listed',
};

/** `bounced`: addresses known not to take mail. */
export function contactPoints(plan: PersonPlan, bounced: ReadonlySet<BlindKey>): PackedPoint[] {
  const points: PackedPoint[] = [];
  addEmails(points, plan, bounced);
  const { accountRows, orderRows, otherRows } = plan;
  const channels = [orderRows, accountRows, otherRows];
  const addPhone = distinct(points, 'phone');
  for (const rows of channels) {
    for (const row of rows) {
      if (row.hasPhone) addPhone(row.values?.phone ?? '', originOf(row), 'valid', '');
    }
  }
  const addPlace = distinct(points, 'postal_address');
  let last: PostalAddress | null = null;
  for (const rows of channels) {
    for (const row of rows) {
      const postal = row.hasPostal ? (row.values?.postal ?? null) : null;
      // Most orders of a person go to one place.
      if (postal === null || (last !== null && isSamePlace(postal, last))) continue;
      last = postal;
      addPlace(postalText(postal), originOf(row), 'valid', '');
    }
  }
  return points;
}

type Add = (text: string, origin: string, state: ContactPoint['state'], why: string) => void;

/** Adds values of one kind, those that fold to the same once. */
function distinct(points: PackedPoint[], kind: ContactPoint['kind']): Add {
  let last = '';
  const known = new Set<string>();
  return (text, origin, state, why) => {
    // The same spelling again and again is what most people have.
    if (text === last) return;
    last = text;
    const value = text.trim();
    if (value === '') return;
    const folded = foldAddress(value);
    if (known.has(folded)) return;
    known.add(folded);
    points.push([kind, value.toWellFormed(), origin, state, why]);
  };
}

function addEmails(
  points: PackedPoint[],
  { accountRows, orderRows, otherRows, chosen }: PersonPlan,
  bounced: ReadonlySet<BlindKey>,
): void {
  const add = distinct(points, 'email');
  const addOne = (row: StagedRow, place: number, origin: string): void => {
    const address = row.emails[place];
    const text = row.values?.emails[place];
    if (address === undefined || text === undefined) return;
    const { key, state } = address;
    if (state === 'erased' || state === 'none') return;
    // Of several spellings of the chosen address the first one stands; the others are the same contact point.
    const why = chosen !== null && key === chosen.key ? WHY[chosen.from] : '';
    add(text, origin, key !== null && bounced.has(key) ? 'bounced' : state, why);
  };
  const addAll = (row: StagedRow, origin: string): void => {
    for (let place = 0; place < row.emails.length; place += 1) addOne(row, place, origin);
  };
  for (const row of accountRows) addOne(row, 0, 'account');
  for (const row of orderRows) addAll(row, 'billing');
  for (const row of accountRows) addOne(row, 1, 'billing');
  for (const row of otherRows) addAll(row, row.kind === 'listed' ? 'listed' : row.source);
}

function originOf(row: StagedRow): string {
  if (row.kind === 'contact') return 'shipping';
  return row.kind === 'mention' ? row.source : 'billing';
}

function isSamePlace(one: PostalAddress, other: PostalAddress): boolean {
  return (
    one.line1 === other.line1 &&
    one.postcode === other.postcode &&
    one.city === other.city &&
    one.line2 === other.line2 &&
    one.company === other.company &&
    one.state === other.state &&
    one.country === other.country
  );
}

/** One line; '' when there is nothing but a country. */
function postalText(postal: PostalAddress): string {
  if (!hasPlace(postal)) return '';
  const town = `${postal.postcode.trim()} ${postal.city.trim()}`.trim();
  let line = '';
  for (const part of [
    postal.company,
    postal.line1,
    postal.line2,
    town,
    postal.state,
    postal.country,
  ]) {
    const text = part.trim();
    if (text !== '') line = line === '' ? text : `${line}, ${text}`;
  }
  return line;
}
