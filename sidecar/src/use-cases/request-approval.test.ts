import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openPasskeys } from '../adapters/passkeys/open-passkeys.ts';
import { makeSoftwarePasskey } from '../adapters/passkeys/software-passkey.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { isCoded } from '../domain/coded-error.ts';
import { canonicalHash } from '../domain/evidence/canonical-json.ts';
import {
  arrangeIncident,
  auditEvidence,
  enrolPerson,
  INCIDENT,
  OPERATOR,
  scenePlan,
  setScene,
  wordPressUser,
  type Scene,
} from './approval-scene.ts';
import { decideIdentity } from './decide-identity.ts';
import { countingIds, fixedClock, seededRandomness } from './ports/fixed.ts';
import type { requireFrozenAudience } from './read-audience.ts';
import { readCurrentManifest, readManifest } from './read-manifest.ts';
import { readStepFacts } from './read-step-facts.ts';
import { requestApproval } from './request-approval.ts';
import { undoIdentityDecision } from './undo-identity-decision.ts';

const ORIGIN = 'http://localhost:4711';
const clock = fixedClock();
let ledger: OpenLedger;
let deps: ReturnType<typeof makeDeps>;
let by: Scene;

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

async function enrol(...emails: string[]): Promise<void> {
  for (const email of emails) {
    await enrolPerson(deps, { email, passkey: makeSoftwarePasskey({ origin: ORIGIN }) });
  }
}

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => isCoded(error, code);
}

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', clock });
  deps = makeDeps();
  by = {
    scopeBy: wordPressUser(deps.vault, 'sam@shop.example'),
    audienceBy: wordPressUser(deps.vault, 'alex@shop.example'),
    noticeBy: wordPressUser(deps.vault, 'noor@shop.example'),
  };
});

afterEach(async () => {
  await ledger.close();
});

test('the manifest says what was frozen, and everybody with a hand in it is a preparer', async () => {
  await arrangeIncident(deps, by, { reachable: 3, unreachable: 1 });
  await enrol('ada@shop.example', 'bo@shop.example');
  const asking = wordPressUser(deps.vault, 'mara@shop.example');
  const manifest = await requestApproval(deps, asking, { incidentId: INCIDENT });
  assert.equal(manifest.state, 'open');
  assert.equal(manifest.hash, canonicalHash(manifest.body));
  assert.equal(
    manifest.code,
    `${manifest.hash.slice(0, 4)} ${manifest.hash.slice(4, 8)}`.toUpperCase(),
  );
  assert.equal(manifest.from, 'Shop <notices@shop.example>');
  assert.equal(manifest.prepared_by, 'mara');
  assert.equal(manifest.console_url, `${ORIGIN}/console/manifests/${manifest.id}`);
  assert.equal(manifest.body.expires_at, '2026-11-24T12:00:00.000Z');
  assert.match(manifest.sentence, /to 3 people by e-mail .*; 1 person has no usable address\.$/);
  assert.deepEqual(manifest.can_approve, ['ada', 'bo']);
  const row = await ledger.tables
    .selectFrom('manifests')
    .select('preparers_json')
    .executeTakeFirstOrThrow();
  const subjects = [asking, by.scopeBy, by.audienceBy, by.noticeBy].map((one) => one.subject);
  assert.deepEqual(JSON.parse(row.preparers_json), subjects.sort());
  assert.deepEqual(await readCurrentManifest(deps, INCIDENT), manifest);
  assert.deepEqual(await auditEvidence(deps), []);
});

test('who decided, or took back, who is one human may not approve', async () => {
  await arrangeIncident(deps, by);
  await enrol('ada@shop.example', 'bo@shop.example', 'cleo@shop.example', 'dan@shop.example');
  const people = ['a', 'b'].map((digit) => digit.repeat(32));
  await ledger.tables
    .insertInto('people_keys')
    .values(
      people.map((id, number) => ({
        audience_id: 'aud_0000000000scene1',
        person_key: new Uint8Array(Buffer.from(id, 'hex')),
        number,
      })),
    )
    .execute();
  const [ada, bo] = ['ada@shop.example', 'bo@shop.example'].map((email) =>
    wordPressUser(deps.vault, email),
  );
  assert.ok(ada !== undefined && bo !== undefined);
  const { id } = await decideIdentity(deps, ada, {
    incidentId: INCIDENT,
    draft: { kind: 'merge', people, reason: 'One human.' },
  });
  await undoIdentityDecision(deps, bo, { decisionId: id });
  const manifest = await requestApproval(deps, by.scopeBy, { incidentId: INCIDENT });
  assert.deepEqual(manifest.can_approve, ['cleo', 'dan']);
  assert.deepEqual(await auditEvidence(deps), []);
});

test('asking again makes the open manifest void', async () => {
  await arrangeIncident(deps, by);
  await enrol('ada@shop.example', 'bo@shop.example');
  const before = await requestApproval(deps, by.scopeBy, { incidentId: INCIDENT });
  const after = await requestApproval(deps, by.scopeBy, { incidentId: INCIDENT });
  const old = await readManifest(deps, before.id);
  assert.equal(old.state, 'void');
  assert.equal(old.void_reason, 'A newer request for approval took its place.');
  assert.notEqual(after.hash, before.hash);
  assert.equal((await readCurrentManifest(deps, INCIDENT))?.id, after.id);
  assert.deepEqual(await auditEvidence(deps), []);
});

