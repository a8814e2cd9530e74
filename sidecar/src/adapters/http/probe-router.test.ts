import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { Registry } from 'prom-client';
import { routes } from '../../contract/index.ts';
import { scenePlan } from '../../use-cases/approval-scene.ts';
import { countingIds, fixedClock, seededRandomness } from '../../use-cases/ports/fixed.ts';
import { openLedger, type OpenLedger } from '../ledger/open-ledger.ts';
import { openPasskeys } from '../passkeys/open-passkeys.ts';
import { openVault } from '../vault/open-vault.ts';
import { ORIGIN, send, startScene, type HttpScene, type SceneDeps } from './http-scene.ts';
import type { Dependency } from './probe-router.ts';

let ledger: OpenLedger;
let deps: SceneDeps;
let scene: HttpScene;
let dependencies: Dependency[] = [];

before(async () => {
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
  scene = await startScene(deps, {
    readiness: () => Promise.resolve(dependencies),
    metrics: { registry: new Registry(), token: 'metrics-token' },
  });
});

after(async () => {
  await scene.stop();
  await ledger.close();
});

const get = (target: string, headers: Record<string, string> = {}) =>
  send(scene, { method: 'GET', target }, headers);

test('it is alive whatever its dependencies say', async () => {
  dependencies = [{ name: 'ledger', ok: false, sentence: 'The disk is full.' }];
  const { status, json } = await get('/healthz');
  assert.deepEqual([status, json], [200, { alive: true }]);
});

test('it is ready only when every dependency is, and names each', async () => {
  dependencies = [
    { name: 'ledger', ok: true, sentence: 'Open.' },
    { name: 'store_database', ok: true, sentence: 'Read 2 s ago.' },
  ];
  assert.equal((await get('/readyz')).status, 200);
  dependencies = [
    ...dependencies,
    { name: 'mail_provider', ok: false, sentence: 'Refuses the token.' },
  ];
  const { status, json } = await get('/readyz');
  assert.equal(status, 503);
  assert.deepEqual(json, { ready: false, dependencies });
});

test('metrics are for this machine, and for others with the token', async () => {
  const local = await fetch(`${scene.server.url}/metrics`);
  assert.match(
    await local.text(),
    /tocsin_http_request_seconds_count\{route="GET \/healthz",status="200"\}/,
  );
  const far = { 'x-forwarded-for': '203.0.113.7' };
  assert.equal((await get('/metrics', far)).code, 'metrics.unauthenticated');
  const wrong = { ...far, authorization: 'Bearer metrics-tokem' };
  assert.equal((await get('/metrics', wrong)).status, 401);
  const right = { ...far, authorization: 'Bearer metrics-token' };
  assert.equal((await get('/metrics', right)).status, 200);
});

/** `fetch` sets the host by itself. */
function statusAt(target: HttpScene, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${target.server.url}/metrics`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
  });
}

test('a proxy on this machine that says nothing of itself is told by the host that was asked for', async () => {
  assert.equal(await statusAt(scene, { host: 'notify.example.com' }), 401);
  assert.equal(await statusAt(scene, { host: '127.0.0.1.example.com' }), 401);
  assert.equal(await statusAt(scene, { host: 'localhost:8080' }), 200);
  assert.equal(await statusAt(scene, { host: '[::1]' }), 200);
});

test('behind https metrics need the token even on this machine', async () => {
  const published = await startScene(
    { ...deps, plan: scenePlan('https://notify.example.com') },
    { metrics: { registry: new Registry(), token: 'metrics-token' } },
  );
  try {
    assert.equal(await statusAt(published, { host: '127.0.0.1' }), 401);
    const authorization = 'Bearer metrics-token';
    assert.equal(await statusAt(published, { host: '127.0.0.1', authorization }), 200);
  } finally {
    await published.stop();
  }
});

test('without a token no other machine sees metrics', async () => {
  const other = await startScene(deps);
  try {
    const headers = { via: '1.1 proxy', authorization: 'Bearer null' };
    const answer = await send(other, { method: 'GET', target: '/metrics' }, headers);
    assert.equal(answer.status, 401);
  } finally {
    await other.stop();
  }
});

type Operation = {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  responses: Record<string, object>;
  security: Record<string, string[]>[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
};

test('the description names every route once, with its parameters, and no reference dangles', async () => {
  const { status, json } = await get('/v1/openapi.json');
  assert.equal(status, 200);
  assert.equal(json['openapi'], '3.1.0');
  const paths = json['paths'] as Record<string, Record<string, Operation>>;
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const operation = paths[path]?.[route.method.toLowerCase()];
    assert.ok(operation, name);
    assert.equal(operation.operationId, name);
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
    assert.deepEqual(
      inPath.map((parameter) => parameter.name),
      [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]),
    );
    assert.ok(operation.parameters.every((parameter) => typeof parameter.required === 'boolean'));
    assert.equal('body' in route, operation.requestBody !== undefined, name);
    assert.ok(operation.responses['200'] && operation.responses['401'], name);
    assert.deepEqual(operation.security, [{ [route.access.by]: [] }]);
  }
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  assert.equal(operations.length, Object.keys(routes).length);
  const references = [...JSON.stringify(json).matchAll(/"\$ref":"([^"]+)"/g)];
  for (const reference of new Set(references.map((match) => match[1]))) {
    const target = (reference ?? '')
      .slice(2)
      .split('/')
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], json);
    assert.ok(target, reference);
  }
});

test('the description tells required fields from those with a default', async () => {
  const { json } = await get('/v1/openapi.json');
  const paths = json['paths'] as Record<string, Record<string, Operation>>;
  const declare = paths['/v1/incidents']?.['post']?.requestBody?.content['application/json'];
  assert.deepEqual(declare?.schema['required'], ['title', 'type', 'severity']);
  const list = paths['/v1/incidents']?.['get']?.parameters;
  assert.deepEqual(
    list?.map(({ name, required }) => [name, required]),
    [
      ['cursor', false],
      ['limit', false],
      ['state', false],
      ['search', false],
    ],
  );
});
