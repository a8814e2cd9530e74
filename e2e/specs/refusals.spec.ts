// Who may not: every route of the contract for every role of WordPress, forged calls to the sidecar, and what a reader sees.
import { routes, type Route } from '../../sidecar/src/contract/routes.ts';
import { PEOPLE, type Box } from '../stack/box.ts';
import { signIn } from '../story/admin.ts';
import { enrolBoth } from '../story/main-job.ts';
import { prepareByApi, requestByApi } from '../story/prepare-by-api.ts';
import { sendSignal } from '../story/send-signal.ts';
import { askSidecar, PREPARER, signatureOf, type AskAs } from '../story/sidecar-reader.ts';
import { logIn, type WordPressClient } from '../story/wordpress-login.ts';
import { expect, test } from './fixtures.ts';
import { keepScreen } from './keep-screen.ts';

test.use({ boxSettings: { people: 12 } });

type PluginRoute = Route & { access: { by: 'plugin' } };
type Refusal = { code: string; title: string; context?: { capability?: string; needed?: string } };

const ALL: readonly Route[] = Object.values(routes);
const FORWARDED = ALL.filter((route): route is PluginRoute => route.access.by === 'plugin');

const CAPABILITIES: Readonly<Record<string, readonly string[]>> = {
  administrator: ['tocsin_view', 'tocsin_prepare', 'tocsin_manage'],
  shop_manager: ['tocsin_view'],
  editor: [],
  customer: [],
};

/** A path of this route that names things which do not exist. */
function pathOf(route: Route): string {
  const kind = {
    incidents: 'inc',
    previews: 'pre',
    manifests: 'man',
    dispatches: 'dis',
    signals: 'sig',
    'identity-decisions': 'idd',
  };
  const room = route.path.split('/')[2] as keyof typeof kind;
  return route.path.replace(':id', `${kind[room]}_00000000000000`).replace(':number', '0');
}

function askWordPress({ request, nonce }: WordPressClient, route: Route, withNonce = true) {
  return request.fetch(pathOf(route).replace('/v1/', '/wp-json/tocsin/v1/'), {
    method: route.method,
    ...(withNonce && nonce !== '' ? { headers: { 'X-WP-Nonce': nonce } } : {}),
    ...(route.method === 'GET' ? {} : { data: {} }),
  });
}

for (const [role, held] of Object.entries(CAPABILITIES)) {
  test(`${role}: passes on exactly the routes of ${held.join(', ') || 'no capability'}, and is told what is missing on the others`, async ({
    box,
    playwright,
  }) => {
    const client = await logIn(playwright, box.store.url, await userOf(box, role));
    for (const route of FORWARDED) {
      const name = `${role}: ${route.method} ${route.path}`;
      const answer = await askWordPress(client, route);
      if (held.includes(route.access.capability)) {
        expect([401, 403], name).not.toContain(answer.status());
        expect(await answer.text(), name).not.toContain('rest_no_route');
      } else {
        expect(answer.status(), name).toBe(403);
        const refusal = (await answer.json()) as Refusal;
        expect(refusal.code, name).toBe('tocsin.capability_missing');
        expect(refusal.title, name).toContain(route.access.capability);
        expect(refusal.context?.capability, name).toBe(route.access.capability);
      }
    }
    await client.request.dispose();
  });
}

test('nobody signed in, and a login without the nonce of its page: refused on every route', async ({
  box,
  playwright,
}) => {
  const stranger = await logIn(playwright, box.store.url);
  const tricked = await logIn(playwright, box.store.url, PEOPLE.preparer);
  for (const route of FORWARDED) {
    for (const [who, answer] of [
      ['nobody', await askWordPress(stranger, route)],
      ['no nonce', await askWordPress(tricked, route, false)],
    ] as const) {
      const name = `${who}: ${route.method} ${route.path}`;
      expect(answer.status(), name).toBe(401);
      expect(((await answer.json()) as Refusal).code, name).toBe('tocsin.not_signed_in');
    }
  }
  const asAdministrator = await askWordPress(tricked, routes.reportSignal);
  expect(asAdministrator.status()).toBe(401);
  await stranger.request.dispose();
  await tricked.request.dispose();
});

