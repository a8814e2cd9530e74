// The whole job by clicking: from a signal over HTTP to a proof that anyone can check, with a picture of every screen.
import { join } from 'node:path';
import { PEOPLE } from '../stack/box.ts';
import { signIn, type Admin } from '../story/admin.ts';
import { enrolApprover, type Approver } from '../story/approver.ts';
import { compareInbox } from '../story/compare-inbox.ts';
import {
  SIGNAL,
  openSignals,
  reportSignal,
  WHAT_WE_DID,
  WHAT_HAPPENED,
} from '../story/main-job.ts';
import { expectHeadCount, expectPartsAddUp } from '../story/read-counts.ts';
import {
  firstWithAddress,
  placesHolding,
  readBundle,
  readLog,
  secretsOf,
} from '../story/personal-data.ts';
import { readCounts } from '../story/sidecar-reader.ts';
import { expect, screenPath, test } from './fixtures.ts';
import { keepScreen } from './keep-screen.ts';

test.describe.configure({ mode: 'serial' });
test.use({
  boxSettings: { people: 60, env: { TOCSIN_BATCH_SIZE: '20', TOCSIN_CONCURRENCY: '1' } },
});

let admin: Admin;
let one: Approver;
let two: Approver;
let incidentId = '';
let request = { url: '', code: '' };

test('two approvers enrol by their one-time links, sign out and sign in again with their passkeys', async ({
  box,
  browser,
}) => {
  const { approverOne, approverTwo } = PEOPLE;
  one = await enrolApprover(
    browser,
    await box.sidecar.invite(approverOne.name, approverOne.email),
    async (page) => {
      await expect(page.getByText(`This invitation is for ${approverOne.name}.`)).toBeVisible();
      await keepScreen(page, 'console-1-enrol', 'console');
    },
  );
  await keepScreen(one.page, 'console-3-home-empty', 'console');
  await one.signOut();
  await keepScreen(one.page, 'console-2-sign-in', 'console');
  await one.signIn();
  two = await enrolApprover(browser, await box.sidecar.invite(approverTwo.name, approverTwo.email));
  const approvers = two.page.getByRole('listitem');
  await expect(approvers.filter({ hasText: approverOne.name })).toContainText(
    'has a passkey since',
  );
});

test('a signal over HTTP becomes an incident in wp-admin', async ({ box, browser }) => {
  admin = await signIn(browser, box.store, PEOPLE.preparer);
  await admin.open();
  await expect(admin.app.getByRole('heading', { name: 'No incident so far' })).toBeVisible();
  await keepScreen(admin.page, 'admin-01-incidents-empty', 'admin');
  await reportSignal(box);
  await openSignals(admin);
  await keepScreen(admin.page, 'admin-02-signals', 'admin');
  await admin.takeOverSignal(SIGNAL.title);
  await keepScreen(admin.page, 'admin-03-declare', 'admin');
  incidentId = await admin.declare();
  await expect(admin.app.getByRole('heading', { level: 1, name: SIGNAL.title })).toBeVisible();
  await keepScreen(admin.page, 'admin-04-incident-suspected', 'admin');
  await admin.confirmIncident();
  await expect(admin.button('Say which data leaked')).toBeVisible();
  await keepScreen(admin.page, 'admin-05-incident-confirmed', 'admin');
});

