// Where this store keeps personal data: scanned, and each blind spot answered on the screen, until none is left; the screen,
// the command line, the doctor and the metrics say the same all along.
import { PEOPLE, type Box } from '../stack/box.ts';
import { signIn, type Admin } from '../story/admin.ts';
import {
  measuredFigures,
  openDataMapOf,
  printedFigures,
  type DataMapScreen,
} from '../story/data-map-screen.ts';
import { ACME_DECRYPTOR } from '../story/own-sources.ts';
import { tryCommand, type CommandOutcome } from '../story/try-command.ts';
import { expect, test } from './fixtures.ts';
import { keepScreen } from './keep-screen.ts';

test.describe.configure({ mode: 'serial' });
test.use({
  boxSettings: { people: 12, env: { ...ACME_DECRYPTOR, TOCSIN_SCAN_PAUSE_MS: '0' } },
});

const PAYERS = 'wp_acme_payers.payer_blob';
const PAYLOAD = 'wp_wc_orders_meta.meta_value [_acme_gateway_payload]';
const DOCTOR_ABOUT = /^warn.*Blind spot: wp_acme_payers\/payer_blob/m;

let admin: Admin;
let map: DataMapScreen;

test('before the first scan the screen says what a scan does, and nobody says how much is covered', async ({
  box,
  browser,
}) => {
  admin = await signIn(browser, box.store, PEOPLE.preparer);
  map = openDataMapOf(admin);
  await map.open();
  await expect(admin.app.getByText('This store was not scanned yet')).toBeVisible();
  await expect(link('Data map')).toBeVisible();
  await expect(map.coverage).toHaveCount(0);
  const metrics = await fetch(`${box.sidecar.url}/metrics`);
  expect(await metrics.text()).not.toMatch(/^tocsin_data_map_places/m);
  await keepScreen(admin.page, 'data-map-1-not-scanned', 'admin');
});

test("a scan shows a gateway's own table as a blind spot, everywhere the same", async ({ box }) => {
  await map.scan();
  await expect(map.blindSpot(PAYERS)).toContainText('encrypted');
  await expect(map.blindSpot(PAYLOAD)).toContainText('payer.contact.mail');
  await expect(link('Data map (2)')).toBeVisible();
  await keepScreen(admin.page, 'data-map-2-blind-spots', 'admin');
  expect((await expectSameEverywhere(box, 2)).code).toBe(3);
  expect((await tryCommand(box.sidecar, ['doctor'])).printed).toMatch(DOCTOR_ABOUT);
});

test('a form that is not complete is refused field by field, and nothing is recorded', async () => {
  await map.openMapForm(PAYERS);
  await admin.button('Map this place').click();
  const summary = admin.app.getByRole('group').filter({ hasText: '3 things to correct' });
  await expect(summary).toBeFocused();
  await expect(summary).toContainText('Nothing would be read.');
  await keepScreen(admin.page, 'data-map-3-form-refused', 'admin');
});

test('the table is mapped: what leads to a person, how the value is opened, and what is inside', async ({
  box,
}) => {
  const { app, page } = admin;
  await app.getByLabel('Title').fill('Payers of Acme');
  await app.getByLabel('Who the person is to such a row').selectOption({ label: 'Pays for it' });
  await expect(app.getByLabel('What leads from a row to a person')).toHaveValue('order_text');
  await expect(app.getByLabel('In which column')).toHaveValue('order_ref');
  await app.getByLabel('Column with the time the row was made').fill('created_at');
  const value = app.getByRole('group', { name: 'payer_blob' });
  await expect(value.getByLabel('Written as')).toHaveValue('decrypt:acme');
  await value.getByLabel('Inside it, step 2').selectOption({ label: 'JSON' });
  await value.getByLabel('Where inside').fill('payer.email');
  await value.getByLabel('What it is').selectOption({ label: 'E-mail address' });
  await value.getByRole('button', { name: 'Add a value of payer_blob' }).click();
  await value.getByLabel('Where inside').nth(1).fill('payer.name');
  await value.getByLabel('What it is').nth(1).selectOption({ label: 'Whole name' });
  await app.getByLabel('How you know this').fill('The documentation of the gateway, chapter 4.');
  await expect(app.getByRole('region', { name: 'What will be recorded' })).toContainText(
    'payer_blob → payer.email: e-mail address. Written as encrypted (acme), inside it JSON.',
  );
  await keepScreen(page, 'data-map-4-form', 'admin');
  await admin.button('Map this place').click();
  await expect(app.getByRole('heading', { level: 1, name: 'Data map' })).toBeVisible();
  await expect(map.blindSpot(PAYERS)).toHaveCount(0);
  const row = await map.findDecided(PAYERS);
  await expect(row).toContainText('Payers of Acme');
  await expect(link('Data map (1)')).toBeVisible();
  expect((await expectSameEverywhere(box, 1)).code).toBe(3);
  expect((await tryCommand(box.sidecar, ['doctor'])).printed).not.toMatch(DOCTOR_ABOUT);
});

test('a place is ignored with a reason, shown with who and why, and taken back', async () => {
  await map.open();
  await map.ignore(PAYLOAD, 'A test of the gateway; nobody was charged.');
  const row = await map.findDecided(PAYLOAD);
  await expect(row).toContainText('A test of the gateway; nobody was charged.');
  await expect(row).toContainText(PEOPLE.preparer.displayName);
  await keepScreen(admin.page, 'data-map-5-ignored', 'admin');
  await map.takeBack(PAYLOAD, 'It was no test after all.');
  await expect(map.blindSpot(PAYLOAD)).toBeVisible();
  await expect(link('Data map (1)')).toBeVisible();
});

test('with no blind spot left the screen, the command line, the doctor and the metrics all say so', async ({
  box,
}) => {
  await map.ignore(PAYLOAD, 'Asked the gateway: made up for a test.');
  await map.scan();
  await expect(map.blindSpots).toContainText('None: every place is mapped');
  await expect(link('Data map')).toBeVisible();
  await keepScreen(admin.page, 'data-map-6-covered', 'admin');
  expect((await expectSameEverywhere(box, 0)).code).toBe(0);
  expect((await tryCommand(box.sidecar, ['doctor'])).printed).toMatch(/^ok .*coverage 100 %/m);
});

function link(name: string) {
  return admin.app.getByRole('navigation').getByRole('link', { name, exact: true });
}

/** Compares the screen with the metrics and with a scan from the command line, which it returns. */
async function expectSameEverywhere(box: Box, blindSpots: number): Promise<CommandOutcome> {
  const shown = await map.figures();
  expect(shown.blindSpots).toBe(blindSpots);
  expect(shown.coverage < 100).toBe(blindSpots > 0);
  expect(await measuredFigures(box.sidecar.url)).toEqual(shown);
  const scanned = await tryCommand(box.sidecar, ['scan']);
  expect(printedFigures(scanned.printed)).toEqual(shown);
  return scanned;
}
