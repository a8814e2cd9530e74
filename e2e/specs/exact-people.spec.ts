// Everyone affected, nobody else, and why: scopes as stores leak, people from every mapped place, a reviewer's decisions, and
// the same people at the command line.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataMapPage, Person, PersonRow } from '../../sidecar/src/contract/index.ts';
import { PEOPLE, type Box } from '../stack/box.ts';
import { WINDOW_DAYS_AGO } from '../stack/seed/traps/two-store-traps.ts';
import { EVERYONE_MAPPED } from '../stack/seed/true-scope.ts';
import { waitUntil } from '../stack/wait-until.ts';
import { signIn, type Admin } from '../story/admin.ts';
import { countExpected, type Expectation } from '../story/compare-people.ts';
import { ACME_DECRYPTOR, OWN_SOURCES } from '../story/own-sources.ts';
import { openPeopleOf, type PeopleScreen } from '../story/people-screen.ts';
import { call, declareByApi } from '../story/prepare-by-api.ts';
import { expectHeadCount } from '../story/read-counts.ts';
import { readIncident } from '../story/sidecar-reader.ts';
import { tryCommand } from '../story/try-command.ts';
import { expect, test } from './fixtures.ts';
import { keepScreen } from './keep-screen.ts';

test.describe.configure({ mode: 'serial' });
test.use({
  boxSettings: { people: 40, env: { ...ACME_DECRYPTOR, TOCSIN_SCAN_PAUSE_MS: '0' } },
});

const NOWHERE = { accounts: false, orders: false, source: () => false };
const PAYER = 'acme.payer@example.net';
const BOB = 'stripe.bob@example.net';
const ROB = 'stripe.rob@example.net';

let admin: Admin;
let people: PeopleScreen;
let incidentId = '';
let everyone = 0;

test('a scope says what it cannot see while there are blind spots', async ({ box, browser }) => {
  await scanByApi(box);
  incidentId = await declareByApi(box);
  admin = await signIn(browser, box.store, PEOPLE.preparer);
  people = openPeopleOf(admin);
  await admin.open(`incidents/${incidentId}`);
  await admin.button('Say which data leaked').click();
  await expect(
    admin.app.getByText('2 places with personal data are not mapped: people named only there'),
  ).toBeVisible();
});

test('a tapped checkout: orders in every state, and carts that never became an order', async ({
  box,
}) => {
  const { app, page } = admin;
  await preset('Everyone who reached checkout between two moments');
  const [from, to] = [momentBefore(WINDOW_DAYS_AGO + 0.5), momentBefore(WINDOW_DAYS_AGO - 0.5)];
  await app.getByLabel('From', { exact: true }).fill(from.slice(0, 16));
  await app.getByLabel('Until', { exact: true }).fill(to.slice(0, 16));
  await expect(app.getByText(/^This reads: orders with their guests; .*[Cc]art/)).toBeVisible();
  const places = ['woocommerce.sessions', 'cart-abandonment.carts'];
  await expectCount(box, {
    scope: { ...NOWHERE, orders: true, source: (id) => places.includes(id) },
    // A session bears no date: it is taken in, for somebody may stand nowhere else. An order without one is not.
    takes: ({ at, order }) => (at === null ? order === null : at >= from && at < to),
  });
  await keepScreen(page, 'scope-1-skimmer', 'admin');
});

