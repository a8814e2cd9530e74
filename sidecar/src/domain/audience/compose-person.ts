// One person from all rows that belong to him: whether he is in the audience, which address he is reached by, and why he
// is there. Works on facts without values, so that a count and a frozen audience come from the same decision.
import type { Contactability, Reason } from '../../contract/audience.ts';
import type { ClassBits } from './held-classes.ts';
import { roleBit, type RoleBits } from './person-roles.ts';
import type { BlindKey, Owner, StagedAddress, StagedPerson, StagedRow } from './staged-row.ts';
import type { OrderStore } from './store-rows.ts';

/** What an audience needs to know besides the rows. */
export type ComposeBasis = {
  /** The store WooCommerce reads from: it speaks first where two copies of one order are equally new. */
  readonly authoritative: OrderStore;
  /** The scope's data classes. */
  readonly asked: ClassBits;
  /** Whether the shop's own people are asked for by name. */
  readonly wantsStaff: boolean;
  /** Addresses known not to take mail. */
  readonly bounced: ReadonlySet<BlindKey>;
};

/** Where the chosen address stands, which is why it was chosen before the others. */
export type ChosenFrom = 'account' | 'order' | 'address_book' | 'mention' | 'listed';

/** Why a person is here, before it is written for people to read. */
export type ReasonFacts = Pick<Reason, 'source' | 'row' | 'role' | 'via' | 'strength'> & {
  /** Milliseconds since 1970. */
  readonly at: number | null;
  readonly classes: ClassBits;
};

export type PersonPlan = {
  readonly owner: Owner;
  /** Lowest user id of the person's accounts, one with a valid e-mail first; 0 for a guest. */
  readonly userId: number;
  readonly country: string;
  /** Orders in scope. */
  readonly orders: number;
  readonly roles: RoleBits;
  readonly contactability: Contactability;
  readonly chosen: { readonly key: BlindKey; readonly from: ChosenFrom } | null;
  /** How he is reached next, best first; `none` when there is no way. */
  readonly channel: 'email' | 'phone' | 'postal_address' | 'none';
  readonly reasons: readonly ReasonFacts[];
  readonly classes: ClassBits;
  /** The exclude list names this person: nothing is sent, whatever else is true. */
  readonly excluded: boolean;
  /** One of the shop's own people who never bought in scope: counted apart. */
  readonly staff: boolean;
  /**
   * All rows, in the order values are taken from them: orders (newest first, those in scope before all others), accounts
   * (the primary one first), then the rest as staged.
   */
  readonly orderRows: readonly StagedRow[];
  readonly accountRows: readonly StagedRow[];
  readonly otherRows: readonly StagedRow[];
};

/**
 * Null when nothing of this person is in scope and the exclude list does not name him. An excluded one is composed all
 * the same: he may share his address with somebody else, and then goes together with him.
 */
export function composePerson(person: StagedPerson, basis: ComposeBasis): PersonPlan | null {
  const { rows } = person;
  const excluded = rows.some((row) => row.excluded);
  if (!isInScope(person) && !excluded) return null;
  const orders = rows.filter((row) => row.kind === 'order');
  const newest = orders.length > 1 ? orders.toSorted(byAge(basis.authoritative)) : orders;
  const orderRows = newest.every(counts)
    ? newest
    : [...newest.filter(counts), ...newest.filter((row) => !counts(row))];
  const accountRows = primaryFirst(rows.filter((row) => row.kind === 'account'));
  const otherRows = rows.filter((row) => row.kind !== 'order' && row.kind !== 'account');
  const [account] = accountRows;
  const chosen = chooseAddress({ person, accountRows, newest, otherRows, basis });
  const reasons = reasonsOf([...accountRows, ...orders, ...otherRows], basis.asked);
  return {
    owner: person.owner,
    userId: account?.userId ?? 0,
    country: countryOf(orderRows, account, otherRows),
    orders: countOrders(orderRows),
    roles: reasons.reduce((bits, { role }) => bits | roleBit(role), 0),
    contactability: chosen === null ? whyUnreachable(person, basis) : 'reachable',
    chosen,
    channel: channelOf(chosen !== null, rows),
    reasons,
    classes: reasons.reduce((bits, { classes }) => bits | classes, 0),
    excluded,
    staff: !basis.wantsStaff && isStaffOnly(accountRows, rows),
    orderRows,
    accountRows,
    otherRows,
  };
}

const counts = (row: StagedRow): boolean => row.inScope || row.listed;

export function isInScope({ rows }: StagedPerson): boolean {
  return rows.some(counts);
}

function isStaffOnly(accounts: readonly StagedRow[], rows: readonly StagedRow[]): boolean {
  return (
    accounts.some((row) => row.role === 'staff') &&
    !rows.some((row) => row.listed || (counts(row) && isPurchase(row)))
  );
}

/** An order, or what a gateway or an extension says of somebody who bought or paid for one. */
function isPurchase({ kind, role, orderId }: StagedRow): boolean {
  return kind === 'order' || (kind === 'mention' && orderId !== 0 && role !== 'staff');
}

function byAge(authoritative: OrderStore): (a: StagedRow, b: StagedRow) => number {
  return (a, b) =>
    (b.at ?? -Infinity) - (a.at ?? -Infinity) ||
    b.orderId - a.orderId ||
    Number(b.source === authoritative) - Number(a.source === authoritative);
}

