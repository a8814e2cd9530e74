// One order's copies: whose they are, and as rows of the stage.
import { countryKey } from '../domain/audience/country-key.ts';
import { foldAddress } from '../domain/audience/fold-address.ts';
import { classesOfContact, classesOfOrder, hasPlace } from '../domain/audience/held-classes.ts';
import { orderTerm } from '../domain/audience/person-keys.ts';
import { contactTerm, foldedName, isSomebodyElse } from '../domain/audience/shipping-contact.ts';
import type { Owner, StagedAddress } from '../domain/audience/staged-row.ts';
import type { ScopeTest } from '../domain/audience/scope-test.ts';
import type { OrderCopy } from '../domain/audience/store-rows.ts';
import type { StagedEntry } from './ports/audience-stage.ts';
import { addressOwner, entryOf, stageAddresses, type StageContext } from './stage-context.ts';

/** A copy and whose it is. */
export type TiedCopy = {
  readonly copy: OrderCopy;
  readonly emails: readonly StagedAddress[];
  readonly texts: readonly string[];
  readonly owner: Owner;
  /** Id of an existing user, by this copy or the order's other one; 0 for a guest. */
  readonly userId: number;
  /** A guest known by an address of this very copy. */
  readonly byAddress: boolean;
  readonly weak: boolean;
  /** Neither user nor address in any copy: only the order's own number holds it together. */
  readonly alone: boolean;
};

type Addressed = Pick<TiedCopy, 'copy' | 'emails' | 'texts'>;
type Tie = Omit<TiedCopy, keyof Addressed>;

/** A copy without user and address belongs to whom the other copy belongs to (rule 3 of the person rule). */
export function addressCopies(
  context: StageContext,
  copies: readonly OrderCopy[],
): readonly TiedCopy[] {
  const addressed = copies.map((copy) => ({
    copy,
    ...stageAddresses(context.vault, copy.emails),
  }));
  const ties = addressed.map((one) => tieOf(context, one));
  const known = ties.find((tie) => tie !== null) ?? null;
  return addressed.map((one, place) => ({
    ...one,
    ...(ties[place] ??
      (known === null ? aloneTie(context, one.copy.orderId) : { ...known, byAddress: false })),
  }));
}

/** Null when the copy names nobody: neither an existing user nor an address. */
function tieOf({ stage }: StageContext, { copy, emails }: Addressed): Tie | null {
  if (copy.customerId !== 0 && stage.accountExists(copy.customerId)) {
    return {
      owner: copy.customerId,
      userId: copy.customerId,
      byAddress: false,
      weak: false,
      alone: false,
    };
  }
  const own = addressOwner(emails);
  if (own === null) return null;
  return { owner: own.key, userId: 0, byAddress: true, weak: own.weak, alone: false };
}

function aloneTie({ vault }: StageContext, orderId: number): Tie {
  return {
    owner: vault.blind(orderTerm(orderId)),
    userId: 0,
    byAddress: false,
    weak: true,
    alone: true,
  };
}

/** `unlinked`: in scope, and nothing in the copy says whose it is. */
export function stageCopy(
  context: StageContext,
  tied: TiedCopy,
  membership: { inScope: boolean; listed: boolean },
): { entry: StagedEntry | null; unlinked: boolean } {
  const { test } = context;
  const { copy, emails, userId } = tied;
  const classes = classesOfOrder(copy, test.asked, context.asTheScopeSays);
  const inScope = membership.inScope && classes !== 0 && test.role('buyer');
  if (tied.alone && !namesAnybody(copy)) {
    return { entry: null, unlinked: inScope || membership.listed };
  }
  const excluded = isExcluded(test, copy);
  const wanted =
    inScope ||
    membership.listed ||
    userId !== 0 ||
    (context.keepOrders && (context.ownDates || test.referable(copy.createdAt))) ||
    excluded ||
    (test.include.emails.size > 0 &&
      copy.emails.some((email) => test.include.emails.has(foldAddress(email))));
  if (!wanted) return { entry: null, unlinked: false };
  const entry = entryOf(context, tied.owner, tied.weak, {
    kind: 'order',
    source: copy.store,
    row: copy.orderId,
    role: 'buyer',
    via: userId === 0 ? 'order' : 'same_account',
    inScope,
    listed: membership.listed,
    excluded,
    at: copy.createdAt,
    country: countryKey(copy.postal),
    classes,
    emails,
    userId,
    orderId: copy.orderId,
    hasPhone: copy.phone.trim() !== '',
    hasPostal: hasPlace(copy.postal),
    values: context.keepValues
      ? {
          emails: tied.texts,
          firstName: copy.firstName,
          lastName: copy.lastName,
          displayName: '',
          phone: copy.phone,
          postal: copy.postal,
          book: null,
        }
      : null,
  });
  return { entry, unlinked: false };
}

/** Somebody else the order ships to. */
export function stageShipping(context: StageContext, copy: OrderCopy): StagedEntry[] {
  const { shipping } = copy;
  const { test, vault } = context;
  if (shipping === null || !test.role('shipping_contact')) return [];
  if (test.exclude.orderIds.has(copy.orderId)) return [];
  const classes = classesOfContact(shipping, test.asked);
  if (classes === 0 || !isSomebodyElse(shipping, copy)) return [];
  const term = contactTerm(shipping) ?? `contact:order:${copy.orderId}|${foldedName(shipping)}`;
  return [
    entryOf(context, vault.blind(term), false, {
      kind: 'contact',
      source: copy.store,
      row: copy.orderId,
      role: 'shipping_contact',
      via: 'same_contact',
      inScope: true,
      listed: false,
      excluded: false,
      at: copy.createdAt,
      country: countryKey(shipping.postal),
      classes,
      emails: [],
      userId: 0,
      orderId: copy.orderId,
      hasPhone: shipping.phone.trim() !== '',
      hasPostal: hasPlace(shipping.postal),
      values: context.keepValues ? { ...shipping, emails: [], displayName: '', book: null } : null,
    }),
  ];
}

function namesAnybody(copy: OrderCopy): boolean {
  return (
    copy.firstName.trim() !== '' ||
    copy.lastName.trim() !== '' ||
    copy.phone.trim() !== '' ||
    hasPlace(copy.postal)
  );
}

function isExcluded({ exclude }: ScopeTest, copy: OrderCopy): boolean {
  return (
    exclude.orderIds.has(copy.orderId) ||
    exclude.userIds.has(copy.customerId) ||
    (exclude.emails.size > 0 && copy.emails.some((email) => exclude.emails.has(foldAddress(email))))
  );
}
