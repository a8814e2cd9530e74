// Any changed or removed evidence is found: by tocsin verify, by "Verify now" in wp-admin, by the doctor, and in a bundle.
import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PEOPLE, type Box } from '../stack/box.ts';
import { signIn, type Admin } from '../story/admin.ts';
import { enrolBoth } from '../story/main-job.ts';
import { prepareByApi, requestByApi, waitForDispatch } from '../story/prepare-by-api.ts';
import { askSidecar } from '../story/sidecar-reader.ts';
import { tryCommand } from '../story/try-command.ts';
import { expect, test } from './fixtures.ts';
import { keepScreen } from './keep-screen.ts';

test.describe.configure({ mode: 'serial' });
test.use({ boxSettings: { people: 12 } });

let admin: Admin;
let incidentId = '';
let bundle = '';

test('the evidence of a notice that was sent holds everywhere', async ({ box, browser }, {
  outputDir,
}) => {
  const approvers = await enrolBoth(browser, box);
  incidentId = await prepareByApi(box);
  const manifest = await requestByApi(box, incidentId);
  for (const approver of approvers) {
    await approver.approve(manifest.console_url, manifest.code);
    await approver.close();
  }
  await waitForDispatch(box, incidentId, ({ dispatch }) => dispatch?.state === 'done');
  await box.mail.webhooksSettled();
  admin = await signIn(browser, box.store, PEOPLE.preparer);
  await expectHolds(box);
  const answer = await askSidecar(box, { method: 'GET', target: '/v1/evidence/bundle' });
  bundle = join(outputDir, '..', 'evidence-bundle.zip');
  await writeFile(bundle, Buffer.from(await answer.arrayBuffer()));
  expect(await tryCommand(box.sidecar, ['verify', bundle])).toMatchObject({ code: 0 });
});

test('one changed byte in the entries is found, and putting it back mends it', async ({ box }) => {
  const file = entryBundleOf(box);
  const kept = await readFile(file);
  const forged = Buffer.from(kept);
  const middle = Math.floor(forged.length / 2);
  forged[middle] = (forged[middle] ?? 0) ^ 1;
  await writeFile(file, forged);
  await expectBroken(box, 'evidence-byte-changed');
  await writeFile(file, kept);
  await expectHolds(box);
});

test('a removed tile is found, and putting it back mends it', async ({ box }) => {
  const file = tileOf(box);
  const kept = await readFile(file);
  await rm(file);
  await expectBroken(box, 'evidence-tile-removed');
  await writeFile(file, kept);
  await expectHolds(box);
});

test('one changed byte in a downloaded bundle is found offline', async ({ box }) => {
  const bytes = await readFile(bundle);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const forged = bundle.replace('.zip', '-forged.zip');
  await writeFile(forged, bytes);
  const verified = await tryCommand(box.sidecar, ['verify', forged]);
  expect(verified.code).not.toBe(0);
  expect(verified.printed).not.toContain('verified:');
});

async function expectHolds(box: Box): Promise<void> {
  const verified = await tryCommand(box.sidecar, ['verify']);
  expect(verified.printed).toContain('verified:');
  expect(verified.code).toBe(0);
  await verifyInAdmin('The evidence holds.');
  expect((await tryCommand(box.sidecar, ['doctor'])).printed).toMatch(/^ok +evidence log: /m);
}

async function expectBroken(box: Box, screen: string): Promise<void> {
  const verified = await tryCommand(box.sidecar, ['verify']);
  expect(verified.printed).toMatch(/^FAIL /m);
  expect(verified.printed).toContain('NOT VERIFIED: ');
  expect(verified.code).toBe(1);
  await verifyInAdmin('The evidence does not hold.');
  await expect(
    admin.app.getByText('Keep everything as it is and tell the operator.'),
  ).toBeVisible();
  await expect(
    admin.app.getByRole('list', { name: 'What was checked' }).getByText('Broken').first(),
  ).toBeVisible();
  await keepScreen(admin.page, screen, 'admin');
  const doctor = await tryCommand(box.sidecar, ['doctor']);
  expect(doctor.printed).toMatch(/^ERROR +evidence log: The evidence log does not verify: /m);
  expect(doctor.code).toBe(1);
}

async function verifyInAdmin(outcome: string): Promise<void> {
  await admin.open(`incidents/${incidentId}/proof`);
  await admin.page.reload();
  const button = admin.button('Verify now');
  const [answer] = await Promise.all([
    admin.page.waitForResponse((response) => response.url().includes('/evidence/verify')),
    button.click(),
  ]);
  expect(answer.status()).toBeLessThan(300);
  await expect(admin.app.getByText(outcome)).toBeVisible();
  await expect(button).toBeEnabled();
}

function evidenceOf({ sidecar }: Box): string {
  return join(sidecar.dataFolder, 'evidence');
}

function entryBundleOf(box: Box): string {
  return firstFile(join(evidenceOf(box), 'tile', 'entries'));
}

function tileOf(box: Box): string {
  return firstFile(join(evidenceOf(box), 'tile', '0'));
}

/** The newest file somewhere below: of a log this small there is one tile, partial, and earlier partial ones beside it. */
function firstFile(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => widthOf(b) - widthOf(a));
  const [newest] = files;
  if (newest === undefined) throw new Error(`no file below ${folder}`);
  return newest;
}

/** Partial tiles are called `….p/<width>`. */
function widthOf(file: string): number {
  return Number(/\.p\/(\d+)$/.exec(file)?.[1] ?? 256);
}
