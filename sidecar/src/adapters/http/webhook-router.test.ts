import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { scenePlan } from '../../use-cases/approval-scene.ts';
import { countingIds, fixedClock, seededRandomness } from '../../use-cases/ports/fixed.ts';
import { openLedger, type OpenLedger } from '../ledger/open-ledger.ts';
import { openPasskeys } from '../passkeys/open-passkeys.ts';
import { openVault } from '../vault/open-vault.ts';
import { ORIGIN, send, startScene, type HttpScene } from './http-scene.ts';

const TARGET = '/v1/webhooks/postmark/s3cret-part';
const LOGIN = { authorization: `Basic ${Buffer.from('postmark:pässword').toString('base64')}` };
const EVENT = { RecordType: 'Delivery', MessageID: 'm1', Unknown: { deep: [1] } };

let ledger: OpenLedger;
let scene: HttpScene;
let received: unknown[] = [];
let isDown = false;

before(async () => {
  const clock = fixedClock();
  ledger = await openLedger({ file: ':memory:', clock });
  const deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    plan: scenePlan(ORIGIN),
    passkeys: openPasskeys({ rpName: 'Tocsin', rpId: 'localhost', origin: ORIGIN }),
  };
  scene = await startScene(deps, {
    postmarkWebhook: {
      secret: 's3cret-part',
      user: 'postmark',
      password: 'pässword',
      receiveReceipts: (events) => {
        if (isDown) return Promise.reject(new Error('ada@customer.example could not be stored'));
        received.push(...events);
        return Promise.resolve();
      },
    },
  });
});

beforeEach(() => {
  received = [];
  isDown = false;
});

after(async () => {
  await scene.stop();
  await ledger.close();
});

const post = (body: string, headers: Record<string, string> = LOGIN, target = TARGET) =>
  send(scene, { method: 'POST', target, body }, { 'content-type': 'application/json', ...headers });

test('an event of the right sender is passed on as it came', async () => {
  assert.equal((await post(JSON.stringify(EVENT))).status, 200);
  assert.deepEqual(received, [EVENT]);
});

test('a wrong address, user or password is refused before anything is read', async () => {
  const wrong = (text: string) => ({
    authorization: `Basic ${Buffer.from(text).toString('base64')}`,
  });
  const body = JSON.stringify(EVENT);
  for (const answer of [
    await post(body, {}),
    await post(body, wrong('postmark:password')),
    await post(body, wrong('other:pässword')),
    await post(body, LOGIN, '/v1/webhooks/postmark/other'),
  ]) {
    assert.deepEqual([answer.status, answer.code], [401, 'webhook.unauthenticated']);
  }
  assert.deepEqual(received, []);
});

test('what the right sender sends is never answered with a 4xx, however odd', async () => {
  for (const body of [
    '',
    '{',
    '"text"',
    '[1]',
    'null',
    JSON.stringify({ x: 'y'.repeat(1_100_000) }),
  ]) {
    assert.equal((await post(body)).status, 200, body.slice(0, 20));
  }
  assert.equal((await post('{}', { ...LOGIN, 'content-encoding': 'gzip' })).status, 200);
  assert.equal((await post('{}', { ...LOGIN, 'content-type': 'text/plain' })).status, 200);
  assert.deepEqual(received, [{}]);
  assert.equal(scene.log.filter((line) => line.includes('webhook.unreadable')).length, 7);
});

test('an event that cannot be stored is asked for again, and leaves no address behind', async () => {
  isDown = true;
  const { status, code } = await post(JSON.stringify(EVENT));
  assert.deepEqual([status, code], [503, 'webhook.not_stored']);
  const log = scene.log.join('');
  assert.equal(log.includes('customer.example'), false);
  assert.equal(log.includes('s3cret-part'), false);
});
