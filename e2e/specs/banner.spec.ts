// The connection is a fact on the page: sidecar stopped, database out of reach, and nothing that happened meanwhile is lost.
import { PEOPLE, type Box } from '../stack/box.ts';
import { signIn, type Admin } from '../story/admin.ts';
import { enrolBoth, openSignals, reportSignal } from '../story/main-job.ts';
import { call, prepareByApi, requestByApi } from '../story/prepare-by-api.ts';
import { tryCommand } from '../story/try-command.ts';
import { expect, test } from './fixtures.ts';
import { keepScreen } from './keep-screen.ts';

test.describe.configure({ mode: 'serial' });
test.use({ boxSettings: { people: 12 } });

let admin: Admin;
let incidentId = '';

const REPORT = { source: 'wazuh', kind: 'database.large_read', severity: 'high' } as const;
const FIRST = 'Reported first while the sidecar was down';
const LAST = 'Reported last while the sidecar was down';

test('the sidecar stops: the open page says so in plain words, marks what is old, and says what still works', async ({
  box,
  browser,
}) => {
  await enrolBoth(browser, box);
  incidentId = await prepareByApi(box);
  await requestByApi(box, incidentId);
  admin = await signIn(browser, box.store, PEOPLE.preparer);
  const { app, page } = admin;
  await admin.open(`incidents/${incidentId}`);
  await expect(app.getByText('0 of 2 approvals').first()).toBeVisible();
  await box.sidecar.stop();

  const banner = app.getByRole('alert').filter({ hasText: 'The sidecar cannot be reached.' });
  await expect(banner).toBeVisible();
  await expect(banner).toContainText('What still works: sending that has begun goes on');
  await expect(banner).toContainText('new signals are kept and read later');
  await expect(banner).toContainText('Noticed');
  await expect(
    banner.getByRole('link', { name: 'Open the sidecar’s own console' }),
  ).toHaveAttribute('href', new RegExp(`^${box.sidecar.url}`));
  await expect(app.getByText(/^As of .*, not up to date\./).first()).toBeVisible();
  await expect(app.getByText('0 of 2 approvals').first()).toBeVisible();
  await keepScreen(page, 'banner-sidecar-stopped', 'admin');

  await page.reload();
  await expect(banner).toBeVisible();
  await expect(app.getByText(/^0 people|0 incidents/)).toHaveCount(0);
  await keepScreen(page, 'banner-after-reload', 'admin');
  await admin.open('incidents');
  await expect(banner).toBeVisible();
  await expect(app.getByText('No incident so far')).toHaveCount(0);
  await admin.open('signals');
  await expect(app.getByText('No signal here')).toHaveCount(0);
});

test('signals that came in meanwhile are there once the sidecar runs again, each once', async ({
  box,
}) => {
  const { app } = admin;
  await reportSignal(box, { ...REPORT, title: FIRST });
  for (const title of ['Told twice', 'Told twice', LAST]) {
    await reportSignal(box, { ...REPORT, dedupe_key: title, title });
  }
  await box.sidecar.start();
  await openSignals(admin, LAST);
  for (const title of [FIRST, LAST])
    await expect(app.getByText(title, { exact: true })).toHaveCount(1);
  await expect(app.getByRole('row').filter({ hasText: 'Told twice' })).toHaveCount(1);
  await expect(app.getByRole('row').filter({ hasText: 'Told twice' })).toContainText(
    'seen 2 times',
  );
  await expect(app.getByRole('alert')).toHaveCount(0);
  await box.sidecar.kill();
  await box.sidecar.start();
  await expect.poll(() => countSignals(box, FIRST)).toBe(1);
});

