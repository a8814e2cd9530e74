// One person from all rows that belong to him: whether he is in the audience, which address he is reached by, and why he
// is there. Works on facts without values, so that a count and a frozen audience come from the same decision.
import type { PersonRow, Reason } from '../../contract/audience.ts';
import type { ClassBits } from './held-classes.ts';
import type {
  BlindKey,
  StagedAccount,
  StagedAddress,
  StagedOrderCopy,
  StagedPerson,
} from './staged-rows.ts';
import type { OrderStore } from './store-rows.ts';

/** What an audience needs to know besides the rows. */
export type ComposeBasis = {
  /** The store WooCommerce reads from: it speaks first where two copies of one order are equally new. */
  readonly authoritative: OrderStore;
  /** The scope's data classes. */
  readonly asked: ClassBits;
};

/** Where the chosen address stands. */
export type ChosenFrom = 'account' | 'order' | 'address_book' | 'listed';

/** Why a person is here, before it is written for people to read. */
export type ReasonFacts = Pick<Reason, 'source' | 'row' | 'via'> & {
  /** Milliseconds since 1970. */
  readonly at: number | null;
  readonly classes: ClassBits;
};

export type PersonPlan = {
  readonly owner: BlindKey;
  /** Lowest user id of the person's accounts, one with a valid e-mail first; 0 for a guest. */
  readonly userId: number;
  readonly country: string;
  /** Orders in scope. */
  readonly orders: number;
  readonly contactability: PersonRow['contactability'];
  readonly chosen: { readonly key: BlindKey; readonly from: ChosenFrom } | null;
  readonly reasons: readonly ReasonFacts[];
  readonly classes: ClassBits;
  /** The exclude list names this person: nothing is sent, whatever else is true. */
  readonly excluded: boolean;
  /** Order copies, newest first, those in scope before all others: names and countries are taken from the first that has one. */
  readonly newestFirst: readonly StagedOrderCopy[];
};

/**
 * Null when nothing of this person is in scope and the exclude list does not name him. An excluded one is composed all
 * the same: he may share his address with somebody else, and then goes together with him.
 */
export function composePerson(person: StagedPerson, basis: ComposeBasis): PersonPlan | null {
  const excluded = isExcluded(person);
  if (!isInScope(person) && !excluded) return null;
  const newest = sortNewestFirst(person.copies, basis.authoritative);
  const newestFirst = [...newest.filter(counts), ...newest.filter((copy) => !counts(copy))];
  const account = primaryAccount(person.accounts);
  const chosen = chooseAddress({ person, account, newest });
  const reasons = reasonsOf(person, basis.asked);
  return {
    owner: person.owner,
    userId: account?.userId ?? 0,
    country: countryOf(newestFirst, account),
    orders: new Set(person.copies.filter(counts).map((copy) => copy.orderId)).size,
    contactability: chosen === null ? whyUnreachable(person) : 'reachable',
    chosen,
    reasons,
    classes: reasons.reduce((bits, { classes }) => bits | classes, 0),
    excluded,
    newestFirst,
  };
}

const counts = (row: { inScope: boolean; listed: boolean }): boolean => row.inScope || row.listed;

export function isInScope(person: StagedPerson): boolean {
  return person.listed.length > 0 || person.accounts.some(counts) || person.copies.some(counts);
}

function isExcluded(person: StagedPerson): boolean {
  const excluded = (row: { excluded: boolean }): boolean => row.excluded;
  return (
    person.accounts.some(excluded) || person.copies.some(excluded) || person.listed.some(excluded)
  );
}

function sortNewestFirst(
  copies: readonly StagedOrderCopy[],
  authoritative: OrderStore,
): StagedOrderCopy[] {
  return [...copies].sort(
    (a, b) =>
      (b.createdAt ?? -Infinity) - (a.createdAt ?? -Infinity) ||
      b.orderId - a.orderId ||
      Number(b.store === authoritative) - Number(a.store === authoritative),
  );
}

export function primaryAccount(accounts: readonly StagedAccount[]): StagedAccount | null {
  return accounts.find((account) => account.email?.state === 'valid') ?? accounts[0] ?? null;
}

/** The account's e-mail, else the newest order's address, else the address book's, else the listed one; valid ones only. */
function chooseAddress(from: {
  person: StagedPerson;
  account: StagedAccount | null;
  newest: readonly StagedOrderCopy[];
}): PersonPlan['chosen'] {
  const candidates: [ChosenFrom, Iterable<StagedAddress | null>][] = [
    ['account', [from.account?.email ?? null]],
    ['order', from.newest.flatMap((copy) => copy.emails)],
    ['address_book', from.person.accounts.map((account) => account.billing)],
    ['listed', from.person.listed.map((listed) => listed.address)],
  ];
  for (const [source, addresses] of candidates) {
    for (const address of addresses) {
      if (address?.state === 'valid' && address.key !== null) {
        return { key: address.key, from: source };
      }
    }
  }
  return null;
}

function whyUnreachable(person: StagedPerson): 'invalid_address' | 'erased' | 'no_address' {
  const states = new Set(addressesOf(person).map((address) => address.state));
  if (states.has('invalid')) return 'invalid_address';
  return states.has('erased') ? 'erased' : 'no_address';
}

function addressesOf(person: StagedPerson): StagedAddress[] {
  const all = [
    ...person.accounts.flatMap((account) => [account.email, account.billing]),
    ...person.copies.flatMap((copy) => copy.emails),
    ...person.listed.map((listed) => listed.address),
  ];
  return all.filter((address) => address !== null);
}

function countryOf(copies: readonly StagedOrderCopy[], account: StagedAccount | null): string {
  const known = (row: { country: string }): boolean => row.country !== 'unknown';
  return (
    copies.filter(counts).find(known)?.country ??
    (account !== null && known(account) ? account.country : undefined) ??
    copies.find(known)?.country ??
    'unknown'
  );
}

/** One for each row in scope, and one for the include list when it names the person. */
function reasonsOf(person: StagedPerson, asked: ClassBits): ReasonFacts[] {
  const reasons: ReasonFacts[] = [
    ...person.accounts.filter(counts).map((account) => ({
      source: 'accounts' as const,
      row: account.userId,
      via: account.via,
      at: account.registeredAt,
      classes: account.classes,
    })),
    ...person.copies.filter(counts).map((copy) => ({
      source: copy.store,
      row: copy.orderId,
      via: copy.via,
      at: copy.createdAt,
      classes: copy.classes,
    })),
  ];
  const listed = (row: { listed: boolean }): boolean => row.listed;
  if (person.listed.length > 0 || person.accounts.some(listed) || person.copies.some(listed)) {
    reasons.push({ source: 'list', row: 0, via: 'listed', at: null, classes: asked });
  }
  return reasons;
}
