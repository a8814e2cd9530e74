// People as plain text, the product's and the truth's in the same words, so that a difference reads as one.
import type { PersonRecord } from '../../sidecar/src/domain/audience/person-record.ts';
import type { TrueReason } from '../stack/seed/traps/trap-truth.ts';
import { isInScope, type TrueScope } from '../stack/seed/true-scope.ts';
import type { TruePerson } from '../stack/seed/truth.ts';

/**
 * `full`: every reason with its tie, and all addresses. `sources`: sources and roles alone, for a scope that takes only
 * some rows: how sure a tie is depends on the rows that are there. `shop`: accounts and orders alone, for the bulk.
 */
export type Detail = 'full' | 'sources' | 'shop';

export type ToldPerson = {
  /** The same for the same human in both. */
  readonly who: string;
  readonly text: string;
};

export function tellFound(person: PersonRecord, detail: Detail): ToldPerson {
  const reasons = person.reasons.map(({ source, row, role, via, strength }) => ({
    source,
    order: source.startsWith('orders_') ? Number(row) : null,
    /** Order meta is known by its order. */
    about: /^orders_|\.order-meta$/.test(source) ? Number(row) : null,
    role,
    tie: `${via} ${strength}`,
  }));
  const addresses = person.contact_points.flatMap(({ kind, value }) =>
    kind === 'email' ? [value] : [],
  );
  const orders = reasons.flatMap(({ about, role }) =>
    about === null || role !== 'buyer' ? [] : [about],
  );
  const who = whoIs({ ...person, userId: person.user_id, contact: person.email, orders });
  return { who, text: tell({ ...person, contact: person.email, addresses, reasons }, detail) };
}

/** A person of the truth as that scope is to find him; `takes` narrows the rows further, by their dates. */
export function tellTrue(
  person: TruePerson,
  { scope, detail, takes = () => true }: TrueTelling,
): ToldPerson {
  const reasons = reasonsOf(person).filter(
    (reason) => isInScope(reason.source, scope) && takes(reason),
  );
  const contactability =
    person.trap?.contactability ?? (person.contact === null ? 'no_address' : 'reachable');
  const orders = reasons.flatMap(({ order, role }) =>
    order === null || role !== 'buyer' ? [] : [order],
  );
  const who = whoIs({ ...person, userId: person.userId ?? 0, orders });
  return { who, text: tell({ ...person, contactability, reasons }, detail) };
}

export type TrueTelling = {
  readonly scope: TrueScope;
  readonly detail: Detail;
  readonly takes?: (reason: TrueReason) => boolean;
};

/** The bulk's reasons are its account and its orders; what other places say about it is copies of these. */
export function reasonsOf(person: TruePerson): readonly TrueReason[] {
  if (person.trap !== undefined) return person.trap.reasons;
  const account = { source: 'accounts', order: null, role: 'buyer', tie: '', at: null };
  return [
    ...(person.userId === null ? [] : [account]),
    ...person.orders.flatMap(({ id, createdAt, hposEmail, legacyEmail }) => [
      ...(hposEmail === null ? [] : [copyOf('orders_hpos', id, createdAt)]),
      ...(legacyEmail === null ? [] : [copyOf('orders_legacy', id, createdAt)]),
    ]),
  ];
}

function copyOf(source: string, order: number, at: string): TrueReason {
  return { source, order, role: 'buyer', tie: '', at };
}

type Reason = Pick<TrueReason, 'source' | 'order' | 'role' | 'tie'>;

/** Without account and address a person is known by name, and by the first order that is his. */
function whoIs(person: {
  userId: number;
  contact: string | null;
  name: string;
  orders: readonly number[];
}): string {
  if (person.userId !== 0) return `user ${person.userId}`;
  if (person.contact !== null) return fold(person.contact);
  const { orders } = person;
  return orders.length === 0 ? person.name : `${person.name} #${Math.min(...orders)}`;
}

function tell(
  person: {
    contact: string | null;
    contactability: string;
    addresses: readonly string[];
    reasons: readonly Reason[];
  },
  detail: Detail,
): string {
  const told = person.reasons.filter(({ source }) => detail !== 'shop' || isOfShop(source));
  const rows = told.map(({ source, order, role }) => [source, order ?? '', role].join(' '));
  // Apart from the rows: of people who are joined, chance says whose rows moved.
  const ties = told.map(({ source, role, tie }) => `${source} ${role}: ${tie}`);
  const { contact, contactability } = person;
  const reached = contact === null ? contactability : `${contactability} at ${contact.trim()}`;
  const addresses = detail === 'sources' ? '' : distinct(person.addresses.map(fold)).join(' ');
  return [reached, addresses, ...distinct(rows), ...(detail === 'full' ? distinct(ties) : [])].join(
    '\n  ',
  );
}

function isOfShop(source: string): boolean {
  return source === 'accounts' || source.startsWith('orders_');
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

export function fold(address: string): string {
  return address.normalize('NFC').trim().toLowerCase();
}
