import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openPasskeys } from '../adapters/passkeys/open-passkeys.ts';
import {
  makeSoftwarePasskey,
  type SoftwareAnswer,
  type SoftwarePasskey,
} from '../adapters/passkeys/software-passkey.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { isCoded } from '../domain/coded-error.ts';
import {
  approveWith,
  arrangeIncident,
  auditEvidence,
  enrolPerson,
  INCIDENT,
  OPERATOR,
  scenePlan,
  setScene,
  wordPressUser,
} from './approval-scene.ts';
import { acceptApproval, startApproval } from './approve-manifest.ts';
import type { SignedIn } from './console-session.ts';
import { expireManifests } from './expire-manifests.ts';
import { countingIds, fixedClock, seededRandomness, type FixedClock } from './ports/fixed.ts';
import { readApprovalPage } from './read-approval-page.ts';
import { readManifest } from './read-manifest.ts';
import { removeApprover } from './remove-approver.ts';
import { requestApproval } from './request-approval.ts';
import { voidOpenManifest } from './void-open-manifest.ts';
import { withdrawManifest } from './withdraw-manifest.ts';

const ORIGIN = 'http://localhost:4711';
const PREPARER = 'mara@shop.example';

let clock: FixedClock;
let ledger: OpenLedger;
let deps: ReturnType<typeof makeDeps>;
let first: { signedIn: SignedIn; passkey: SoftwarePasskey };
let second: { signedIn: SignedIn; passkey: SoftwarePasskey };
let manifestId: string;

function makeDeps() {
  return {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    plan: scenePlan(ORIGIN),
    passkeys: openPasskeys({ rpName: 'Tocsin', rpId: 'localhost', origin: ORIGIN }),
  };
}

async function enrol(email: string): Promise<typeof first> {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  return { passkey, signedIn: await enrolPerson(deps, { email, passkey }) };
}

async function countDispatches(): Promise<number> {
  const rows = await ledger.tables.selectFrom('dispatches').select('id').execute();
  return rows.length;
}

beforeEach(async () => {
  clock = fixedClock();
  ledger = await openLedger({ file: ':memory:', clock });
  deps = makeDeps();
  const preparer = wordPressUser(deps.vault, PREPARER);
  await arrangeIncident(deps, { scopeBy: preparer, audienceBy: preparer, noticeBy: preparer });
  first = await enrol('ada@shop.example');
  second = await enrol('bo@shop.example');
  ({ id: manifestId } = await requestApproval(deps, preparer, { incidentId: INCIDENT }));
});

afterEach(async () => {
  // Whatever a test did: what was recorded must stand before an auditor. A dispatch that is still open is no finding.
  assert.deepEqual(await auditEvidence(deps), []);
  await ledger.close();
});

test('two approvals start one dispatch for exactly the frozen people', async () => {
  const page = await approveWith(deps, { ...first, manifestId });
  assert.equal(page.manifest.state, 'open');
  assert.equal(page.dispatch, null);
  assert.equal(page.refusal?.code, 'approval.already_approved');
  assert.deepEqual(page.manifest.can_approve, ['bo']);
  const done = await approveWith(deps, { ...second, manifestId });
  assert.equal(done.manifest.state, 'approved');
  assert.deepEqual(
    done.manifest.approvals.map((approval) => approval.approver_name),
    ['ada', 'bo'],
  );
  assert.equal(done.dispatch?.counts.planned, 4);
  assert.equal(done.dispatch.counts.pending, 3);
  assert.equal(done.dispatch.counts.suppressed, 1);
  assert.equal(await countDispatches(), 1);
});

test('approvals at the same moment start one dispatch', async () => {
  const third = await enrol('cy@shop.example');
  const people = [first, second, third];
  const results = await Promise.allSettled(
    people.map((person) => approveWith(deps, { ...person, manifestId })),
  );
  assert.equal(results.filter((result) => result.status === 'fulfilled').length, 2);
  const refused = results.find((result) => result.status === 'rejected');
  assert.ok(isCoded(refused?.reason, 'approval.manifest_not_open'));
  assert.equal(await countDispatches(), 1);
});

test('the same person cannot approve twice', async () => {
  await approveWith(deps, { ...first, manifestId });
  await assert.rejects(approveWith(deps, { ...first, manifestId }), (error) =>
    isCoded(error, 'approval.already_approved'),
  );
  assert.equal(await countDispatches(), 0);
});