test('which data, who and what we tell them: counted, frozen, shown and explained', async ({
  box,
}) => {
  const { app, page } = admin;
  await admin.setScope('Everyone this shop knows', async () => {
    await expect(app.getByRole('region', { name: 'Live count' })).toContainText('Counted');
    await expectHeadCount(app.getByRole('region', { name: 'Live count' }), box.truth.totals.people);
    await keepScreen(page, 'admin-06-scope-live-count', 'admin');
  });
  await admin.freeze(30_000);
  await keepScreen(page, 'admin-07-frozen', 'admin');

  await admin.toggleStep('Who');
  await app.getByRole('button', { name: 'Show the people' }).click();
  const people = app.getByRole('region', { name: 'People' });
  await expect(people.getByRole('row')).toHaveCount(21);
  const someone = await firstWithAddress(box.truth);
  await app.getByLabel('Search by exact e-mail address or order number').fill(someone.contact);
  await app.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(people.getByRole('row')).toHaveCount(2);
  await expect(people).toContainText(someone.contact);
  await people.getByRole('button', { name: 'Why is this person here?' }).click();
  const why = app.getByRole('dialog', { name: 'Why is this person here?' });
  await expect(why).toContainText('(used for the notice)');
  await expect(why.getByRole('heading', { name: 'Where they were found' })).toBeVisible();
  await keepScreen(page, 'admin-08-people-why', 'admin');
  await why.getByRole('button', { name: 'Close' }).click();
  await expect(people.getByRole('button', { name: 'Why is this person here?' })).toBeFocused();
  await admin.toggleStep('Who');

  await admin.setNotice(
    'Personal data leaked',
    { 'What happened': WHAT_HAPPENED, 'What we have done': WHAT_WE_DID },
    async () => {
      const preview = app.getByRole('region', { name: 'Preview' });
      await expect(preview.getByRole('tab', { name: 'As plain text' }).first()).toBeVisible();
      await keepScreen(page, 'admin-09-notice-as-email', 'admin');
      await preview.getByRole('tab', { name: 'As plain text' }).click();
      await expect(preview.getByRole('tabpanel').last()).toContainText(WHAT_HAPPENED);
      await keepScreen(page, 'admin-10-notice-as-text', 'admin');
    },
  );
  request = await admin.requestApproval();
  await keepScreen(page, 'admin-11-approval-open', 'admin');
});

test('two people compare the code and approve; nothing is sent before the second', async ({
  box,
}) => {
  await one.page.goto(`${box.sidecar.url}/console/`);
  await expect(one.page.getByRole('link', { name: /Read and decide/ })).toBeVisible();
  await keepScreen(one.page, 'console-4-home-request', 'console');
  await one.page.getByRole('link', { name: /Read and decide/ }).click();
  await expect(one.page.getByText(request.code, { exact: true })).toBeVisible();
  await expect(
    one.page.getByText('Nothing is sent by your approval alone: 1 more is needed after yours.'),
  ).toBeVisible();
  await keepScreen(one.page, 'console-5-approval', 'console');
  await one.approve(request.url, request.code);
  await expect(one.page.getByText('You have approved this already.')).toBeVisible();
  await keepScreen(one.page, 'console-6-approved-once', 'console');
  await expect(admin.app.getByText('1 of 2 approvals').first()).toBeVisible();
  await keepScreen(admin.page, 'admin-12-approval-once', 'admin');
  expect(box.mail.summary().accepted).toBe(0);

  // Answers are held back until the pictures of the sending are taken.
  box.mail.faults.set({ delayMs: 2_000 });
  await two.page.goto(request.url);
  await expect(two.page.getByText(/Yours is the last approval/)).toBeVisible();
  await keepScreen(two.page, 'console-7-last-approval', 'console');
  await two.approve(request.url, request.code);
});

test('the sending is watched in wp-admin and at the console until everybody was told', async ({
  box,
}) => {
  const { app, page } = admin;
  await two.page.getByRole('link', { name: 'Watch the sending' }).click();
  await expect(two.page.getByText(/planned = /).first()).toBeVisible();
  await keepScreen(two.page, 'console-8-sending', 'console');
  await expect(app.getByText(/planned = .*waiting/).first()).toBeVisible();
  await expectPartsAddUp(app);
  await keepScreen(page, 'admin-13-sending', 'admin');
  box.mail.faults.set({ delayMs: 0 });
  await admin.waitUntilTold(60_000);
  await box.mail.webhooksSettled();
  await expect(two.page.getByText('Done', { exact: true })).toBeVisible();
  await keepScreen(two.page, 'console-9-done', 'console');

  await admin.open(`incidents/${incidentId}/sending`);
  await page.reload();
  await expect(app.getByText(/planned = .*delivered/).first()).toBeVisible();
  const planned = await expectPartsAddUp(app);
  const counts = await readCounts(box, incidentId);
  expect(planned).toBe(box.truth.totals.people);
  expect(planned).toBe(counts.planned);
  await keepScreen(page, 'admin-14-told', 'admin');

  await app.getByRole('button', { name: 'Show the outcomes' }).click();
  const outcomes = app.getByRole('region', { name: 'Outcomes' });
  await expect(outcomes.getByRole('row')).toHaveCount(21);
  const someone = await firstWithAddress(box.truth);
  await app.getByLabel('Search by exact e-mail address').fill(someone.contact.toUpperCase());
  await app.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(outcomes.getByRole('row')).toHaveCount(2);
  await expect(outcomes.getByRole('row').last()).toContainText('Delivered');
  await keepScreen(page, 'admin-15-outcomes-search', 'admin');
});

