import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { scenePlan } from '../../use-cases/approval-scene.ts';
import { countingIds, fixedClock, seededRandomness } from '../../use-cases/ports/fixed.ts';
import { openLedger, type OpenLedger } from '../ledger/open-ledger.ts';
import { openPasskeys } from '../passkeys/open-passkeys.ts';
import { openVault } from '../vault/open-vault.ts';
import {
  ORIGIN,
  reachedHandlers,
  signAsPlugin,
  startScene,
  type HttpScene,
  type SceneDeps,
} from './http-scene.ts';

let ledger: OpenLedger;
let deps: SceneDeps;

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
});

after(async () => {
  await ledger.close();
});

type Held = {
  scene: HttpScene;
  begun: Promise<undefined>;
  finish: () => void;
  ask: () => Promise<Response>;
};

/** A server with one handler that ends only when it is told to. */
async function holdOneRequest(stopWithinMs: number): Promise<Held> {
  const begun = Promise.withResolvers<undefined>();
  const finish = Promise.withResolvers<undefined>();
  const scene = await startScene(deps, {
    stopWithinMs,
    handlers: reachedHandlers([], {
      listTemplates: async () => {
        begun.resolve(undefined);
        await finish.promise;
        return { items: [] };
      },
    }),
  });
  const timestamp = Math.floor(deps.clock.now().getTime() / 1000);
  const call = { method: 'GET', target: '/v1/templates', timestamp };
  return {
    scene,
    begun: begun.promise,
    finish: () => {
      finish.resolve(undefined);
    },
    ask: () => fetch(scene.server.url + call.target, { headers: signAsPlugin(call) }),
  };
}

test('stopping lets a running request end, refuses new ones, and then is done', async () => {
  const { scene, begun, finish, ask } = await holdOneRequest(60_000);
  const running = ask();
  await begun;
  const stopped = scene.stop();
  await assert.rejects(fetch(`${scene.server.url}/healthz`), 'a new connection is refused');
  finish();
  const answer = await running;
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { items: [] });
  await stopped;
  await scene.stop();
});

test('a request that does not end is cut when the time is over', async () => {
  const { scene, begun, finish, ask } = await holdOneRequest(30);
  const running = assert.rejects(ask());
  await begun;
  await scene.stop();
  await running;
  finish();
});

test('a port in use is said at start', async () => {
  const first = await startScene(deps);
  try {
    await assert.rejects(
      startScene(deps, { listen: { host: '127.0.0.1', port: first.server.port } }),
      /EADDRINUSE/,
    );
  } finally {
    await first.stop();
  }
});

test('pages are kept to themselves, and over https for good', async () => {
  for (const origin of [ORIGIN, 'https://notify.example.com']) {
    const scene = await startScene({ ...deps, plan: scenePlan(origin) });
    try {
      const { headers } = await fetch(`${scene.server.url}/healthz`);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /script-src 'self';/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.match(policy, /style-src 'self' 'sha256-[^']+';/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(headers.get('x-powered-by'), null);
      const hsts = headers.get('strict-transport-security');
      assert.equal(hsts, origin === ORIGIN ? null : 'max-age=31536000');
      const wellKnown = await fetch(`${scene.server.url}/.well-known/webauthn`);
      assert.equal(wellKnown.status, 404);
    } finally {
      await scene.stop();
    }
  }
});