test('whoever prepared cannot approve, and the page says why', async () => {
  const preparer = await enrol(`  ${PREPARER.toUpperCase()} `.trim());
  const page = await readApprovalPage(deps, preparer.signedIn, { manifestId });
  assert.equal(page.refusal?.code, 'approval.preparer_cannot_approve');
  await assert.rejects(approveWith(deps, { ...preparer, manifestId }), (error) =>
    isCoded(error, 'approval.preparer_cannot_approve'),
  );
});

const wrongAnswers: [string, SoftwareAnswer][] = [
  ['another origin', { origin: 'http://localhost:4712' }],
  ['another relying party', { rpId: 'shop.example' }],
  ['a user who was not verified', { userVerified: false }],
  ['a user who was not present', { userPresent: false }],
  ['a page inside another site', { crossOrigin: true }],
  ['another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
  ['a counter that did not grow', { counter: 1 }],
];
for (const [name, wrong] of wrongAnswers) {
  test(`an answer from ${name} does not count`, async () => {
    const { signedIn, passkey } = first;
    const asked = await startApproval(deps, signedIn, { manifestId });
    const input = { manifestId, challengeId: asked.challenge_id };
    const response = passkey.get(asked.options, wrong);
    await assert.rejects(acceptApproval(deps, signedIn, { ...input, response }), (error) =>
      isCoded(error, 'passkey.refused'),
    );
    const right = passkey.get(asked.options);
    await assert.rejects(
      acceptApproval(deps, signedIn, { ...input, response: right }),
      (error) => isCoded(error, 'passkey.challenge_unusable'),
      'a question is used up by a wrong answer',
    );
    assert.equal((await readManifest(deps, manifestId)).approvals.length, 0);
  });
}

test('an answer sent again does not count', async () => {
  const { signedIn, passkey } = first;
  const asked = await startApproval(deps, signedIn, { manifestId });
  const input = {
    manifestId,
    challengeId: asked.challenge_id,
    response: passkey.get(asked.options),
  };
  await acceptApproval(deps, signedIn, input);
  await assert.rejects(acceptApproval(deps, signedIn, input), (error) =>
    isCoded(error, 'passkey.challenge_unusable'),
  );
});

test('an answer after five minutes does not count', async () => {
  const { signedIn, passkey } = first;
  const asked = await startApproval(deps, signedIn, { manifestId });
  clock.advance(5 * 60_000);
  const response = passkey.get(asked.options);
  await assert.rejects(
    acceptApproval(deps, signedIn, { manifestId, challengeId: asked.challenge_id, response }),
    (error) => isCoded(error, 'passkey.challenge_unusable'),
  );
});

test('an answer to the question of another manifest does not count', async () => {
  const { signedIn, passkey } = first;
  const asked = await startApproval(deps, signedIn, { manifestId });
  const preparer = wordPressUser(deps.vault, PREPARER);
  const next = await requestApproval(deps, preparer, { incidentId: INCIDENT });
  const response = passkey.get(asked.options);
  const input = { challengeId: asked.challenge_id, response };
  await assert.rejects(acceptApproval(deps, signedIn, { ...input, manifestId: next.id }), (error) =>
    isCoded(error, 'passkey.challenge_unusable'),
  );
  assert.equal((await readManifest(deps, manifestId)).state, 'void');
  const again = await startApproval(deps, signedIn, { manifestId: next.id });
  await assert.rejects(
    acceptApproval(deps, signedIn, {
      manifestId: next.id,
      challengeId: again.challenge_id,
      response,
    }),
    (error) => isCoded(error, 'passkey.refused'),
  );
});

test('a manifest changed in the ledger cannot be approved', async () => {
  const { signedIn, passkey } = first;
  const asked = await startApproval(deps, signedIn, { manifestId });
  const response = passkey.get(asked.options);
  await ledger.tables
    .updateTable('manifests')
    .set({ hash: 'f'.repeat(64) })
    .where('id', '=', manifestId)
    .execute();
  await assert.rejects(
    acceptApproval(deps, signedIn, { manifestId, challengeId: asked.challenge_id, response }),
    (error) => isCoded(error, 'passkey.refused'),
  );
  await assert.rejects(startApproval(deps, second.signedIn, { manifestId }), (error) =>
    isCoded(error, 'approval.manifest_damaged'),
  );
});

test("another approver's passkey does not count in my session", async () => {
  const asked = await startApproval(deps, first.signedIn, { manifestId });
  const response = second.passkey.get(asked.options);
  await assert.rejects(
    acceptApproval(deps, first.signedIn, { manifestId, challengeId: asked.challenge_id, response }),
    (error) => isCoded(error, 'passkey.unknown'),
  );
});

test('my question cannot be answered in the session of another approver', async () => {
  const asked = await startApproval(deps, first.signedIn, { manifestId });
  const response = second.passkey.get(asked.options);
  await assert.rejects(
    acceptApproval(deps, second.signedIn, {
      manifestId,
      challengeId: asked.challenge_id,
      response,
    }),
    (error) => isCoded(error, 'passkey.challenge_unusable'),
  );
});

test('a manifest made void between question and answer takes no approval', async () => {
  await approveWith(deps, { ...first, manifestId });
  const asked = await startApproval(deps, second.signedIn, { manifestId });
  const preparer = wordPressUser(deps.vault, PREPARER);
  await ledger.transaction(async (writer) => {
    const now = clock.now();
    const by = { scopeBy: preparer, audienceBy: preparer, noticeBy: preparer };
    await setScene(writer, { now: now.toISOString(), by, version: 2 });
    await voidOpenManifest(writer, {
      incidentId: INCIDENT,
      acting: preparer,
      now,
      reason: 'scope_changed',
    });
  });
  const response = second.passkey.get(asked.options);
  await assert.rejects(
    acceptApproval(deps, second.signedIn, {
      manifestId,
      challengeId: asked.challenge_id,
      response,
    }),
    (error) => isCoded(error, 'approval.manifest_not_open'),
  );
  const manifest = await readManifest(deps, manifestId);
  assert.equal(manifest.void_reason, 'Which data leaked was changed.');
  assert.equal(await countDispatches(), 0);
});

test('an expired manifest takes no approval, before and after the sweeper', async () => {
  await approveWith(deps, { ...first, manifestId });
  clock.advance(24 * 3_600_000);
  assert.equal((await readManifest(deps, manifestId)).state, 'expired');
  await assert.rejects(startApproval(deps, second.signedIn, { manifestId }), (error) =>
    isCoded(error, 'approval.expired'),
  );
  assert.equal(await expireManifests(deps), 1);
  assert.equal(await expireManifests(deps), 0);
  await assert.rejects(startApproval(deps, second.signedIn, { manifestId }), (error) =>
    isCoded(error, 'approval.expired'),
  );
});

test('a withdrawn manifest takes no approval and cannot be withdrawn again', async () => {
  const preparer = wordPressUser(deps.vault, PREPARER);
  const input = { manifestId, reason: 'Wrong language, sorry Ada' };
  const withdrawn = await withdrawManifest(deps, preparer, input);
  assert.equal(withdrawn.state, 'withdrawn');
  assert.equal(withdrawn.void_reason, 'Wrong language, sorry Ada');
  assert.deepEqual(withdrawn.can_approve, []);
  await assert.rejects(withdrawManifest(deps, preparer, input), (error) =>
    isCoded(error, 'approval.manifest_not_open'),
  );
  await assert.rejects(startApproval(deps, first.signedIn, { manifestId }), (error) =>
    isCoded(error, 'approval.manifest_not_open'),
  );
});

test('sending settings changed after preparing need a new manifest', async () => {
  deps = { ...deps, plan: scenePlan(ORIGIN, { from: 'other@shop.example' }) };
  const page = await readApprovalPage(deps, first.signedIn, { manifestId });
  assert.equal(page.refusal?.code, 'approval.plan_changed');
  assert.equal(page.manifest.from, 'another sender than is configured now');
  await assert.rejects(approveWith(deps, { ...first, manifestId }), (error) =>
    isCoded(error, 'approval.plan_changed'),
  );
});

test('removing an approver takes their approval of an open manifest with them', async () => {
  await approveWith(deps, { ...first, manifestId });
  await removeApprover(deps, OPERATOR, { approverId: first.signedIn.approver.id });
  assert.equal((await readManifest(deps, manifestId)).state, 'void');
  await assert.rejects(approveWith(deps, { ...second, manifestId }), (error) =>
    isCoded(error, 'approval.manifest_not_open'),
  );
});
