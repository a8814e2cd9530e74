// Nothing before two approvals of exactly this: who may not approve, and what makes given approvals worthless.
import type { Browser, Page } from '@playwright/test';
import type { Manifest } from '../../sidecar/src/contract/index.ts';
import { PEOPLE, type Box } from '../stack/box.ts';
import { signIn, type Admin } from '../story/admin.ts';
import { enrolApprover, type Approver } from '../story/approver.ts';
import { askToApprove } from '../story/console-api.ts';
import { enrolBoth } from '../story/main-job.ts';
import {
  call,
  EVERYONE,
  freezeByApi,
  prepareByApi,
  requestByApi,
  waitForDispatch,
} from '../story/prepare-by-api.ts';
import { readIncident } from '../story/sidecar-reader.ts';
import { expect, test } from './fixtures.ts';
import { keepScreen } from './keep-screen.ts';

test.describe.configure({ mode: 'serial' });
test.use({ boxSettings: { people: 12 } });

let one: Approver;
let two: Approver;
let admin: Admin;
let incidentId = '';
let manifest: Manifest;

/** The refusal as the console page shows it; the button must be gone. */
async function expectRefused(approver: Approver, url: string, words: string): Promise<void> {
  await approver.page.goto(url);
  await expect(approver.page.getByText(words).first()).toBeVisible();
  await expect(approver.page.getByRole('button', { name: 'Approve with passkey' })).toHaveCount(0);
}

async function expectNothingSent(box: Box): Promise<void> {
  expect(box.mail.summary().accepted).toBe(0);
  expect((await readIncident(box, incidentId)).dispatch).toBeNull();
}

/** The request was made void while `one` had approved it: refused to both at the console, said in wp-admin. */
async function expectVoid(box: Box, old: Manifest, why: string): Promise<void> {
  await expectRefused(two, old.console_url, 'Void: something it covers was changed');
  await expect(two.page.getByText(why).first()).toBeVisible();
  await expectRefused(one, old.console_url, 'Void: something it covers was changed');
  expect(await askToApprove(two.page, old.id)).toEqual({
    status: 409,
    code: 'approval.manifest_not_open',
  });
  await admin.open(`incidents/${incidentId}/approval`);
  await admin.page.reload();
  await expect(admin.app.getByText(why).first()).toBeVisible();
  await expect(admin.app.getByText('Void: something it covers was changed').first()).toBeVisible();
  await expect(admin.button('Open this request at the console')).toHaveCount(0);
  await expectNothingSent(box);
}

async function requestAndApproveOnce(box: Box): Promise<Manifest> {
  const request = await requestByApi(box, incidentId);
  expect(request.approvals).toEqual([]);
  await one.approve(request.console_url, request.code);
  return request;
}

test('whoever prepared it and is enrolled as an approver, in whatever letters, cannot approve it', async ({
  box,
  browser,
}) => {
  [one, two] = await enrolBoth(browser, box);
  const preparer = await enrolApprover(
    browser,
    await box.sidecar.invite('Mara L.', PEOPLE.preparer.email.toUpperCase()),
  );
  admin = await signIn(browser, box.store, PEOPLE.preparer);
  incidentId = await prepareByApi(box);
  manifest = await requestByApi(box, incidentId);
  await expectRefused(
    preparer,
    manifest.console_url,
    'You prepared this, so you cannot approve it.',
  );
  await keepScreen(preparer.page, 'console-refused-preparer', 'console');
  expect(await askToApprove(preparer.page, manifest.id)).toEqual({
    status: 403,
    code: 'approval.preparer_cannot_approve',
  });
  expect(manifest.can_approve.toSorted()).toEqual([
    PEOPLE.approverOne.name,
    PEOPLE.approverTwo.name,
  ]);
  await expectNothingSent(box);
  await preparer.close();
});

test('one approval sends nothing, and the same approver cannot give the second', async ({
  box,
}) => {
  await one.approve(manifest.console_url, manifest.code);
  await expectRefused(one, manifest.console_url, 'You have approved this already.');
  expect(await askToApprove(one.page, manifest.id)).toEqual({
    status: 409,
    code: 'approval.already_approved',
  });
  const { approverOne } = PEOPLE;
  await expect(box.sidecar.invite('Ines again', approverOne.email.toUpperCase())).rejects.toThrow(
    /enrolled/,
  );
  const page = await readIncident(box, incidentId);
  expect(page.manifest?.state).toBe('open');
  expect(page.manifest?.approvals.map(({ approver_name }) => approver_name)).toEqual([
    approverOne.name,
  ]);
  await expectNothingSent(box);
});