test('unsigned, wrongly signed, old, early and altered calls are refused by the sidecar on every route', async ({
  box,
}) => {
  const now = Math.floor(Date.now() / 1000);
  const wrongKey = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  for (const route of FORWARDED) {
    const target = pathOf(route);
    const name = `${route.method} ${route.path}`;
    const call = { method: route.method, target, ...(route.method === 'GET' ? {} : { body: {} }) };
    await expectRefusal(
      await fetch(box.sidecar.url + target, { method: route.method }),
      401,
      'request.unsigned',
      name,
    );
    await expectRefusal(
      await askSidecar(box, { ...call, envelope: { key: wrongKey } }),
      401,
      'request.bad_signature',
      name,
    );
    await expectRefusal(
      await askSidecar(box, { ...call, envelope: { at: now - 400 } }),
      401,
      'request.clock_skew',
      name,
    );
    await expectRefusal(
      await askSidecar(box, { ...call, envelope: { at: now + 400 } }),
      401,
      'request.clock_skew',
      name,
    );
    const without: AskAs = {
      ...PREPARER,
      capabilities: PREPARER.capabilities.filter(
        (capability) => capability !== route.access.capability,
      ),
    };
    await expectRefusal(
      await askSidecar(box, { ...call, as: without }),
      403,
      'request.missing_capability',
      name,
    );
  }
  const elsewhere = await fetch(`${box.sidecar.url}/v1/incidents`, {
    headers: signatureOf(box, { method: 'GET', target: '/v1/signals' }, ''),
  });
  await expectRefusal(elsewhere, 401, 'request.bad_signature', 'signed for another path');
});

test('a call that was overheard works once', async ({ box }) => {
  const call = { method: 'GET', target: '/v1/status', envelope: { id: 'msg_overheard' } };
  expect((await askSidecar(box, call)).status).toBe(200);
  const again = await askSidecar(box, call);
  expect(again.ok).toBe(false);
  expect(((await again.json()) as Refusal).code).toBe('request.replayed');
});

test('a signal with the key of the plugin, or with none, is refused at both doors', async ({
  box,
}) => {
  const report = {
    source: 'forger',
    kind: 'test.forged',
    severity: 'low',
    title: 'Forged signal',
  } as const;
  for (const url of [
    `${box.store.url}/wp-json/tocsin/v1/signals`,
    `${box.sidecar.url}/v1/signals`,
  ]) {
    expect((await sendSignal(url, box.keys.plugin, report)).status, url).toBe(401);
    const bare = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
    });
    expect(bare.status, url).toBe(401);
  }
  const signals = await askSidecar(box, { method: 'GET', target: '/v1/signals' });
  expect(await signals.text()).not.toContain('Forged signal');
});

test('whoever owns WordPress and its key can approve, pause and stop nothing: the console does not know them', async ({
  box,
  browser,
  playwright,
}) => {
  await enrolBoth(browser, box);
  const { id } = await requestByApi(box, await prepareByApi(box));
  const mara = await logIn(playwright, box.store.url, PEOPLE.preparer);
  const cookies = (await mara.request.storageState()).cookies
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
  for (const [method, path] of [
    ['GET', '/console/api/session'],
    ['GET', '/console/api/home'],
    ['GET', `/console/api/manifests/${id}`],
    ['POST', `/console/api/manifests/${id}/approval/options`],
    ['POST', '/console/api/dispatches/dis_00000000000000/pause'],
    ['POST', '/console/api/dispatches/dis_00000000000000/stop'],
  ] as const) {
    const body = method === 'GET' ? '' : path.endsWith('options') ? '{}' : '{"reason":"Forged"}';
    const answer = await fetch(box.sidecar.url + path, {
      method,
      headers: {
        ...signatureOf(box, { method, target: path }, body),
        cookie: cookies,
        origin: box.sidecar.url,
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === '' ? {} : { body }),
    });
    await expectRefusal(answer, 401, 'console.not_signed_in', `${method} ${path}`);
  }
  await mara.request.dispose();
});

