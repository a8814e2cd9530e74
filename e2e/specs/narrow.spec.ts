// Small windows, right to left, and no mouse: a phone at 400 px, a shop in Arabic, a keyboard alone.
import type { Locator, Page } from '@playwright/test';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PEOPLE, type Box } from '../stack/box.ts';
import { signIn, type Admin } from '../story/admin.ts';
import { enrolBoth } from '../story/main-job.ts';
import { prepareByApi, requestByApi } from '../story/prepare-by-api.ts';
import type { Approver } from '../story/approver.ts';
import type { Manifest } from '../../sidecar/src/contract/index.ts';
import { expect, test } from './fixtures.ts';
import { keepScreen } from './keep-screen.ts';

test.describe.configure({ mode: 'serial' });
test.use({ boxSettings: { people: 12 } });

const PHONE = { width: 400, height: 800 };
const DESK = { width: 1280, height: 900 };

let admin: Admin;
let approver: Approver;
let incidentId = '';
let manifest: Manifest;

test('at 400 px the list, an incident with every step open and the request at the console fit the width', async ({
  box,
  browser,
}) => {
  [approver] = await enrolBoth(browser, box);
  incidentId = await prepareByApi(box);
  manifest = await requestByApi(box, incidentId);
  admin = await signIn(browser, box.store, PEOPLE.preparer);
  await admin.page.setViewportSize(PHONE);
  await approver.page.setViewportSize(PHONE);
  await lookEverywhere('narrow');
});

test('right to left, on a phone and on a desk, nothing leaves the page', async ({ box }) => {
  await writeInArabicDirection(box);
  await approver.page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.dir = 'rtl';
    });
  });
  await admin.page.reload();
  await expect(admin.page.locator('html')).toHaveAttribute('dir', 'rtl');
  await lookEverywhere('narrow-rtl');
  await admin.page.setViewportSize(DESK);
  await approver.page.setViewportSize(DESK);
  await lookEverywhere('desk-rtl');
  await rm(directionFile(box));
});

