// Stages all accounts, in scope or not: a guest's order may belong to an account the scope's filter leaves out.
import type { AudienceCounts } from '../contract/scope.ts';
import { countryKey } from '../domain/audience/country-key.ts';
import { foldAddress } from '../domain/audience/fold-address.ts';
import { classesOfAccount, classesOfContact, hasPlace } from '../domain/audience/held-classes.ts';
import { contactTerm, isSomebodyElse } from '../domain/audience/shipping-contact.ts';
import type { BlindKey, StagedAddress, StagedRow } from '../domain/audience/staged-row.ts';
import type { AccountRow } from '../domain/audience/store-rows.ts';
import type { StagedEntry } from './ports/audience-stage.ts';
import { entryOf, noted, stageAddress, type StageContext } from './stage-context.ts';

export interface AccountStager {
  add(page: readonly AccountRow[]): void;
  /** What of the scope could not be answered, once all pages are in. */
  unread(): AudienceCounts['unread'];
}

const NO_ADDRESS: StagedAddress = { key: null, state: 'none', exact: '' };

export function makeAccountStager(context: StageContext): AccountStager {
  const { stage, test } = context;
  let undated = 0;
  let listedFound = 0;
  return {
    add(page) {
      const entries: StagedEntry[] = [];
      const accounts: { userId: number; key: BlindKey | null }[] = [];
      const uses: { userId: number; key: BlindKey }[] = [];
      for (const row of page) {
        const answer = test.account(row);
        const listed = test.include.userIds.has(row.userId);
        if (listed) listedFound += 1;
        else if (answer === 'undated') undated += 1;
        const staged = stageAccount(context, row, { inScope: answer === 'in', listed });
        const [own, book] = staged.emails;
        const key = own?.state === 'valid' ? own.key : null;
        accounts.push({ userId: row.userId, key });
        const entry = entryOf(context, row.userId, key === null, staged);
        if (typeof book?.key === 'string' && entry.owner === row.userId) {
          uses.push({ userId: row.userId, key: book.key });
        }
        entries.push(entry);
        if (answer === 'in' || listed) entries.push(...stageContact(context, row));
      }
      stage.addAccounts(accounts);
      stage.add(entries);
      stage.addUses(uses);
    },
    unread: () => [
      ...noted(
        undated,
        'scope.undated_accounts',
        (count) =>
          `${count} accounts have no usable date of registration and were left out by the time window.`,
      ),
      ...noted(
        test.include.userIds.size - listedFound,
        'scope.listed_accounts_not_found',
        (count) => `${count} listed accounts are not in the store.`,
      ),
    ],
  };
}

function stageAccount(
  context: StageContext,
  row: AccountRow,
  membership: { inScope: boolean; listed: boolean },
): StagedRow {
  const { vault, test, keepValues } = context;
  const { billing } = row;
  const own = stageAddress(vault, row.email);
  const book =
    billing.email === row.email && own !== null ? own : stageAddress(vault, billing.email);
  const classes = classesOfAccount(row, test.asked, context.asTheScopeSays);
  const role = row.staff ? 'staff' : 'buyer';
  const { exclude } = test;
  return {
    kind: 'account',
    source: 'accounts',
    row: row.userId,
    role,
    via: 'account',
    inScope: membership.inScope && classes !== 0 && (row.staff || test.role(role)),
    listed: membership.listed,
    excluded:
      exclude.userIds.has(row.userId) ||
      (exclude.emails.size > 0 &&
        [row.email, billing.email].some((email) => exclude.emails.has(foldAddress(email)))),
    at: row.registeredAt,
    country: countryKey(billing.postal),
    classes,
    emails: book === null ? [own ?? NO_ADDRESS] : [own ?? NO_ADDRESS, book],
    userId: row.userId,
    orderId: 0,
    hasPhone: billing.phone.trim() !== '',
    hasPostal: hasPlace(billing.postal),
    values: keepValues
      ? {
          emails: book === null ? [row.email] : [row.email, billing.email],
          firstName: row.firstName,
          lastName: row.lastName,
          displayName: row.displayName,
          phone: billing.phone,
          postal: billing.postal,
          book: { email: billing.email, firstName: billing.firstName, lastName: billing.lastName },
        }
      : null,
  };
}

/** Somebody else the address book ships to. */
function stageContact(context: StageContext, row: AccountRow): StagedEntry[] {
  const { shipping, billing } = row;
  const { test, vault } = context;
  if (shipping === null || !test.role('shipping_contact')) return [];
  const buyer =
    billing.firstName === '' && billing.lastName === ''
      ? { firstName: row.firstName, lastName: row.lastName, postal: billing.postal }
      : billing;
  const classes = classesOfContact(shipping, test.asked);
  if (classes === 0 || !isSomebodyElse(shipping, buyer)) return [];
  const owner = vault.blind(contactTerm(shipping) ?? `contact:user:${row.userId}`);
  return [
    entryOf(context, owner, false, {
      kind: 'contact',
      source: 'accounts',
      row: row.userId,
      role: 'shipping_contact',
      via: 'same_contact',
      inScope: true,
      listed: false,
      excluded: false,
      at: row.registeredAt,
      country: countryKey(shipping.postal),
      classes,
      emails: [],
      userId: 0,
      orderId: 0,
      hasPhone: shipping.phone.trim() !== '',
      hasPostal: hasPlace(shipping.postal),
      values: context.keepValues ? { ...shipping, emails: [], displayName: '', book: null } : null,
    }),
  ];
}
