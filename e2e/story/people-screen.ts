// The frozen people in wp-admin, as a reviewer goes through them: why somebody is there, who may be one human, what changed.
import { expect, type Locator } from '@playwright/test';
import type { Admin } from './admin.ts';

export type PeopleScreen = ReturnType<typeof openPeopleOf>;

/** Of an incident that is open on the screen. */
export function openPeopleOf(admin: Admin) {
  const { app, page, button } = admin;
  const tab = (name: string | RegExp) => app.getByRole('tab', { name });
  const decide = async (opener: Locator, yes: string, reason?: string): Promise<void> => {
    await opener.click();
    const dialog = page.getByRole('dialog');
    if (reason !== undefined) await dialog.getByRole('textbox').fill(reason);
    await dialog.getByRole('button', { name: yes, exact: true }).click();
    await expect(dialog).toHaveCount(0);
  };
  const cardOf = (address: string | RegExp): Locator =>
    app.getByRole('tabpanel').getByRole('listitem').filter({ hasText: address });
  return {
    cardOf,
    /** Opens the reasons of the one person with this address; `look` sees them. */
    why: async (address: string, look: (reasons: Locator) => Promise<void>): Promise<void> => {
      await tab('One by one').click();
      await button('Show the people').click();
      await app.getByLabel('Search by exact e-mail address or order number').fill(address);
      await button('Search').click();
      const people = app.getByRole('region', { name: 'People' });
      await expect(people.getByRole('row')).toHaveCount(2);
      await people.getByRole('button', { name: 'Why is this person here?' }).click();
      const reasons = app.getByRole('dialog', { name: 'Why is this person here?' });
      await expect(reasons).toContainText(address);
      await look(reasons);
      await reasons.getByRole('button', { name: 'Close' }).click();
    },
    showHints: async (): Promise<void> => {
      await tab(/^May be one human/).click();
      await button('Show the groups').click();
    },
    merge: (address: string, reason: string) =>
      decide(
        cardOf(address).getByRole('button', { name: /^They are one person/ }),
        'Record the merge',
        reason,
      ),
    keepApart: (address: string, reason: string) =>
      decide(
        cardOf(address).getByRole('button', { name: /^Keep apart/ }),
        'Record that they differ',
        reason,
      ),
    showDecisions: () => tab('Decisions').click(),
    takeBack: (decision: Locator) =>
      decide(decision.getByRole('button', { name: /^Take this back/ }), 'Yes, take it back'),
    showChanges: async (): Promise<void> => {
      await tab('Added and removed').click();
      await button('Show who was added and removed').click();
    },
    /** Freezes once more and waits for the new list of so many people. */
    freezeAgain: async (people: number): Promise<void> => {
      await button('Freeze the list again').click();
      await page.getByRole('button', { name: 'Yes, freeze the list', exact: true }).click();
      await expect(
        app
          .getByRole('region', { name: 'Who' })
          .getByText(`${people} people`, { exact: true })
          .first(),
      ).toBeVisible({ timeout: 30_000 });
      await expect(app.getByText(/was made or taken back|were made or taken back/)).toHaveCount(0);
    },
  };
}
