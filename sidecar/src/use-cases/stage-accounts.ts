// Stages all accounts, in scope or not: a guest's order may belong to an account the scope's filter leaves out.
import type { AudienceCounts } from '../contract/scope.ts';
import { countryKey } from '../domain/audience/country-key.ts';
import { foldAddress } from '../domain/audience/fold-address.ts';
import { classesOfAccount } from '../domain/audience/held-classes.ts';
import { accountTerm } from '../domain/audience/person-keys.ts';
import type { AccountValues } from '../domain/audience/person-record.ts';
import type { StagedAccount } from '../domain/audience/staged-rows.ts';
import type { AccountRow } from '../domain/audience/store-rows.ts';
import { accountPlace, blindKey, sealValues, type StageContext } from './stage-context.ts';

export interface AccountStager {
  add(page: readonly AccountRow[]): void;
  /** What of the scope could not be answered, once all pages are in. */
  unread(): AudienceCounts['unread'];
}

export function makeAccountStager(context: StageContext): AccountStager {
  const { stage, test } = context;
  let undated = 0;
  let listedFound = 0;
  return {
    add(page) {
      const staged = page.map((row) => {
        const answer = test.account(row);
        const listed = test.include.userIds.has(row.userId);
        if (listed) listedFound += 1;
        else if (answer === 'undated') undated += 1;
        return stageAccount(context, row, { inScope: answer === 'in', listed });
      });
      stage.addAccounts(staged);
      stage.addUses(
        staged.flatMap(({ userId, billing }) =>
          typeof billing?.key === 'string' ? [{ userId, key: billing.key }] : [],
        ),
      );
    },
    unread: () => [
      ...(undated === 0
        ? []
        : [{ code: 'scope.undated_accounts', sentence: undatedSentence(undated) }]),
      ...missingFromStore(test.include.userIds.size - listedFound),
    ],
  };
}

function stageAccount(
  context: StageContext,
  row: AccountRow,
  membership: { inScope: boolean; listed: boolean },
): StagedAccount {
  const { vault, test } = context;
  const { exclude } = test;
  const emails = [row.email, row.billing.email].map(foldAddress);
  const values: AccountValues = {
    email: row.email,
    displayName: row.displayName,
    firstName: row.firstName,
    lastName: row.lastName,
    billing: row.billing,
  };
  return {
    ...membership,
    userId: row.userId,
    owner: blindKey(vault, accountTerm(row.userId)),
    excluded: exclude.userIds.has(row.userId) || emails.some((email) => exclude.emails.has(email)),
    email: context.addresses([row.email])[0] ?? null,
    billing: context.addresses([row.billing.email])[0] ?? null,
    registeredAt: row.registeredAt,
    country: countryKey(row.billing.postal),
    classes: classesOfAccount(row, test.asked),
    via: 'account',
    sealed: sealValues(context, accountPlace(row.userId), values),
  };
}

function undatedSentence(count: number): string {
  return `${count} accounts have no usable date of registration and were left out by the time window.`;
}

function missingFromStore(count: number): AudienceCounts['unread'] {
  if (count === 0) return [];
  return [
    {
      code: 'scope.listed_accounts_not_found',
      sentence: `${count} listed accounts are not in the store.`,
    },
  ];
}
