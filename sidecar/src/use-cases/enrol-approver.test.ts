import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openPasskeys } from '../adapters/passkeys/open-passkeys.ts';
import { makeSoftwarePasskey } from '../adapters/passkeys/software-passkey.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { isCoded } from '../domain/coded-error.ts';
import { decodeEntry } from '../domain/evidence/entry.ts';
import { enrolPerson, OPERATOR, scenePlan } from './approval-scene.ts';
import { endSession, readSession, SESSION_MS } from './console-session.ts';
import { acceptEnrolment, startEnrolment } from './enrol-approver.ts';
import { inviteApprover } from './invite-approver.ts';
import { listApprovers } from './list-approvers.ts';
import { countingIds, fixedClock, seededRandomness, type FixedClock } from './ports/fixed.ts';
import { removeApprover } from './remove-approver.ts';
import { acceptSignIn, startSignIn } from './sign-in.ts';
import { sweepExpired } from './sweep-expired.ts';
import { viewInvite } from './view-invite.ts';

const ORIGIN = 'http://localhost:4711';
const ADA = { name: 'Ada', email: 'ada@shop.example' };

let clock: FixedClock;
let ledger: OpenLedger;
let deps: ReturnType<typeof makeDeps>;

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

async function invite(input: {
  name: string;
  email: string;
  hoursValid?: number;
}): Promise<string> {
  const { link } = await inviteApprover(deps, OPERATOR, input);
  return link.slice(link.indexOf('=') + 1);
}

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => isCoded(error, code);
}

beforeEach(async () => {
  clock = fixedClock();
  ledger = await openLedger({ file: ':memory:', clock });
  deps = makeDeps();
});

afterEach(async () => {
  await ledger.close();
});