function primaryFirst(accounts: StagedRow[]): readonly StagedRow[] {
  if (accounts.length < 2) return accounts;
  accounts.sort((a, b) => a.userId - b.userId);
  const primary = accounts.find((row) => row.emails[0]?.state === 'valid');
  if (primary === undefined) return accounts;
  return [primary, ...accounts.filter((row) => row !== primary)];
}

/** The account's e-mail, else the newest order's address, else the address book's, else what others say, else the listed one; usable ones only. */
function chooseAddress(from: {
  person: StagedPerson;
  accountRows: readonly StagedRow[];
  newest: readonly StagedRow[];
  otherRows: readonly StagedRow[];
  basis: ComposeBasis;
}): PersonPlan['chosen'] {
  const usable = (
    address: StagedAddress | undefined,
  ): address is StagedAddress & { key: BlindKey } =>
    address?.state === 'valid' &&
    address.key !== null &&
    !from.basis.bounced.has(address.key) &&
    !from.person.denied.has(address.key);
  const first = (
    rows: readonly StagedRow[],
    addresses: (row: StagedRow) => readonly StagedAddress[],
    source: ChosenFrom,
  ): PersonPlan['chosen'] => {
    for (const row of rows) {
      for (const address of addresses(row)) {
        if (usable(address)) return { key: address.key, from: source };
      }
    }
    return null;
  };
  const all = (row: StagedRow): readonly StagedAddress[] => row.emails;
  return (
    first(from.accountRows.slice(0, 1), ownAddress, 'account') ??
    first(from.newest, all, 'order') ??
    first(from.accountRows, bookAddress, 'address_book') ??
    first(
      from.otherRows.filter((row) => row.kind !== 'listed'),
      all,
      'mention',
    ) ??
    first(
      from.otherRows.filter((row) => row.kind === 'listed'),
      all,
      'listed',
    )
  );
}

function ownAddress(row: StagedRow): readonly StagedAddress[] {
  return row.emails.slice(0, 1);
}

function bookAddress(row: StagedRow): readonly StagedAddress[] {
  return row.emails.slice(1);
}

function whyUnreachable({ rows, denied }: StagedPerson, basis: ComposeBasis): Contactability {
  let found: Contactability = 'no_address';
  for (const { emails } of rows) {
    for (const { key, state } of emails) {
      if (state === 'valid' && key !== null && !denied.has(key) && basis.bounced.has(key)) {
        return 'bounced';
      }
      if (state === 'invalid') found = 'invalid_address';
      else if (state === 'erased' && found === 'no_address') found = 'erased';
    }
  }
  return found;
}

function channelOf(reachable: boolean, rows: readonly StagedRow[]): PersonPlan['channel'] {
  if (reachable) return 'email';
  if (rows.some((row) => row.hasPhone)) return 'phone';
  return rows.some((row) => row.hasPostal) ? 'postal_address' : 'none';
}

function countryOf(
  orders: readonly StagedRow[],
  account: StagedRow | undefined,
  others: readonly StagedRow[],
): string {
  const known = (row: StagedRow | undefined): boolean =>
    row !== undefined && row.country !== 'unknown';
  return (
    orders.find((row) => counts(row) && known(row))?.country ??
    (known(account) ? account?.country : undefined) ??
    orders.find(known)?.country ??
    others.find(known)?.country ??
    'unknown'
  );
}

function countOrders(orders: readonly StagedRow[]): number {
  const inScope = orders.filter(counts);
  return inScope.length < 2 ? inScope.length : new Set(inScope.map((row) => row.orderId)).size;
}

/** One for each row in scope, and one for the include list when it names the person. */
function reasonsOf(rows: readonly StagedRow[], asked: ClassBits): ReasonFacts[] {
  const reasons: ReasonFacts[] = [];
  const known = spellings(rows);
  let listed = false;
  for (const row of rows) {
    if (row.listed) listed = true;
    if (!counts(row) || row.kind === 'listed') continue;
    reasons.push({
      source: row.source,
      row: row.row,
      role: row.role,
      via: row.via,
      strength: strengthOf(row, known),
      at: row.at,
      classes: row.classes,
    });
  }
  if (listed) {
    reasons.push({
      source: 'list',
      row: 0,
      role: 'buyer',
      via: 'listed',
      strength: 'same',
      at: null,
      classes: asked,
    });
  }
  return reasons;
}

/** Ties that brought a row to somebody it was not staged for. */
const MOVED: ReadonlySet<string> = new Set([
  'account_address',
  'same_address',
  'gateway_id',
  'reviewer',
]);

/** Addresses as they are spelt by rows tied to the person by a user id; a guest's by the first row that is his own. */
function spellings(rows: readonly StagedRow[]): ReadonlySet<string> | null {
  if (rows.length < 2) return null;
  const byId = rows.filter((row) => row.userId !== 0);
  const own = rows.find((row) => !MOVED.has(row.via));
  const sure = byId.length > 0 || own === undefined ? byId : [own];
  return new Set(sure.flatMap((row) => row.emails.map(spelling)));
}

const spelling = ({ key, exact }: StagedAddress): string => `${key ?? ''}:${exact}`;

function strengthOf(row: StagedRow, known: ReadonlySet<string> | null): Reason['strength'] {
  const { via } = row;
  if (via === 'reviewer') return 'reviewer';
  if (via === 'gateway_id' || via === 'same_contact') return 'likely';
  const [first] = row.emails;
  const byAddress = row.userId === 0 && first !== undefined && via !== 'same_order';
  if (known === null || !byAddress) return 'same';
  return known.has(spelling(first)) ? 'same' : 'likely';
}