test('five failed logins of an administrator and a new administrator become signals; a new customer does not', async ({
  box,
  playwright,
}) => {
  const stranger = await playwright.request.newContext({ baseURL: box.store.url });
  await stranger.get('/wp-login.php');
  for (let round = 0; round < 5; round += 1) {
    const answer = await stranger.post('/wp-login.php', {
      form: { log: PEOPLE.preparer.login, pwd: `guess-${round}`, testcookie: '1' },
    });
    expect(await answer.text()).toContain('The password you entered');
  }
  await stranger.dispose();
  await box.store.wp(['user', 'create', 'harmless', 'harmless@example.com', '--role=customer']);
  const id = (
    await box.store.wp([
      'user',
      'create',
      'eve',
      'eve@example.com',
      '--role=administrator',
      '--porcelain',
    ])
  ).trim();
  await openSignals(admin, `A user with far-reaching rights was created: user ${id}`);
  const { app, page } = admin;
  await expect(app.getByText('Many failed logins of user 1', { exact: true })).toHaveCount(1);
  await expect(app.getByText('At least 5 failed logins within 10 minutes')).toBeVisible();
  await expect(app.getByText(/user was created/)).toHaveCount(0);
  for (const word of ['eve@example.com', 'guess-', 'harmless'])
    await expect(app.getByText(word)).toHaveCount(0);
  await keepScreen(page, 'signals-of-the-shop', 'admin');
});

test('the sidecar is locked out of the database: banner, health, readyz and doctor say so, and it comes back by itself', async ({
  box,
}) => {
  const { app, page } = admin;
  await box.store.sql("ALTER USER 'tocsin'@'127.0.0.1' ACCOUNT LOCK");
  await box.store.sql("KILL CONNECTION USER 'tocsin'@'127.0.0.1'");
  await expect.poll(() => readyStatus(box)).toBe(503);
  await admin.open('incidents');
  await expect(async () => {
    await page.reload();
    await expect(
      app.getByRole('status').filter({ hasText: 'Not everything works as it should' }),
    ).toContainText('Store events wait there and are taken in later', { timeout: 2_000 });
  }).toPass();
  await expect(app.getByRole('link', { name: 'Order database read by a stranger' })).toBeVisible();
  await keepScreen(page, 'banner-database-out-of-reach', 'admin');
  await admin.open('health');
  await expect(app.getByRole('heading', { name: 'Must be mended' })).toBeVisible();
  await keepScreen(page, 'health-database-out-of-reach', 'admin');
  expect(await tryCommand(box.sidecar, ['doctor'])).toMatchObject({ code: 1 });

  await box.store.sql("ALTER USER 'tocsin'@'127.0.0.1' ACCOUNT UNLOCK");
  await expect.poll(() => readyStatus(box), { timeout: 40_000 }).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(app.getByRole('heading', { name: 'In order' })).toBeVisible();
    await expect(app.getByText('Not everything works as it should')).toHaveCount(0, {
      timeout: 1_000,
    });
  }).toPass({ timeout: 40_000 });
  expect(await tryCommand(box.sidecar, ['doctor'])).toMatchObject({ code: 0 });
});

test('the database of the shop stops: an open page says so instead of showing old data as new, and recovers', async ({
  box,
}) => {
  const { app, page } = admin;
  await admin.open(`incidents/${incidentId}`);
  await page.reload();
  await expect(app.getByText('0 of 2 approvals').first()).toBeVisible();
  await box.store.stopDatabase();
  const banner = app.getByRole('alert').filter({ hasText: 'WordPress itself cannot answer' });
  await expect(banner).toContainText('its own console works on');
  await expect(banner).toContainText('report straight to the sidecar');
  await expect(app.getByText(/^As of .*, not up to date\./).first()).toBeVisible();
  await keepScreen(page, 'banner-database-stopped', 'admin');
  await box.store.startDatabase();
  await expect(app.getByText(/not up to date/)).toHaveCount(0);
  await expect(app.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => readyStatus(box), { timeout: 40_000 }).toBe(200);
});

async function countSignals(box: Box, title: string): Promise<number> {
  const { items } = await call<{ items: { title: string }[] }>(box, 'GET', '/v1/signals?limit=200');
  return items.filter((signal) => signal.title === title).length;
}

async function readyStatus({ sidecar }: Box): Promise<number> {
  return (await fetch(`${sidecar.url}/readyz`)).status;
}
