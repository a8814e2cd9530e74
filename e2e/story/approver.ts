// An approver at the sidecar's console: a browser profile of their own with a passkey in a virtual authenticator.
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';

export type Approver = {
  readonly page: Page;
  /** Opens the request, compares the code, approves with the passkey. */
  approve(manifestUrl: string, expectedCode: string): Promise<void>;
  signOut(): Promise<void>;
  signIn(): Promise<void>;
  close(): Promise<void>;
};

/** Opens the invitation and makes the passkey; `look` sees the invitation before that. */
export async function enrolApprover(
  browser: Browser,
  link: string,
  look?: (page: Page) => Promise<void>,
): Promise<Approver> {
  const context: BrowserContext = await browser.newContext();
  const page = await context.newPage();
  await addAuthenticator(page);
  await page.goto(link);
  await expect(page.getByRole('button', { name: 'Create passkey' })).toBeVisible();
  await look?.(page);
  await page.getByRole('button', { name: 'Create passkey' }).click();
  const home = page.getByRole('heading', { name: 'What waits' });
  await expect(home).toBeVisible();
  return {
    page,
    approve: async (manifestUrl, expectedCode) => {
      await page.goto(manifestUrl);
      await expect(page.getByText(expectedCode, { exact: true }).first()).toBeVisible();
      await page.getByRole('button', { name: 'Approve with passkey' }).click();
      await expect(page.getByRole('button', { name: 'Approve with passkey' })).toHaveCount(0);
    },
    signOut: async () => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await expect(page.getByRole('button', { name: 'Sign in with passkey' })).toBeVisible();
    },
    signIn: async () => {
      await page.getByRole('button', { name: 'Sign in with passkey' }).click();
      await expect(home).toBeVisible();
    },
    close: () => context.close(),
  };
}

/** CTAP2, resident keys, user verification that always succeeds: a phone that its owner unlocks. */
async function addAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
