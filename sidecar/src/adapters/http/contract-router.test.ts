import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { routes, type Evidence, type Route, type RouteName } from '../../contract/index.ts';
import { CodedError } from '../../domain/coded-error.ts';
import { scenePlan } from '../../use-cases/approval-scene.ts';
import {
  countingIds,
  fixedClock,
  seededRandomness,
  type FixedClock,
} from '../../use-cases/ports/fixed.ts';
import { openLedger, type OpenLedger } from '../ledger/open-ledger.ts';
import { openPasskeys } from '../passkeys/open-passkeys.ts';
import { openVault } from '../vault/open-vault.ts';
import {
  ORIGIN,
  reachedHandlers,
  send,
  signAsMonitor,
  signAsPlugin,
  startScene,
  type HttpScene,
  type SceneDeps,
  type SignedCall,
} from './http-scene.ts';
import type { RouteInput } from './handlers.ts';

const ID = 'inc_0123456789abc';
const scope = { preset: 'everyone', accounts: {}, orders: null, data_classes: ['email'] };
const notice = { template_id: 'payment-data', language: 'en', values: {} };
const BODIES: Partial<Record<RouteName, unknown>> = {
  decideIdentity: {
    kind: 'merge',
    people: ['0'.repeat(32), '1'.repeat(32)],
    reason: 'one human',
  },
  declareIncident: { title: 'A leak', type: 'other', severity: 'high' },
  changeIncident: { version: 1, title: 'Another' },
  moveIncident: { to: 'confirmed' },
  startPreview: scope,
  setScope: { scope },
  previewNotice: notice,
  setNotice: notice,
  withdrawManifest: { reason: 'wrong text' },
  dismissSignal: { reason: 'a test' },
  joinSignal: { incident_id: ID },
  reportSignal: { source: 'siem', kind: 'waf.block', severity: 'low', title: 'Something' },
  mapPlace: {
    reason: 'our own gateway',
    source: {
      id: 'own.payers',
      title: 'Payers',
      family: 'own',
      place: { kind: 'table', table: 'acme_payers', key: 'id' },
      role: 'payer',
      fields: [{ column: 'payer_mail', part: 'email', classes: ['email'] }],
      tested_with: '',
      verification: 'operator',
      yields: 'people',
    },
  },
  ignorePlace: { place: 'wp_acme_payers/tax_no', ignored: true, reason: 'not a person' },
};

let clock: FixedClock;
let ledger: OpenLedger;
let deps: SceneDeps;
let scene: HttpScene;
const seen: { name: RouteName; input: unknown }[] = [];

before(async () => {
  clock = fixedClock();
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
  scene = await startScene(deps, { handlers: reachedHandlers(seen) });
});

after(async () => {
  await scene.stop();
  await ledger.close();
});