test('who may only look sees counts and states, no people, and why buttons are absent', async ({
  box,
  browser,
}) => {
  const incidentId = await prepareByApi(box);
  await sendSignal(`${box.sidecar.url}/v1/signals`, box.keys.signal, {
    source: 'wazuh',
    kind: 'login.odd',
    severity: 'low',
    title: 'A login at an odd hour',
  });
  const viewer = await signIn(browser, box.store, PEOPLE.viewer);
  const { app, page } = viewer;
  await viewer.open();
  await expect(
    app.getByRole('link', { name: 'Order database read by a stranger' }).first(),
  ).toBeVisible();
  await expect(app.getByRole('link', { name: 'Declare an incident' })).toHaveCount(0);
  await expect(app.getByRole('link', { name: 'Health' })).toHaveCount(0);
  await expect(app.getByRole('link', { name: 'Settings' })).toHaveCount(0);
  await keepScreen(page, 'viewer-1-incidents', 'admin');

  await viewer.open('signals');
  await expect(app.getByText('A login at an odd hour')).toBeVisible();
  await expect(app.getByText('Your account may look, but not decide about signals.')).toBeVisible();
  await expect(app.getByRole('button', { name: /Dismiss|Join/ })).toHaveCount(0);
  await keepScreen(page, 'viewer-2-signals', 'admin');

  await viewer.open(`incidents/${incidentId}/people`);
  await expect(app.getByText(/^= .* by e-mail \+/)).toBeVisible();
  await expect(app.getByText('Your account may look, but not see single people.')).toBeVisible();
  await expect(
    app.getByRole('button', { name: /Show the people|Freeze|Request approval|Dismiss/ }),
  ).toHaveCount(0);
  for (const title of ['Which data', 'What we tell them', 'Approval'])
    await viewer.toggleStep(title);
  await expect(
    app.getByText('Your account may look, but not change which data leaked.'),
  ).toBeVisible();
  await expect(app.getByText('Your account may look, but not change the notice.')).toBeVisible();
  await keepScreen(page, 'viewer-3-incident', 'admin');
  for await (const person of box.truth.people()) {
    if (person.contact !== null) await expect(app.getByText(person.contact)).toHaveCount(0);
  }

  await viewer.open('incidents/declare');
  await expect(app.getByText('Your account may look, but not declare an incident.')).toBeVisible();
  await viewer.open('health');
  await expect(app.getByText('Your account may look, but not see the findings.')).toBeVisible();
  await viewer.open('settings');
  await expect(app.getByText('Your account may look, but not change settings.')).toBeVisible();
  await keepScreen(page, 'viewer-4-settings', 'admin');
  await viewer.close();
});

test('an editor finds no Tocsin in the menu, and its page is refused', async ({ box, browser }) => {
  const editor = await signIn(browser, box.store, PEOPLE.editor);
  await expect(editor.page.locator('#adminmenu').getByRole('link', { name: 'Tocsin' })).toHaveCount(
    0,
  );
  const answer = await editor.page.goto(`${box.store.adminUrl}admin.php?page=tocsin`);
  expect(answer?.status()).toBe(403);
  await expect(
    editor.page.getByText('Sorry, you are not allowed to access this page.'),
  ).toBeVisible();
  await editor.close();
});

async function userOf(box: Box, role: string): Promise<{ login: string; password: string }> {
  if (role === 'administrator') return PEOPLE.preparer;
  if (role === 'shop_manager') return PEOPLE.viewer;
  if (role === 'editor') return PEOPLE.editor;
  const user = { login: `a-${role}`, password: `${role}-demo` };
  await box.store.wp([
    'user',
    'create',
    user.login,
    `${user.login}@example.com`,
    `--role=${role}`,
    `--user_pass=${user.password}`,
  ]);
  return user;
}

async function expectRefusal(
  answer: Response,
  status: number,
  code: string,
  name: string,
): Promise<void> {
  const text = await answer.text();
  expect(answer.status, `${name}: ${text}`).toBe(status);
  expect((JSON.parse(text) as Refusal).code, name).toBe(code);
}