test('an invitation is a link whose secret the ledger does not hold', async () => {
  const { link, expiresAt } = await inviteApprover(deps, OPERATOR, ADA);
  assert.match(link, /^http:\/\/localhost:4711\/console\/enrol#token=[\w-]{43}$/);
  assert.equal(expiresAt, '2026-11-24T12:00:00.000Z');
  const token = link.slice(link.indexOf('=') + 1);
  assert.deepEqual(await viewInvite(deps, { token }), { name: 'Ada', expires_at: expiresAt });
  const rows = await ledger.tables.selectFrom('invites').selectAll().execute();
  assert.equal(JSON.stringify(rows).includes(token), false);
  const [entry] = await ledger.tables.selectFrom('evidence_entries').select('bytes').execute();
  assert.equal(entry && decodeEntry(entry.bytes).kind, 'approver.invited');
});

test('accepting an invitation enrols and signs in, once', async () => {
  const token = await invite(ADA);
  const asked = await startEnrolment(deps, { token });
  const response = makeSoftwarePasskey({ origin: ORIGIN }).create(asked.options);
  const input = { token, challengeId: asked.challenge_id, response };
  const opened = await acceptEnrolment(deps, input);
  assert.equal(opened.session.approver.name, 'Ada');
  assert.equal((await readSession(deps, opened)).session.csrf, opened.session.csrf);
  await assert.rejects(acceptEnrolment(deps, input), refusedWith('invite.used'));
  await assert.rejects(viewInvite(deps, { token }), refusedWith('invite.used'));
  const [approver] = await listApprovers(deps);
  assert.equal(approver?.state, 'enrolled');
  assert.equal(approver.invite_expires_at, null);
});

test('an unknown or late invitation is refused', async () => {
  await assert.rejects(viewInvite(deps, { token: 'x'.repeat(43) }), refusedWith('invite.unknown'));
  const token = await invite({ ...ADA, hoursValid: 1 });
  clock.advance(3_600_000);
  await assert.rejects(startEnrolment(deps, { token }), refusedWith('invite.expired'));
});

test('inviting again replaces the link; one person keeps one record', async () => {
  const before = await invite(ADA);
  const after = await invite({ name: 'Ada L.', email: 'ADA@shop.example' });
  await assert.rejects(viewInvite(deps, { token: before }), refusedWith('invite.unknown'));
  assert.equal((await viewInvite(deps, { token: after })).name, 'Ada L.');
  assert.equal((await listApprovers(deps)).length, 1);
});

test('an enrolled person cannot be invited again until removed', async () => {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  const { approver } = await enrolPerson(deps, { email: ADA.email, passkey });
  await assert.rejects(invite(ADA), refusedWith('approver.already_enrolled'));
  await removeApprover(deps, OPERATOR, { approverId: approver.id });
  await assert.rejects(
    removeApprover(deps, OPERATOR, { approverId: approver.id }),
    refusedWith('approver.not_found'),
  );
  await invite(ADA);
});

test('an invitation with impossible values names them without repeating them', async () => {
  await assert.rejects(invite({ name: '', email: 'nobody', hoursValid: 1000 }), (error) => {
    assert.ok(isCoded(error, 'approver.invite_invalid'));
    assert.match(error.message, /name, email, hoursValid/);
    assert.equal(error.message.includes('nobody'), false);
    return true;
  });
});

test('a passkey made elsewhere, or without verification, does not enrol', async () => {
  for (const wrong of [
    { origin: 'https://shop.example' },
    { rpId: 'shop.example' },
    { userVerified: false },
    { challenge: Buffer.alloc(32).toString('base64url') },
  ]) {
    const token = await invite(ADA);
    const asked = await startEnrolment(deps, { token });
    const response = makeSoftwarePasskey({ origin: ORIGIN }).create(asked.options, wrong);
    await assert.rejects(
      acceptEnrolment(deps, { token, challengeId: asked.challenge_id, response }),
      refusedWith('passkey.refused'),
    );
  }
  assert.deepEqual(await ledger.tables.selectFrom('credentials').selectAll().execute(), []);
});

test('one passkey cannot serve two people, and the browser is told to refuse it', async () => {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  await enrolPerson(deps, { email: ADA.email, passkey });
  const token = await invite({ name: 'Bo', email: 'bo@shop.example' });
  const asked = await startEnrolment(deps, { token });
  assert.deepEqual(asked.options['excludeCredentials'], [{ id: passkey.id, type: 'public-key' }]);
  await assert.rejects(
    acceptEnrolment(deps, {
      token,
      challengeId: asked.challenge_id,
      response: passkey.create(asked.options),
    }),
    refusedWith('approver.passkey_taken'),
  );
});

test('only ES256 and RS256 with verification and a findable passkey are asked for', async () => {
  const { options } = await startEnrolment(deps, { token: await invite(ADA) });
  assert.deepEqual(options['pubKeyCredParams'], [
    { alg: -7, type: 'public-key' },
    { alg: -257, type: 'public-key' },
  ]);
  assert.equal(options['attestation'], 'none');
  const selection = options['authenticatorSelection'] as Record<string, unknown>;
  assert.equal(selection['userVerification'], 'required');
  assert.equal(selection['residentKey'], 'required');
});

test('signs in with an enrolled passkey, for eight hours', async () => {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  await enrolPerson(deps, { email: ADA.email, passkey });
  const asked = await startSignIn(deps);
  assert.deepEqual(asked.options['allowCredentials'], []);
  const input = { challengeId: asked.challenge_id, response: passkey.get(asked.options) };
  const opened = await acceptSignIn(deps, input);
  assert.equal((await readSession(deps, opened)).approver.name, 'ada');
  await assert.rejects(acceptSignIn(deps, input), refusedWith('passkey.challenge_unusable'));
  clock.advance(SESSION_MS - 1);
  await readSession(deps, opened);
  clock.advance(1);
  await assert.rejects(readSession(deps, opened), refusedWith('console.not_signed_in'));
});

test('signing out and removal end a session at once', async () => {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  const { approver } = await enrolPerson(deps, { email: ADA.email, passkey });
  const open = async () => {
    const asked = await startSignIn(deps);
    return acceptSignIn(deps, {
      challengeId: asked.challenge_id,
      response: passkey.get(asked.options),
    });
  };
  const first = await open();
  const second = await open();
  await endSession(deps, first);
  await assert.rejects(readSession(deps, first), refusedWith('console.not_signed_in'));
  await readSession(deps, second);
  await removeApprover(deps, OPERATOR, { approverId: approver.id });
  await assert.rejects(readSession(deps, second), refusedWith('console.not_signed_in'));
  await assert.rejects(open(), refusedWith('passkey.unknown'));
});

test('a copied passkey, whose counter lags behind, does not sign in', async () => {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  await enrolPerson(deps, { email: ADA.email, passkey });
  const asked = await startSignIn(deps);
  await assert.rejects(
    acceptSignIn(deps, {
      challengeId: asked.challenge_id,
      response: passkey.get(asked.options, { counter: 1 }),
    }),
    refusedWith('passkey.refused'),
  );
});

test('a passkey without a counter signs in again and again', async () => {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  const token = await invite(ADA);
  const enrol = await startEnrolment(deps, { token });
  const response = passkey.create(enrol.options, { counter: 0 });
  await acceptEnrolment(deps, { token, challengeId: enrol.challenge_id, response });
  for (let i = 0; i < 3; i += 1) {
    const asked = await startSignIn(deps);
    await acceptSignIn(deps, {
      challengeId: asked.challenge_id,
      response: passkey.get(asked.options, { counter: 0 }),
    });
  }
});

test('the sweeper forgets what is over and nothing else', async () => {
  const passkey = makeSoftwarePasskey({ origin: ORIGIN });
  await enrolPerson(deps, { email: ADA.email, passkey });
  await startSignIn(deps);
  await ledger.tables
    .insertInto('replays')
    .values({ id: 'plugin:1', seen_at: clock.now().toISOString() })
    .execute();
  assert.deepEqual(await sweepExpired(deps), { challenges: 0, sessions: 0, replays: 0 });
  clock.advance(10 * 60_000);
  assert.deepEqual(await sweepExpired(deps), { challenges: 2, sessions: 0, replays: 1 });
  clock.advance(SESSION_MS);
  assert.deepEqual(await sweepExpired(deps), { challenges: 0, sessions: 1, replays: 0 });
});
