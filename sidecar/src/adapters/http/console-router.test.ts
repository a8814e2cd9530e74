import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ApprovalPage, ConsoleHome, ConsoleSession } from '../../contract/index.ts';
import {
  arrangeIncident,
  auditEvidence,
  INCIDENT,
  OPERATOR,
  scenePlan,
  wordPressUser,
} from '../../use-cases/approval-scene.ts';
import { inviteApprover } from '../../use-cases/invite-approver.ts';
import { countingIds, fixedClock, seededRandomness } from '../../use-cases/ports/fixed.ts';
import { requestApproval } from '../../use-cases/request-approval.ts';
import { openLedger, type OpenLedger } from '../ledger/open-ledger.ts';
import { openPasskeys } from '../passkeys/open-passkeys.ts';
import { makeSoftwarePasskey } from '../passkeys/software-passkey.ts';
import { openVault } from '../vault/open-vault.ts';
import {
  ORIGIN,
  send,
  signAsPlugin,
  startScene,
  type HttpScene,
  type SceneDeps,
} from './http-scene.ts';

let ledger: OpenLedger;
let deps: SceneDeps;
let scene: HttpScene;

beforeEach(async () => {
  const clock = fixedClock();
  ledger = await openLedger({ file: ':memory:', clock });
  deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    plan: scenePlan(ORIGIN),
    passkeys: openPasskeys({ rpName: 'Tocsin', rpId: 'localhost', origin: ORIGIN }),
  };
  scene = await startScene(deps);
});

afterEach(async () => {
  await scene.stop();
  await ledger.close();
});

/** A browser with one passkey: keeps its cookie, sends its origin and the session's token. */
function makeBrowser() {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  const state = { cookie: '', csrf: '', setCookie: '' };

  async function call(method: string, path: string, body?: unknown, change = {}) {
    const answer = await send(
      scene,
      {
        method,
        target: `/console/api${path}`,
        body: body === undefined ? undefined : JSON.stringify(body),
      },
      {
        ...(state.cookie === '' ? {} : { cookie: state.cookie }),
        ...(method === 'GET'
          ? {}
          : { origin: ORIGIN, 'content-type': 'application/json', 'tocsin-csrf': state.csrf }),
        ...change,
      },
    );
    const setCookie = answer.headers.get('set-cookie');
    if (setCookie !== null) {
      state.setCookie = setCookie;
      state.cookie = setCookie.split(';')[0] ?? '';
    }
    return answer;
  }

  type Asked = { challenge_id: string; options: Record<string, unknown> };
  const asAsked = (json: unknown): Asked => json as Asked;

  return {
    state,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown = {}, change = {}) => call('POST', path, body, change),
    async enrol(email: string) {
      const { link } = await inviteApprover(deps, OPERATOR, {
        name: email.split('@')[0] ?? '',
        email,
      });
      const token = link.slice(link.indexOf('=') + 1);
      const asked = asAsked((await call('POST', '/invites/options', { token })).json);
      const response = passkey.create(asked.options);
      const body = { token, challenge_id: asked.challenge_id, response };
      const answer = await call('POST', '/invites/accept', body);
      state.csrf = (answer.json as ConsoleSession).csrf;
      return answer;
    },
    async signIn() {
      const asked = asAsked((await call('POST', '/sign-in/options', {})).json);
      const response = passkey.get(asked.options);
      const answer = await call('POST', '/sign-in', { challenge_id: asked.challenge_id, response });
      state.csrf = (answer.json as ConsoleSession).csrf;
      return answer;
    },
    async approve(manifestId: string) {
      const path = `/manifests/${manifestId}/approval`;
      const question = await call('POST', `${path}/options`, {});
      if (question.status !== 200) return question;
      const asked = asAsked(question.json);
      const response = passkey.get(asked.options);
      return call('POST', path, { challenge_id: asked.challenge_id, response });
    },
  };
}

async function askForApproval(): Promise<string> {
  const preparer = wordPressUser(deps.vault, 'mara@shop.example');
  await arrangeIncident(deps, { scopeBy: preparer, audienceBy: preparer, noticeBy: preparer });
  const [ada, bo] = [makeBrowser(), makeBrowser()];
  await ada.enrol('dee@shop.example');
  await bo.enrol('eli@shop.example');
  return (await requestApproval(deps, preparer, { incidentId: INCIDENT })).id;
}