test('the inbox holds exactly the people of the truth, and the mail says what was approved', async ({
  box,
  browser,
}) => {
  expect(await compareInbox(box.mail, box.truth)).toMatchObject({
    missing: 0,
    unexpected: 0,
    duplicates: 0,
  });
  const page = await browser.newPage();
  const someone = await firstWithAddress(box.truth);
  await page.goto(`${box.mail.url}/?to=${encodeURIComponent(someone.contact)}`);
  await page.getByRole('listitem').getByRole('link').first().click();
  await expect(page.locator('pre')).toContainText(WHAT_HAPPENED.slice(0, 60));
  await expect(page.frameLocator('iframe').getByText(WHAT_WE_DID)).toBeVisible();
  await expect(page.getByText('security@example.com').first()).toBeVisible();
  await page.screenshot({ path: screenPath('mail'), fullPage: true });
  await page.close();
});

test('the timeline names who did what', async () => {
  const timeline = admin.app.getByRole('region', { name: 'Timeline' });
  const line = (text: RegExp) => timeline.getByRole('listitem').filter({ hasText: text });
  const { preparer, approverOne, approverTwo } = PEOPLE;
  for (const act of [
    /incident was declared/,
    /leak was confirmed/,
    /Which data leaked was set/,
    /found and frozen/,
    /What people are told was set/,
    /Approval was asked for/,
    /Looked at the data of 20 people/,
  ]) {
    await expect(line(act).first()).toContainText(preparer.displayName);
  }
  const approvals = line(new RegExp(`Approved manifest ${request.code}`));
  await expect(approvals).toHaveCount(2);
  await expect(approvals.filter({ hasText: approverOne.name })).toHaveCount(1);
  await expect(approvals.filter({ hasText: approverTwo.name })).toHaveCount(1);
  await expect(line(/Sending is done: .* planned = /)).toHaveCount(1);
});

test('the evidence is verified in wp-admin, downloaded, verified offline, and names no customer', async ({
  box,
}, { outputDir }) => {
  const { app, page } = admin;
  await admin.open(`incidents/${incidentId}/proof`);
  await app.getByRole('button', { name: 'Verify now' }).click();
  await expect(app.getByText('The evidence holds.')).toBeVisible();
  await expect(app.getByRole('list', { name: 'What was checked' }).getByText('Broken')).toHaveCount(
    0,
  );
  await keepScreen(page, 'admin-16-proof', 'admin');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    app.getByRole('button', { name: 'Download the evidence bundle' }).click(),
  ]);
  const file = join(outputDir, 'bundle.zip');
  await download.saveAs(file);
  expect(await box.sidecar.cli(['verify', file])).toContain('verified:');

  const bundle = await readBundle(file);
  expect([...bundle.values()].join('\n')).toContain(incidentId);
  const log = await readLog(box.sidecar.logFile);
  expect([...log.values()].join('\n')).toContain('/v1/');
  const secrets = await secretsOf(box.truth);
  expect(secrets.length).toBeGreaterThan(60);
  expect(placesHolding(bundle, secrets)).toEqual([]);
  expect(placesHolding(log, secrets)).toEqual([]);
});

test('the incident is closed, and the list, health and settings say how things are', async () => {
  const { app, page } = admin;
  await admin.closeIncident();
  await expect(app.getByText('This incident is closed.')).toBeVisible();
  await keepScreen(page, 'admin-17-closed', 'admin');
  await admin.open('incidents');
  await expect(app.getByRole('link', { name: SIGNAL.title })).toBeVisible();
  await keepScreen(page, 'admin-18-incidents', 'admin');
  await admin.open('health');
  await expect(app.getByRole('heading', { name: 'In order' })).toBeVisible();
  await expect(app.getByRole('heading', { name: 'Must be mended' })).toHaveCount(0);
  await keepScreen(page, 'admin-19-health', 'admin');
  await admin.open('settings');
  await expect(app.getByText('Address for signals').first()).toBeVisible();
  await keepScreen(page, 'admin-20-settings', 'admin');
});
