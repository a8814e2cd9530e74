import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { ManifestBody } from '../../contract/manifest.ts';
import { isManifestIntact, manifestCode, sealManifest } from './manifest-hash.ts';
import { isPlanCurrent, makePlan } from './plan.ts';

const settings = {
  provider: 'postmark',
  stream: 'notices',
  from: 'Shop <notices@shop.example>',
  batchSize: 500,
  concurrency: 2,
} as const;
const body: ManifestBody = {
  version: 1,
  manifest_id: 'man_0000000000',
  incident: { id: 'inc_0000000000', reference: 'T-1', title_hash: 'a'.repeat(64) },
  scope_hash: 'b'.repeat(64),
  audience: { id: 'aud_0000000000', root: 'c'.repeat(64), count: 3, reachable: 2, unreachable: 1 },
  notices: [],
  plan: makePlan(settings, false),
  approvals_required: 2,
  prepared_at: '2026-11-23T12:00:00.000Z',
  expires_at: '2026-11-24T12:00:00.000Z',
  drill: false,
};

test('the hash does not depend on the order in which members were written', () => {
  const reversed = Object.fromEntries(Object.entries(body).reverse()) as ManifestBody;
  assert.deepEqual(sealManifest(reversed), sealManifest(body));
});

test('the hash is SHA-256 of the kept text, and any change of it is seen', () => {
  const sealed = sealManifest(body);
  assert.equal(sealed.hash, createHash('sha256').update(sealed.json).digest('hex'));
  assert.equal(isManifestIntact(sealed), true);
  assert.equal(
    isManifestIntact({ ...sealed, json: sealed.json.replace('"count":3', '"count":4') }),
    false,
  );
});

test('the body names the sender without saying it', () => {
  assert.equal(sealManifest(body).json.includes('@'), false);
});

test('the code is the start of the hash in two groups', () => {
  assert.equal(manifestCode('a1b2c3d4' + '0'.repeat(56)), 'A1B2 C3D4');
});

test('a plan is current only while every sending setting is the same', () => {
  assert.equal(isPlanCurrent(body, settings), true);
  assert.equal(isPlanCurrent(body, { ...settings, from: 'x@shop.example' }), false);
  assert.equal(isPlanCurrent(body, { ...settings, stream: 'other' }), false);
  assert.equal(isPlanCurrent(body, { ...settings, batchSize: 499 }), false);
  assert.equal(isPlanCurrent(body, { ...settings, concurrency: 3 }), false);
  assert.equal(isPlanCurrent(body, { ...settings, provider: 'drill' }), false);
});

test("a drill's plan names the drill whatever is configured", () => {
  assert.equal(makePlan(settings, true).provider, 'drill');
});