test('a changed scope makes the request and the approval that was given void, after saying so', async ({
  box,
}) => {
  const { app, page } = admin;
  await admin.open(`incidents/${incidentId}/scope`);
  await app.getByRole('radio', { name: 'All registered accounts' }).check();
  await admin.button('Save which data leaked').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 approval that was given is lost.');
  await keepScreen(page, 'admin-voiding-asks-first', 'admin');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect((await readIncident(box, incidentId)).manifest?.state).toBe('open');
  await admin.confirm('Save which data leaked', 'Save and make it void');
  await expectVoid(box, manifest, 'Which data leaked was changed.');
  await keepScreen(page, 'admin-void', 'admin');
  await keepScreen(two.page, 'console-void', 'console');
});

test('a list of people frozen again makes an approval void', async ({ box }) => {
  await freezeByApi(box, incidentId);
  const old = await requestAndApproveOnce(box);
  await admin.open(`incidents/${incidentId}/people`);
  await admin.page.reload();
  await admin.button('Freeze the list again').click();
  await expect(admin.page.getByRole('dialog')).toContainText('that request becomes void');
  await admin.page.getByRole('button', { name: 'Yes, freeze the list' }).click();
  await expect(admin.page.getByRole('dialog')).toHaveCount(0);
  await expect
    .poll(async () => (await readIncident(box, incidentId)).audience?.state)
    .toBe('frozen');
  await expectVoid(box, old, 'The people were counted and frozen again.');
});

test('a changed notice makes an approval void', async ({ box }) => {
  const old = await requestAndApproveOnce(box);
  await call(box, 'PUT', `/v1/incidents/${incidentId}/notice`, {
    template_id: 'personal-data-leaked',
    language: 'en',
    values: {
      what_happened: 'Somebody read our order database.',
      what_we_did: 'We closed the access.',
    },
  });
  await expectVoid(box, old, 'The notice was changed.');
});

test('a change to another incident leaves a request and its approval as they are', async ({
  box,
}) => {
  manifest = await requestAndApproveOnce(box);
  const other = await prepareByApi(box, { drill: true });
  await call(box, 'PUT', `/v1/incidents/${other}/scope`, { scope: EVERYONE });
  const page = await readIncident(box, incidentId);
  expect(page.manifest).toMatchObject({
    id: manifest.id,
    state: 'open',
    approvals: [{ approver_name: PEOPLE.approverOne.name }],
  });
});

test('a withdrawn request cannot be approved', async ({ box }) => {
  await admin.open(`incidents/${incidentId}/approval`);
  await admin.page.reload();
  await admin.button('Withdraw the request').click();
  await admin.page.getByRole('button', { name: 'Yes, withdraw it' }).click();
  await expect(admin.page.getByText('Give a reason of at least three letters.')).toBeVisible();
  await admin.page.getByLabel('Why it is withdrawn').fill('The bank asks us to wait');
  await admin.page.getByRole('button', { name: 'Yes, withdraw it' }).click();
  await expect(admin.app.getByText('The bank asks us to wait').first()).toBeVisible();
  await expectRefused(two, manifest.console_url, 'Withdrawn');
  await keepScreen(two.page, 'console-withdrawn', 'console');
  expect(await askToApprove(two.page, manifest.id)).toEqual({
    status: 409,
    code: 'approval.manifest_not_open',
  });
  await expectNothingSent(box);
});

test('an invitation works once, and a made-up one not at all', async ({ box, browser }) => {
  const link = await box.sidecar.invite('Nadia Haddad', 'nadia@example.com');
  await (await enrolApprover(browser, link)).close();
  const page = await visit(browser, link);
  await expect(page.getByText(/Couldn't use this invitation: it was used already./)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create passkey' })).toHaveCount(0);
  await keepScreen(page, 'console-invitation-used', 'console');
  await page.context().close();
  const forged = await visit(browser, `${link.slice(0, -6)}aaaaaa`);
  await expect(
    forged.getByText(/Couldn't use this invitation: it is not a link of this sidecar/),
  ).toBeVisible();
  await forged.context().close();
});

test('the request that stands, approved by two others, is sent', async ({ box }) => {
  const request = await requestAndApproveOnce(box);
  await expectNothingSent(box);
  await two.approve(request.console_url, request.code);
  const page = await waitForDispatch(box, incidentId, ({ dispatch }) => dispatch?.state === 'done');
  expect(box.mail.summary().accepted).toBe(request.body.audience.reachable);
  expect(page.manifest?.approvals).toHaveLength(2);
});

async function visit(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  return page;
}
