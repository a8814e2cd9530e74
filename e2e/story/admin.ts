// The preparer in wp-admin, by what is on the screen: roles and names, no test ids.
import { expect, type Browser, type Page } from '@playwright/test';
import type { Store } from '../stack/store.ts';
import type { StoreUser } from '../stack/store-options.ts';

export type Admin = ReturnType<typeof makeAdmin>;

/** The name of the link that opens an incident from this signal. */
export function openIncidentFrom(signalTitle: string): RegExp {
  return new RegExp(
    `^Open an incident\\s*: ${signalTitle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
  );
}

/** Signs in to wp-admin in a browser profile of its own. */
export async function signIn(
  browser: Browser,
  store: Pick<Store, 'url' | 'adminUrl'>,
  user: Pick<StoreUser, 'login' | 'password'>,
): Promise<Admin> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${store.url}/wp-login.php`);
  await page.getByLabel('Username or Email Address').fill(user.login);
  await page.getByLabel('Password', { exact: true }).fill(user.password);
  await page.getByRole('button', { name: 'Log In' }).click();
  await expect(page.locator('#wpadminbar')).toBeVisible();
  return makeAdmin(page, store);
}

function makeAdmin(page: Page, store: Pick<Store, 'adminUrl'>) {
  const app = page.locator('#tocsin-app');
  const button = (name: string) => app.getByRole('button', { name, exact: true });
  const confirm = async (open: string, yes: string): Promise<void> => {
    await button(open).first().click();
    await page.getByRole('button', { name: yes, exact: true }).click();
    await expect(page.getByRole('button', { name: yes, exact: true })).toHaveCount(0);
  };
  return {
    page,
    app,
    open: async (path = ''): Promise<void> => {
      await page.goto(`${store.adminUrl}admin.php?page=tocsin#/${path}`);
      await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
    },
    button,
    /** A step of the incident page by its heading: opens it when folded, folds it when open. */
    toggleStep: (title: string): Promise<void> =>
      app.getByRole('heading', { level: 2, name: title, exact: true }).getByRole('button').click(),
    confirm,
    /** From the inbox of signals to the form, filled in from the signal. */
    takeOverSignal: async (signalTitle: string): Promise<void> => {
      await app.getByRole('link', { name: openIncidentFrom(signalTitle) }).click();
      await expect(
        app.getByRole('heading', { level: 1, name: 'Declare an incident' }),
      ).toBeVisible();
      await expect(app.getByLabel('Title')).toHaveValue(signalTitle);
    },
    /** Sends the filled form; returns the incident's id. */
    declare: async (): Promise<string> => {
      await button('Declare the incident').click();
      await page.waitForURL(/#\/incidents\/inc_/);
      return /inc_[0-9a-z]+/.exec(page.url())?.[0] ?? '';
    },
    confirmIncident: () => confirm('Confirm the incident', 'Yes, confirm it'),
    /** Chooses a preset and saves it; `fill` may narrow it down first. */
    setScope: async (preset: string, fill?: () => Promise<void>): Promise<void> => {
      await button('Say which data leaked').click();
      await app.getByRole('radio', { name: preset }).check();
      await fill?.();
      await button('Save which data leaked').click();
      await expect(button('Freeze the list of people')).toBeVisible();
    },
    freeze: async (timeoutMs: number): Promise<void> => {
      await confirm('Freeze the list of people', 'Yes, freeze the list');
      await expect(button('Write what we tell them')).toBeVisible({ timeout: timeoutMs });
    },
    /** Fills in a template and saves it; `look` sees the filled form first. */
    setNotice: async (
      situation: string,
      words: Record<string, string>,
      look?: () => Promise<void>,
    ): Promise<void> => {
      await button('Write what we tell them').click();
      await app.getByLabel('Situation').selectOption({ label: situation });
      for (const [label, text] of Object.entries(words))
        await app.getByRole('textbox', { name: label }).fill(text);
      await look?.();
      await button('Save what we tell them').click();
      await expect(button('Request approval')).toBeVisible();
    },
    /** Returns where the request is at the console, and the code to compare. */
    requestApproval: async (): Promise<{ url: string; code: string }> => {
      await confirm('Request approval', 'Yes, request approval');
      const link = app.getByRole('link', { name: /Open the approval console/ }).first();
      await expect(link).toBeVisible();
      const code = await app
        .getByText(/^[0-9A-F]{4} [0-9A-F]{4}$/)
        .first()
        .innerText();
      return { url: (await link.getAttribute('href')) ?? '', code };
    },
    waitUntilTold: async (timeoutMs: number): Promise<void> => {
      await expect(button('Close the incident')).toBeVisible({ timeout: timeoutMs });
    },
    closeIncident: () => confirm('Close the incident', 'Yes, close it'),
    close: () => page.context().close(),
  };
}