test('the whole way: enrol, sign out, sign in, approve twice, pause, resume, stop', async () => {
  const manifestId = await askForApproval();
  const [ada, bo] = [makeBrowser(), makeBrowser()];
  assert.equal((await ada.enrol('ada@shop.example')).status, 200);
  assert.match(
    ada.state.setCookie,
    /^tocsin_session=[\w-]{43}; Max-Age=28800; Path=\/; .*HttpOnly; SameSite=Strict$/,
  );
  assert.equal((await ada.post('/sign-out')).status, 204);
  assert.equal((await ada.get('/session')).code, 'console.not_signed_in');
  assert.equal((await ada.signIn()).status, 200);
  await bo.enrol('bo@shop.example');

  const home = (await ada.get('/home')).json as ConsoleHome;
  assert.deepEqual(
    home.manifests.map((manifest) => manifest.id),
    [manifestId],
  );
  assert.deepEqual(
    home.approvers.map((approver) => approver.name),
    ['ada', 'bo', 'dee', 'eli'],
  );
  const page = (await ada.get(`/manifests/${manifestId}`)).json as ApprovalPage;
  assert.equal(page.refusal, null);
  assert.equal(page.samples[0]?.subject, 'Your data');

  assert.equal((await ada.approve(manifestId)).status, 200);
  const again = await ada.approve(manifestId);
  assert.deepEqual([again.status, again.code], [409, 'approval.already_approved']);
  const done = (await bo.approve(manifestId)).json as ApprovalPage;
  assert.equal(done.manifest.state, 'approved');
  const dispatch = `/dispatches/${done.dispatch?.id ?? ''}`;
  const reason = { reason: 'Something looks wrong' };
  assert.equal((await bo.get(dispatch)).json['state'], 'running');
  assert.equal((await bo.post(`${dispatch}/pause`, reason)).json['state'], 'paused');
  assert.equal((await ada.post(`${dispatch}/resume`, reason)).json['state'], 'running');
  assert.equal((await ada.post(`${dispatch}/stop`, reason)).json['state'], 'stopped');
  const late = await ada.post(`${dispatch}/resume`, reason);
  assert.deepEqual([late.status, late.code], [409, 'dispatch.wrong_state']);
  assert.deepEqual(await auditEvidence(deps), []);
});

const signedRoutes: [string, string][] = [
  ['GET', '/session'],
  ['POST', '/sign-out'],
  ['GET', '/home'],
  ['GET', '/manifests/man_0123456789'],
  ['POST', '/manifests/man_0123456789/approval/options'],
  ['POST', '/manifests/man_0123456789/approval'],
  ['GET', '/dispatches/dsp_0123456789'],
  ['POST', '/dispatches/dsp_0123456789/pause'],
  ['POST', '/dispatches/dsp_0123456789/resume'],
  ['POST', '/dispatches/dsp_0123456789/stop'],
];

test('nothing is shown or changed without a session, and the plugin has none', async () => {
  const timestamp = Math.floor(deps.clock.now().getTime() / 1000);
  const body = {
    '/manifests/man_0123456789/approval': { challenge_id: 'cha_0123456789', response: {} },
  };
  for (const [method, path] of signedRoutes) {
    const sent =
      (body as Record<string, unknown>)[path] ??
      (/\/(pause|resume|stop)$/.test(path) ? { reason: 'why not' } : {});
    const text = method === 'GET' ? undefined : JSON.stringify(sent);
    const target = `/console/api${path}`;
    const call = { method, target, timestamp, ...(text === undefined ? {} : { body: text }) };
    const headers = { ...signAsPlugin(call), origin: ORIGIN };
    const { status, code } = await send(scene, call, headers);
    assert.deepEqual([status, code], [401, 'console.not_signed_in'], path);
  }
});