test('a drill is planned for the drill sink', async () => {
  await arrangeIncident(deps, by, { drill: true });
  await enrol('ada@shop.example', 'bo@shop.example');
  const { body } = await requestApproval(deps, by.scopeBy, { incidentId: INCIDENT });
  assert.equal(body.plan.provider, 'drill');
  assert.equal(body.drill, true);
});

test('an unknown incident is not found', async () => {
  await assert.rejects(
    requestApproval(deps, by.scopeBy, { incidentId: INCIDENT }),
    refusedWith('incident.not_found'),
  );
});

test('an incident that is not confirmed is refused', async () => {
  await arrangeIncident(deps, by);
  await ledger.tables.updateTable('incidents').set({ state: 'suspected' }).execute();
  await assert.rejects(
    requestApproval(deps, by.scopeBy, { incidentId: INCIDENT }),
    refusedWith('approval.incident_not_confirmed'),
  );
});

test('an audience that is still counted or failed is refused', async () => {
  await arrangeIncident(deps, by);
  for (const state of ['resolving', 'failed', 'superseded']) {
    await ledger.tables.updateTable('audiences').set({ state }).execute();
    await assert.rejects(
      requestApproval(deps, by.scopeBy, { incidentId: INCIDENT }),
      refusedWith('approval.nothing_frozen'),
    );
  }
});

for (const newer of ['failed', 'resolving']) {
  test(`a newer audience that is ${newer} does not hide the frozen one of the scope`, async () => {
    await arrangeIncident(deps, by);
    await enrol('ada@shop.example', 'bo@shop.example');
    const frozen = await ledger.tables
      .selectFrom('audiences')
      .selectAll()
      .executeTakeFirstOrThrow();
    await addAudience(frozen, newer);
    const step = await stepFacts();
    assert.deepEqual(
      [step?.audience, step?.audienceIsStale, step?.reachable],
      ['frozen', false, 3],
    );
    const manifest = await requestApproval(deps, by.scopeBy, { incidentId: INCIDENT });
    assert.equal(manifest.body.audience.id, frozen.id);

    await ledger.transaction((writer) =>
      setScene(writer, { now: clock.now().toISOString(), by, version: 2 }),
    );
    assert.equal((await stepFacts())?.audience, newer);
    await assert.rejects(
      requestApproval(deps, by.scopeBy, { incidentId: INCIDENT }),
      refusedWith('approval.audience_stale'),
    );
  });
}

async function addAudience(
  frozen: Awaited<ReturnType<typeof requireFrozenAudience>>,
  state: string,
): Promise<void> {
  await ledger.tables
    .insertInto('audiences')
    .values({
      ...frozen,
      id: 'aud_0000000000scene2',
      state,
      root: null,
      counts_json: null,
      frozen_at: null,
      requested_at: new Date(clock.now().getTime() + 1_000).toISOString(),
    })
    .execute();
}

async function stepFacts() {
  const facts = await readStepFacts(ledger.tables, [{ id: INCIDENT, state: 'confirmed' }]);
  return facts.get(INCIDENT);
}

test('a scope changed after freezing is refused', async () => {
  await arrangeIncident(deps, by);
  await ledger.transaction((writer) =>
    setScene(writer, { now: clock.now().toISOString(), by, version: 2 }),
  );
  await assert.rejects(
    requestApproval(deps, by.scopeBy, { incidentId: INCIDENT }),
    refusedWith('approval.audience_stale'),
  );
});

test('nobody to reach is refused', async () => {
  await arrangeIncident(deps, by, { reachable: 0, unreachable: 2 });
  await assert.rejects(
    requestApproval(deps, by.scopeBy, { incidentId: INCIDENT }),
    refusedWith('approval.nobody_reachable'),
  );
});

test('no notice is refused', async () => {
  await arrangeIncident(deps, by);
  await ledger.tables.deleteFrom('notices').execute();
  await assert.rejects(
    requestApproval(deps, by.scopeBy, { incidentId: INCIDENT }),
    refusedWith('approval.no_notice'),
  );
});

test('too few approvers who did not prepare it are refused, with the way to invite', async () => {
  await arrangeIncident(deps, by);
  await enrol('ada@shop.example', 'sam@shop.example', 'noor@shop.example');
  await assert.rejects(requestApproval(deps, by.scopeBy, { incidentId: INCIDENT }), (error) => {
    assert.ok(isCoded(error, 'approval.too_few_approvers'));
    assert.match(error.message, /1 of 2 approvers/);
    assert.match(error.detail ?? '', /tocsin approver invite/);
    return true;
  });
});

test('the operator alone is nobody to be kept apart from the approvers', async () => {
  const operator = { scopeBy: OPERATOR, audienceBy: OPERATOR, noticeBy: OPERATOR };
  await arrangeIncident(deps, operator);
  await enrol('ada@shop.example', 'bo@shop.example');
  await assert.rejects(
    requestApproval(deps, OPERATOR, { incidentId: INCIDENT }),
    refusedWith('approval.no_preparer_known'),
  );
});