function callOf(name: RouteName): SignedCall {
  const route: Route = routes[name];
  const body = BODIES[name];
  return {
    method: route.method,
    target: route.path.replace(':id', ID).replace(':number', '7'),
    timestamp: Math.floor(clock.now().getTime() / 1000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

for (const name of Object.keys(routes) as RouteName[]) {
  const route: Route = routes[name];
  const signed = (call: SignedCall): Record<string, string> =>
    route.access.by === 'plugin' ? signAsPlugin(call) : signAsMonitor(call);

  test(`${name}: only a fresh, rightly signed request gets in, once`, async () => {
    const call = callOf(name);
    const json = { 'content-type': 'application/json' };
    const attempt = async (headers: Record<string, string>): Promise<[number, string]> => {
      const { status, code } = await send(scene, call, headers);
      return [status, code];
    };
    assert.deepEqual(await attempt(json), [401, 'request.unsigned']);
    const key = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    assert.deepEqual(await attempt(signed({ ...call, key })), [401, 'request.bad_signature']);
    const other = signed({ ...call, target: '/v1/other', body: 'x' });
    assert.deepEqual(await attempt({ ...other, ...json }), [401, 'request.bad_signature']);
    for (const off of [-301, 301]) {
      const late = signed({ ...call, timestamp: call.timestamp + off });
      assert.deepEqual(await attempt(late), [401, 'request.clock_skew']);
    }
    const reachedBefore = seen.length;
    const right = signed({ ...call, timestamp: call.timestamp - 300 });
    assert.deepEqual(await attempt(right), [410, 'test.reached']);
    assert.equal(seen.at(-1)?.name, name);
    if (route.access.by === 'plugin') {
      assert.deepEqual(await attempt(right), [409, 'request.replayed']);
      const capability = route.access.capability;
      const held = ['tocsin_view', 'tocsin_prepare', 'tocsin_manage', 'administrator'].filter(
        (one) => one !== capability,
      );
      const poor = signAsPlugin(call, { capabilities: held });
      assert.deepEqual(await attempt(poor), [403, 'request.missing_capability']);
      const monitor = signAsMonitor(call);
      assert.deepEqual(await attempt(monitor), [401, 'request.bad_signature']);
      assert.equal(seen.length, reachedBefore + 1);
    } else {
      assert.deepEqual(await attempt(signAsPlugin(call)), [401, 'request.bad_signature']);
    }
  });

  if (route.body !== undefined) {
    test(`${name}: a body that is not JSON, not declared, too large or wrong is refused`, async () => {
      const call = callOf(name);
      const attempt = async (body: string, change = {}): Promise<[number, string]> => {
        const headers = { ...signed({ ...call, body }), ...change };
        const { status, code } = await send(scene, { ...call, body }, headers);
        return [status, code];
      };
      assert.deepEqual(await attempt('{'), [400, 'request.bad_json']);
      const plain = { 'content-type': 'text/plain' };
      assert.deepEqual(await attempt('{}', plain), [415, 'request.media_type']);
      const gzip = { 'content-encoding': 'gzip' };
      assert.deepEqual(await attempt('{}', gzip), [415, 'request.media_type']);
      assert.deepEqual(await attempt(' '.repeat(9_000_000)), [413, 'request.too_large']);
      assert.deepEqual(await attempt('[]'), [422, 'request.invalid']);
    });
  }
}

test('the plugin and the sidecar agree on every vector', async () => {
  const file = new URL('../../../../plugin/tests/vectors/signed-request.json', import.meta.url);
  const { key, vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
    key: string;
    vectors: {
      id: string;
      timestamp: number;
      method: string;
      target: string;
      actor: string;
      body: string;
      signature: string;
    }[];
  };
  assert.ok(vectors.length > 0);
  const other = await startScene(deps, { pluginKeys: [key] });
  try {
    for (const vector of vectors) {
      const at = fixedClock(new Date(vector.timestamp * 1000).toISOString());
      clock.set(at.now().toISOString());
      const { id, timestamp, actor, signature, method, target, body } = vector;
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature,
        'tocsin-actor': actor,
        'content-type': 'application/json',
      };
      const call = { method, target, body: body === '' ? undefined : body };
      const { code } = await send(other, call, headers);
      assert.ok(!code.startsWith('request.') || code === 'request.invalid', `${target}: ${code}`);
      const wrong = await send(other, call, { ...headers, 'webhook-id': `${id}x` });
      assert.equal(wrong.code, 'request.bad_signature');
    }
  } finally {
    await other.stop();
    clock.set('2026-11-23T12:00:00.000Z');
  }
});

test('a handler gets the verified person, and path, query and body as the contract says', async () => {
  const target = `/v1/incidents/${ID}/people?limit=20&search=%20Ada%40shop.example%20`;
  const call = { ...callOf('listPeople'), target };
  await send(scene, call, signAsPlugin({ ...call, id: 'msg_people' }));
  const input = seen.at(-1)?.input as RouteInput<'listPeople'>;
  assert.deepEqual(input.acting, {
    actor: { id: 'wp:3', kind: 'wordpress', name: 'Mara' },
    subject: deps.vault.subject(' MARA@shop.example'),
    capabilities: ['tocsin_view', 'tocsin_prepare', 'tocsin_manage'],
  });
  assert.equal(input.messageId, 'msg_people');
  assert.equal(input.params.id, ID);
  assert.deepEqual({ ...input.query }, { limit: 20, search: 'Ada@shop.example' });
  await send(scene, callOf('readPerson'), signAsPlugin(callOf('readPerson')));
  const person = seen.at(-1)?.input as RouteInput<'readPerson'>;
  assert.equal(person.params.number, 7);
});

test('every wrong field is named at once, by pointer', async () => {
  const body = JSON.stringify({ version: 0, title: 'x', 'no/such': 1, severity: 'worst' });
  const target = '/v1/incidents/nonsense';
  const call = { ...callOf('changeIncident'), target, body };
  const { status, json } = await send(scene, call, signAsPlugin(call));
  assert.equal(status, 422);
  const pointers = (json['errors'] as { pointer: string }[]).map((error) => error.pointer);
  assert.deepEqual(pointers.sort(), ['/no~1such', '/path/id', '/severity', '/title', '/version']);
});

test('an actor that is nobody is refused', async () => {
  const call = callOf('status');
  for (const user of [
    { email: '' },
    { user_id: 0 },
    { capabilities: 'all' as unknown as string[] },
  ]) {
    const { status, code } = await send(scene, call, signAsPlugin(call, user));
    assert.deepEqual([status, code], [401, 'request.bad_actor']);
  }
});

test('an answer holds what the contract names and nothing else', async () => {
  const evidence: Evidence = {
    origin: 'x',
    size: 0,
    root: null,
    waiting: 0,
    verification: { state: 'never', checked_at: null, size: null, ok: null, checks: [] },
  };
  const leaking = { ...evidence, verification: { ...evidence.verification, secret: 1 }, secret: 1 };
  const other = await startScene(deps, {
    handlers: reachedHandlers([], {
      readEvidence: () => Promise.resolve(leaking),
      verifyEvidence: () => Promise.resolve({ ...evidence, size: -1 }),
    }),
  });
  try {
    const read = callOf('readEvidence');
    const good = await send(other, read, signAsPlugin(read));
    assert.deepEqual(good.json, evidence);
    assert.equal(good.headers.get('cache-control'), 'no-store');
    const verify = callOf('verifyEvidence');
    const bad = await send(other, verify, signAsPlugin(verify));
    assert.deepEqual([bad.status, bad.code], [500, 'internal.response_invalid']);
    assert.match(String(bad.json['title']), /at size$/);
  } finally {
    await other.stop();
  }
});

test('a download comes in parts, and is cut off when it fails half way', async () => {
  const parts = async function* (fail: boolean): AsyncIterable<Uint8Array> {
    yield Buffer.from('one ');
    await Promise.resolve();
    if (fail) throw new Error('disk gone');
    yield Buffer.from('two');
  };
  let fail = false;
  const other = await startScene(deps, {
    handlers: reachedHandlers([], {
      downloadBundle: () =>
        Promise.resolve({ filename: 'a"b.zip', contentType: 'application/zip', body: parts(fail) }),
    }),
  });
  try {
    const call = callOf('downloadBundle');
    const url = other.server.url + call.target;
    const good = await fetch(url, { headers: signAsPlugin(call) });
    assert.equal(await good.text(), 'one two');
    assert.equal(good.headers.get('content-disposition'), 'attachment; filename="a_b.zip"');
    fail = true;
    await assert.rejects(async () => (await fetch(url, { headers: signAsPlugin(call) })).text());
  } finally {
    await other.stop();
  }
});

test('a signal that could not be taken in may be sent again; one that was is not taken twice', async () => {
  let works = false;
  const other = await startScene(deps, {
    handlers: reachedHandlers([], {
      reportSignal: () =>
        works
          ? Promise.resolve({ id: 'sig_0123456789abc', duplicate: false })
          : Promise.reject(new Error('ledger is busy')),
    }),
  });
  try {
    const call = { ...callOf('reportSignal'), id: 'msg_again' };
    assert.equal((await send(other, call, signAsMonitor(call))).status, 500);
    works = true;
    assert.equal((await send(other, call, signAsMonitor(call))).status, 200);
    const third = await send(other, call, signAsMonitor(call));
    assert.deepEqual([third.status, third.code], [409, 'request.replayed']);
  } finally {
    await other.stop();
  }
});

test('an unknown error shows nothing but an id; the log has its stack and nothing of the request', async () => {
  const other = await startScene(deps, {
    handlers: reachedHandlers([], {
      declareIncident: () =>
        Promise.reject(new Error('duplicate entry ada@shop.example', { cause: new Error('root') })),
      listIncidents: () =>
        Promise.reject(
          new CodedError({ code: 'store.down', category: 'unavailable', message: 'down' }),
        ),
    }),
  });
  try {
    const call = callOf('declareIncident');
    const { status, json, headers } = await send(other, call, signAsPlugin(call));
    assert.equal(status, 500);
    assert.equal(json['code'], 'internal');
    assert.equal(json['request_id'], headers.get('x-request-id'));
    assert.equal(headers.get('content-type'), 'application/problem+json; charset=utf-8');
    const list = { ...callOf('listIncidents'), target: '/v1/incidents?search=ada%40shop.example' };
    assert.equal((await send(other, list, signAsPlugin(list))).status, 503);
    const log = other.log.join('');
    assert.match(log, /duplicate entry \[address\]/);
    assert.match(log, /contract-router\.test\.ts/);
    assert.match(log, /"route":"GET \/v1\/incidents","status":503/);
    for (const secret of ['ada@', 'ada%40', 'A leak', '127.0.0.1', 'mara']) {
      assert.equal(log.includes(secret), false, `${secret} is in the log`);
    }
  } finally {
    await other.stop();
  }
});

test('other methods and addresses are refused as problems', async () => {
  const wrong = await send(scene, { method: 'DELETE', target: `/v1/incidents/${ID}` }, {});
  assert.deepEqual([wrong.status, wrong.code], [405, 'request.method_not_allowed']);
  assert.equal(wrong.headers.get('allow'), 'GET, PATCH');
  for (const target of ['/v1/nothing', '/v1/incidents/', '/V1/incidents', '/v1/incidents/%ZZ']) {
    const missing = await send(scene, { method: 'GET', target }, {});
    assert.deepEqual([missing.status, missing.code], [404, 'request.not_found'], target);
  }
});

test('two keys are accepted while one is changed, and a key of another form is refused at start', async () => {
  const next = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;
  const old = `whsec_${Buffer.alloc(64, 4).toString('base64')}`;
  const other = await startScene(deps, { pluginKeys: [old, next] });
  try {
    const call = callOf('status');
    for (const key of [old, next]) {
      assert.equal((await send(other, call, signAsPlugin({ ...call, key }))).code, 'test.reached');
    }
    const both = signAsPlugin({ ...call, key: next });
    both['webhook-signature'] = `v1,AAAA v2,x ${both['webhook-signature'] ?? ''}`;
    assert.equal((await send(other, call, both)).code, 'test.reached');
  } finally {
    await other.stop();
  }
  for (const key of ['', 'secret', `whsec_${Buffer.alloc(23).toString('base64')}`]) {
    await assert.rejects(startScene(deps, { pluginKeys: [key] }), /it is not a signing key/);
  }
});