test('an incident is declared with the keyboard alone, with the focus in sight at every stop', async () => {
  const { app, page } = admin;
  await admin.open('incidents/declare');
  await page.reload();
  await expect(app.getByLabel('Title')).toBeVisible();
  await app.getByRole('link', { name: 'Incidents', exact: true }).focus();

  await tabTo(page, app.getByRole('button', { name: 'Declare the incident' }));
  await page.keyboard.press('Enter');
  const summary = app.getByRole('group').filter({ hasText: 'thing to correct' });
  await expect(summary).toBeFocused();
  await keepScreen(page, 'keyboard-declare-refused', 'admin');
  await tabTo(page, summary.getByRole('button').first());
  await page.keyboard.press('Enter');
  await expect(app.getByLabel('Title')).toBeFocused();

  await page.keyboard.type('Backup found on a stranger’s server');
  await tabTo(page, app.getByLabel('What kind of leak'));
  await page.keyboard.type('A backup');
  await tabTo(page, app.getByLabel('Severity'));
  await page.keyboard.type('Cri');
  await tabTo(page, app.getByLabel('What is known so far'));
  await page.keyboard.type('A researcher wrote to us.');
  await tabTo(page, app.getByLabel('When you became aware'));
  await page.keyboard.type('11202026\t0930AM');
  await tabTo(page, app.getByRole('button', { name: 'Declare the incident' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/incidents\/inc_/);
  await expect(
    app.getByRole('heading', { level: 1, name: 'Backup found on a stranger’s server' }),
  ).toBeFocused();
  await expect(app.getByText('Critical', { exact: true }).first()).toBeVisible();
  await expect(app.getByText('A backup was stolen').first()).toBeVisible();
});

test('a dialog keeps the focus inside, gives it back when it is left, and leads on when it is confirmed', async () => {
  const { app, page } = admin;
  const opener = app.getByRole('button', { name: 'Confirm the incident' });
  const dialog = page.getByRole('dialog');
  await tabTo(page, opener);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Yes, confirm it' }));
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(app.getByRole('button', { name: 'Say which data leaked' })).toBeVisible();
  await expect(app.locator(':focus')).toHaveCount(1);
});

test('the request at the console is read and approved with the keyboard alone', async () => {
  const { page } = approver;
  await page.goto(manifest.console_url);
  await expect(page.getByRole('button', { name: 'Approve with passkey' })).toBeVisible();
  await tabTo(page, page.getByRole('tab', { name: 'Alex Morgan (invented)' }));
  await page.keyboard.press('End');
  await expect(
    page.getByRole('tab', { name: 'A name written from right to left (invented)' }),
  ).toBeFocused();
  await page.keyboard.press('Home');
  for (
    let stop = 0;
    stop < 40 && !(await isFocused(page.getByRole('button', { name: 'Approve with passkey' })));
    stop += 1
  ) {
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByText('You have approved this already.')).toBeVisible();
});

async function lookEverywhere(name: string): Promise<void> {
  const { app, page } = admin;
  await admin.open('incidents');
  await expect(app.getByRole('link', { name: 'Order database read by a stranger' })).toBeVisible();
  await keepScreen(page, `${name}-incidents`, 'admin');
  await expectFits(page);

  await admin.open(`incidents/${incidentId}`);
  await page.reload();
  await expect(app.getByText('0 of 2 approvals').first()).toBeVisible();
  for (const title of ['What happened', 'Which data', 'Who', 'What we tell them', 'Proof'])
    await admin.toggleStep(title);
  await expect(app.getByRole('region', { name: 'Live count' })).toContainText('Counted');
  await admin.button('Show the people').click();
  await expect(app.getByRole('region', { name: 'People' }).getByRole('row').nth(3)).toBeVisible();
  await expect(app.getByTitle(/^Notice for/).first()).toBeVisible();
  await expectFits(page);
  await keepScreen(page, `${name}-incident`, 'admin');

  await approver.page.goto(manifest.console_url);
  await expect(approver.page.getByText(manifest.code, { exact: true })).toBeVisible();
  await expectFits(approver.page);
  await keepScreen(approver.page, `${name}-console`, 'console');
}

/** Nothing of ours makes the page scroll sideways; a table may scroll inside its own frame. */
async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate(whatSticksOut)).toEqual([]);
}

/** Runs in the page. From right to left WordPress' own bar is a pixel too wide, so only our part is judged. */
function whatSticksOut(): string[] {
  const { clientWidth } = document.documentElement;
  const scrolls = (element: Element) => getComputedStyle(element).overflowX !== 'visible';
  const isFramed = (element: Element): boolean => {
    const { parentElement } = element;
    if (parentElement === null || parentElement === document.body) return false;
    return scrolls(parentElement) || isFramed(parentElement);
  };
  const ours = document.querySelector('#tocsin-app') ?? document.body;
  return [...ours.querySelectorAll('*')]
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -0.5 || right > clientWidth + 0.5) && !isFramed(element);
    })
    .map(
      (element) => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 60)}`,
    );
}

/** Presses Tab until this has the focus; every stop on the way must be in sight and show that it has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < 60; stop += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
    expect(await page.evaluate(describeFocus)).toMatchObject({ isShown: true });
  }
  throw new Error('not reached with sixty stops');
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** Runs in the page. */
function describeFocus(): { what: string; isShown: boolean } {
  const element = document.activeElement;
  if (element === null || element === document.body) return { what: 'nothing', isShown: true };
  const style = getComputedStyle(element);
  const hasOutline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {
    what: element.outerHTML.slice(0, 120),
    isShown: hasOutline || style.boxShadow !== 'none',
  };
}

function directionFile({ store }: Box): string {
  return join(store.siteFolder, 'wp-content', 'mu-plugins', 'direction.php');
}

/** WordPress as in a language written from right to left, without the language's files, which come from the network. */
async function writeInArabicDirection(box: Box): Promise<void> {
  await mkdir(join(box.store.siteFolder, 'wp-content', 'mu-plugins'), { recursive: true });
  await writeFile(
    directionFile(box),
    "<?php add_filter( 'gettext_with_context', static fn( $said, $text ) => 'ltr' === $text ? 'rtl' : $said, 10, 2 );",
  );
}