test('a changing request needs the session token and the own origin', async () => {
  const ada = makeBrowser();
  await ada.enrol('ada@shop.example');
  for (const csrf of ['', 'x'.repeat(43)]) {
    const refused = await ada.post('/sign-out', {}, { 'tocsin-csrf': csrf });
    assert.deepEqual([refused.status, refused.code], [403, 'console.bad_csrf']);
  }
  for (const origin of ['https://shop.example', 'null', `${ORIGIN}.evil.example`]) {
    for (const path of ['/sign-out', '/sign-in/options', '/invites/view']) {
      const refused = await ada.post(path, {}, { origin });
      assert.deepEqual([refused.status, refused.code], [403, 'console.bad_origin']);
    }
  }
  assert.equal((await ada.get('/session')).status, 200);
});

test('a cookie that was planted twice, or is another one, is no session', async () => {
  const ada = makeBrowser();
  await ada.enrol('ada@shop.example');
  const own = ada.state.cookie;
  for (const cookie of [
    `${own}; tocsin_session=${'x'.repeat(43)}`,
    'tocsin_session=',
    `__Host-${own}`,
  ]) {
    ada.state.cookie = cookie;
    assert.equal((await ada.get('/session')).status, 401);
  }
});

test('over https the cookie is bound to the host', async () => {
  const origin = 'https://notify.example.com';
  const passkeys = openPasskeys({ rpName: 'Tocsin', rpId: 'notify.example.com', origin });
  const secure = { ...deps, plan: scenePlan(origin), passkeys };
  await scene.stop();
  scene = await startScene(secure);
  const passkey = makeSoftwarePasskey({ origin });
  const { link } = await inviteApprover(secure, OPERATOR, {
    name: 'Ada',
    email: 'ada@shop.example',
  });
  const token = link.slice(link.indexOf('=') + 1);
  const headers = { origin, 'content-type': 'application/json' };
  const post = (path: string, body: unknown) =>
    send(
      scene,
      { method: 'POST', target: `/console/api${path}`, body: JSON.stringify(body) },
      headers,
    );
  const asked = (await post('/invites/options', { token })).json;
  const response = passkey.create(asked['options'] as Record<string, unknown>);
  const answer = await post('/invites/accept', {
    token,
    challenge_id: asked['challenge_id'],
    response,
  });
  assert.match(
    answer.headers.get('set-cookie') ?? '',
    /^__Host-tocsin=[\w-]{43}; .*Path=\/; .*HttpOnly; Secure; SameSite=Strict$/,
  );
});

test('guessing is braked, for strangers only', async () => {
  await scene.stop();
  scene = await startScene(deps, { signInsAllowed: 3 });
  const ada = makeBrowser();
  const token = 'x'.repeat(43);
  for (let i = 0; i < 3; i += 1) {
    assert.equal((await ada.post('/invites/view', { token })).code, 'invite.unknown');
  }
  const refused = await ada.post('/sign-in/options');
  assert.deepEqual([refused.status, refused.code], [429, 'request.too_many']);
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.equal((await ada.get('/session')).status, 401);
});

test('the console has one page for all its addresses, and files that are kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-console-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><p>the page</p>');
  writeFileSync(join(folder, 'console.0a1b2c3d.js'), '1;');
  const other = await startScene(deps, { consoleFolder: folder });
  try {
    const get = (path: string) => fetch(other.server.url + path, { redirect: 'manual' });
    for (const path of ['/console', '/console/', '/console/enrol', '/console/manifests/man_1']) {
      const page = await get(path);
      assert.equal(page.status, 200, path);
      assert.match(await page.text(), /the page/);
      assert.equal(page.headers.get('cache-control'), 'no-cache');
    }
    const script = await get('/console/console.0a1b2c3d.js');
    assert.match(script.headers.get('cache-control') ?? '', /immutable/);
    assert.equal((await get('/console/missing.js')).status, 404);
    assert.equal((await get('/console/..%2fpackage.json')).status, 404);
    assert.equal((await get('/console/api/nothing')).status, 404);
    assert.equal((await get('/')).headers.get('location'), '/console');
  } finally {
    await other.stop();
    rmSync(folder, { recursive: true });
  }
});

test('a console that is not built says how to build it', async () => {
  const page = await fetch(`${scene.server.url}/console/enrol`);
  assert.equal(page.status, 503);
  assert.match(await page.text(), /npm run build/);
});