test('one payment provider: what its plugin kept, and the orders paid with it', async ({ box }) => {
  await preset('What one payment provider’s plugin kept');
  // What was typed stays in sight and counts on.
  await admin.app.getByLabel('From', { exact: true }).fill('');
  await admin.app.getByLabel('Until', { exact: true }).fill('');
  await admin.app.getByRole('checkbox', { name: 'Stripe', exact: true }).check();
  await expect(admin.app.getByRole('checkbox', { name: /^stripe \(/ })).toBeChecked();
  await expectCount(box, {
    scope: { ...NOWHERE, orders: true, source: (id) => id.startsWith('stripe.') },
    takes: ({ source, order }, { trap, orders }) =>
      trap === undefined
        ? orders.some(({ id, paymentMethod }) => id === order && paymentMethod === 'stripe')
        : source.startsWith('stripe.'),
  });
  await keepScreen(admin.page, 'scope-2-gateway', 'admin');
});

test('the entries of a form plugin, and whom they name', async ({ box }) => {
  await preset('Entries of a form');
  await admin.app.getByRole('checkbox', { name: 'Gravity Forms', exact: true }).check();
  await expectCount(box, {
    scope: { ...NOWHERE, source: (id) => id.startsWith('gravity-forms.') },
  });
});

test('an export that went astray: the people of the file, and each line that names nobody', async () => {
  const { app } = admin;
  await preset('An export went to the wrong place');
  await app.getByLabel('The file that leaked').setInputFiles({
    name: 'export.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`name;e-mail\nBob;${BOB}\nNobody;not an address\nRob;${ROB}\n`),
  });
  await expect(app.getByText('Lines: 3. Addresses: 2. Order numbers: 0.')).toBeVisible();
  await expect(app.getByText('Line 3: Nobody, not an address')).toBeVisible();
  await expectHeadCount(liveCount(), 2);
  await keepScreen(admin.page, 'scope-3-export', 'admin');
});

test('with every place mapped, everyone is counted and frozen, the payer inside the encrypted blob too', async ({
  box,
}) => {
  for (const source of OWN_SOURCES)
    await call(box, 'POST', '/v1/data-map/sources', { source, reason: 'As the gateway says.' });
  await admin.page.reload();
  everyone = await countExpected(box.truth, { scope: EVERYONE_MAPPED });
  await admin.setScope('Everyone this shop knows', async () => {
    await expect(admin.app.getByText('would be missed')).toHaveCount(0);
    await admin.app.getByRole('checkbox', { name: 'Saved payment tokens' }).check();
    await expectHeadCount(liveCount(), everyone);
  });
  await admin.freeze(60_000);
  await admin.toggleStep('Who');
  await people.why(PAYER, async (reasons) => {
    await expect(reasons).toContainText(/Payers of Acme, number \d+: names them \(certain\)/);
    await expect(reasons).toContainText('Pays for it');
    await expect(reasons).toContainText('(used for the notice)');
    await keepScreen(admin.page, 'people-1-why', 'admin');
  });
});

test('a reviewer merges two people with a reason, keeps two apart, and freezes again', async () => {
  await people.showHints();
  await keepScreen(admin.page, 'people-2-hints', 'admin');
  await people.merge(BOB, 'Same voice on the phone; asked in ticket 4711.');
  await expect(people.cardOf(BOB)).toHaveCount(0);
  await people.keepApart('phone.here@example.net', 'Two colleagues in one office.');
  await expect(admin.app.getByText('2 decisions about who is one human')).toBeVisible();
  await people.freezeAgain(everyone - 1);
  await people.showChanges();
  await expect(
    admin.app.getByText(`${everyone - 1} people = ${everyone - 1} who stayed + 0 added`),
  ).toBeVisible();
  // Of the two the one with the lower id stays, and ids are blind: either may be the one.
  await expect(people.cardOf(/^Removed: (Bob|Rob) Striped/)).toHaveCount(1);
  await keepScreen(admin.page, 'people-3-changes', 'admin');
});

test('a decision is taken back, and both it and the undoing are in evidence that holds', async ({
  box,
}) => {
  await people.showDecisions();
  const merge = people.cardOf('2 people are one person');
  await expect(merge).toContainText(PEOPLE.preparer.displayName);
  await expect(merge).toContainText('asked in ticket 4711');
  await people.takeBack(merge);
  await expect(people.cardOf('2 people are one person')).toContainText('Taken back');
  await keepScreen(admin.page, 'people-4-decisions', 'admin');
  await people.freezeAgain(everyone);
  expect(await tryCommand(box.sidecar, ['verify'])).toMatchObject({ code: 0 });
});

test('with WordPress down, tocsin resolve prints the frozen people to whoever holds a key, and nobody else', async ({
  box,
}) => {
  const { scope } = await readIncident(box, incidentId);
  const frozen = await frozenPeople(box);
  await box.store.stopWordPress();
  const scopeFile = join(box.store.folder, 'scope.json');
  await writeFile(scopeFile, JSON.stringify(scope?.scope));
  const resolve = ['resolve', '--scope', scopeFile, '--incident', incidentId];
  const refused = await tryCommand(box.sidecar, resolve);
  expect(refused.code).not.toBe(0);
  expect(refused.printed).toContain('command_key.missing');
  expect(refused.printed).not.toContain('@example.net');
  const keyFile = join(box.store.folder, 'resolve.key');
  await writeFile(keyFile, await box.sidecar.cli(['resolve-key', 'add', 'ines']));
  await chmod(keyFile, 0o600);
  const resolved = await tryCommand(box.sidecar, [...resolve, '--key-file', keyFile]);
  expect(resolved.code, resolved.printed).toBe(0);
  const lines = resolved.printed.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as Person).map(inShort)).toEqual(frozen);
  expect(frozen).toHaveLength(everyone);
  expect(await tryCommand(box.sidecar, ['verify'])).toMatchObject({ code: 0 });
});

function liveCount() {
  return admin.app.getByRole('region', { name: 'Live count' });
}

async function preset(name: string): Promise<void> {
  await admin.app.getByRole('radio', { name }).check();
}

async function expectCount(box: Box, expectation: Expectation): Promise<void> {
  const count = await countExpected(box.truth, expectation);
  expect(count).toBeGreaterThan(1);
  await expectHeadCount(liveCount(), count);
}

/** To the minute, as a field of the form takes it; the shop's time is UTC. */
function momentBefore(days: number): string {
  return `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 16)}:00.000Z`;
}

async function scanByApi(box: Box): Promise<void> {
  await call(box, 'POST', '/v1/data-map/scan');
  const isScanned = await waitUntil(
    async () => (await call<DataMapPage>(box, 'GET', '/v1/data-map')).scan?.state === 'done',
    { timeoutMs: 60_000 },
  );
  expect(isScanned).toBe(true);
}

type Listed = { items: PersonRow[]; next_cursor: string | null };

async function frozenPeople(box: Box): Promise<ReturnType<typeof inShort>[]> {
  const found: PersonRow[] = [];
  let cursor = '';
  do {
    const target = `/v1/incidents/${incidentId}/people?limit=200${cursor}`;
    const { items, next_cursor } = await call<Listed>(box, 'GET', target);
    found.push(...items);
    cursor = next_cursor === null ? '' : `&cursor=${encodeURIComponent(next_cursor)}`;
  } while (cursor !== '');
  return found.map(inShort);
}

function inShort({ name, email, country, orders, roles, contactability }: PersonRow) {
  return { name, email, country, orders, roles, contactability };
}
