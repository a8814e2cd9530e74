import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { Notice, NoticePreview, Scope, Template } from '../contract/index.ts';
import { isCoded } from '../domain/coded-error.ts';
import { compileStoredNotice } from '../domain/notice/stored-notice.ts';
import { changeIncident } from './change-incident.ts';
import { checkTemplates } from './check-templates.ts';
import { declareIncident } from './declare-incident.ts';
import { draftOf, PREPARER, readLog, sceneOf, TEMPLATES } from './incident-scene.ts';
import { listTemplates } from './list-templates.ts';
import { moveIncident } from './move-incident.ts';
import { fixedClock } from './ports/fixed.ts';
import { previewNotice } from './preview-notice.ts';
import { newestNotice, readNotice } from './read-notice.ts';
import { setNotice } from './set-notice.ts';
import { setScope } from './set-scope.ts';

async function open(t: TestContext) {
  const clock = fixedClock('2026-11-23T12:00:00.000Z');
  const ledger = await openLedger({ file: ':memory:', clock });
  t.after(() => ledger.close());
  const scene = sceneOf({
    ledger,
    clock,
    vault: openVault({ masterKey: new Uint8Array(32).fill(7) }),
  });
  const incident = await declareIncident(
    scene,
    PREPARER,
    draftOf({ occurred_from: '2026-11-20T10:00:00Z' }),
  );
  return { scene, incidentId: incident.id };
}
type Opened = Awaited<ReturnType<typeof open>>;
const draft = (what = 'Jane Example took a copy.') => ({
  template_id: 'leak',
  language: 'en',
  values: { what },
});
const set = ({ scene, incidentId }: Opened, what?: string) =>
  setNotice(scene, PREPARER, { incidentId, draft: draft(what) });

async function putManifest({ scene, incidentId }: Opened): Promise<void> {
  const at = scene.clock.now().toISOString();
  await scene.ledger.tables
    .insertInto('manifests')
    .values({
      id: 'man_1',
      incident_id: incidentId,
      audience_id: 'aud_1',
      notice_id: 'not_1',
      hash: 'a'.repeat(64),
      body_json: '{}',
      sentence: 's',
      state: 'open',
      prepared_at: at,
      prepared_by: 'x',
      preparers_json: '[]',
      expires_at: at,
    })
    .execute();
}
const manifestState = async ({ scene }: Opened) =>
  (await scene.ledger.tables.selectFrom('manifests').select('state').executeTakeFirst())?.state;

async function stored({ scene, incidentId }: Opened) {
  const row = await newestNotice(scene.ledger.tables, incidentId);
  assert.ok(row !== undefined);
  return compileStoredNotice({
    templateId: row.template_id,
    language: row.language,
    source: row.template_source,
    values: JSON.parse(row.values_json) as Record<string, string>,
  });
}

test('a broken template is left out of the list and named by the doctor', async () => {
  const { items } = await listTemplates({ templates: TEMPLATES });
  assert.deepEqual(
    items.map(({ id, language }) => `${id}.${language}`),
    ['leak.en'],
  );
  assert.ok(Template.array().safeParse(items).success);
  assert.deepEqual(
    items[0]?.covers.filter(({ covered }) => covered).map(({ item }) => item),
    ['nature_of_breach'],
  );
  const findings = await checkTemplates(TEMPLATES);
  assert.deepEqual(
    findings.map(({ level }) => level),
    ['error', 'warning'],
  );
  assert.match(findings[0]?.sentence ?? '', /leak\.de\.md, line 1/);
  assert.match(findings[1]?.sentence ?? '', /new\.en\.md/);
});

test('a preview shows invented people, also while words are missing, and keeps nothing', async (t) => {
  const opened = await open(t);
  const { scene, incidentId } = opened;
  const preview = await previewNotice(scene, { incidentId, draft: { ...draft(), values: {} } });
  assert.ok(NoticePreview.safeParse(preview).success);
  assert.equal(preview.samples.length, 3);
  assert.match(
    preview.samples[0]?.text ?? '',
    /Hello Alex, this happened on or after 20 November 2026: \[What happened\]/,
  );
  assert.equal(await readNotice(scene, incidentId), null);
  assert.equal((await readLog(scene)).length, 1);
});

test('a notice that was set is kept whole and its log entry holds hashes only', async (t) => {
  const opened = await open(t);
  const notice = await set(opened);
  assert.ok(Notice.safeParse(notice).success);
  assert.deepEqual(notice.values, { what: 'Jane Example took a copy.' });
  assert.deepEqual(
    [notice.set_by, notice.template_blob, notice.template_commit],
    ['Petra Prepares', 'e'.repeat(40), 'c'.repeat(40)],
  );
  const entry = (await readLog(opened.scene)).at(-1);
  assert.ok(entry?.kind === 'notice.set');
  assert.doesNotMatch(entry.text, /jane|example shop/i);
  assert.ok(entry.text.includes(notice.sample_hash));
});

test('samples say what the scope says leaked', async (t) => {
  const opened = await open(t);
  const { scene, incidentId } = opened;
  const scope = Scope.parse({
    preset: 'everyone',
    accounts: {},
    orders: null,
    data_classes: ['payment_card'],
  });
  await setScope(scene, PREPARER, { incidentId, scope });
  assert.match((await set(opened)).sample.text, /payment card number\. Write to/);
});

test('a scope set after the notice renders its samples anew, in the same words', async (t) => {
  const opened = await open(t);
  const before = await set(opened);
  const scope = Scope.parse({
    preset: 'everyone',
    accounts: {},
    orders: null,
    data_classes: ['payment_card'],
  });
  await setScope(opened.scene, PREPARER, { incidentId: opened.incidentId, scope });
  const after = await readNotice(opened.scene, opened.incidentId);
  assert.match(after?.sample.text ?? '', /payment card number\. Write to/);
  assert.notEqual(after?.sample_hash, before.sample_hash);
  assert.deepEqual(after?.values, before.values);
});

test('what is sent is what was approved, whatever happens to the configuration', async (t) => {
  const opened = await open(t);
  const notice = await set(opened);
  opened.scene.shop = { name: 'Renamed', contactEmail: 'other@shop.example', contactPhone: '' };
  const sent = (await stored(opened)).render({
    firstName: 'Alex',
    fullName: 'Alex Morgan',
    dataClasses: ['name', 'email', 'postal_address'],
  });
  assert.deepEqual(sent, {
    subject: notice.sample.subject,
    text: notice.sample.text,
    html: notice.sample.html,
  });
});

test('setting a notice again voids the open manifest and makes a new notice', async (t) => {
  const opened = await open(t);
  const first = await set(opened);
  await putManifest(opened);
  const second = await set(opened, 'Something else.');
  assert.equal(await manifestState(opened), 'void');
  assert.notEqual(second.id, first.id);
  assert.notEqual(second.sample_hash, first.sample_hash);
  assert.equal((await set(opened, 'Something else.')).sample_hash, second.sample_hash);
});

test('when the time of the leak changes, a notice that states it is rendered anew', async (t) => {
  const opened = await open(t);
  const { scene, incidentId } = opened;
  const before = await set(opened);
  await putManifest(opened);
  await changeIncident(scene, PREPARER, {
    incidentId,
    change: { version: 1, occurred_to: '2026-11-21T10:00:00Z' },
  });
  const after = await readNotice(scene, incidentId);
  assert.ok(after !== null);
  assert.match(after.sample.text, /between 20 November 2026 and 21 November 2026/);
  assert.notEqual(after.id, before.id);
  assert.deepEqual(after.values, before.values);
  assert.equal(await manifestState(opened), 'void');
  await changeIncident(scene, PREPARER, {
    incidentId,
    change: { version: 2, occurred_to: '2026-11-21T11:00:00Z' },
  });
  assert.equal(
    (await readNotice(scene, incidentId))?.id,
    after.id,
    'the same day makes the same text',
  );
});

test('a notice is refused when the incident is over, when sending began, and when it cannot be filled in', async (t) => {
  const opened = await open(t);
  const { scene, incidentId } = opened;
  const refusedWith = async (code: string, given: Parameters<typeof setNotice>[2]['draft']) => {
    const before = (await readLog(scene)).length;
    await assert.rejects(setNotice(scene, PREPARER, { incidentId, draft: given }), (error) =>
      isCoded(error, code),
    );
    assert.equal((await readLog(scene)).length, before, 'nothing is recorded of a refusal');
  };
  await refusedWith('notice.value_missing', { ...draft(), values: {} });
  await refusedWith('notice.value_unknown', { ...draft(), values: { what: 'x', more: 'y' } });
  await refusedWith('notice.template_not_found', { ...draft(), template_id: 'other' });
  await refusedWith('notice.template_not_found', { ...draft(), language: 'fr' });
  await refusedWith('notice.front_matter', { ...draft(), language: 'de' });
  const at = scene.clock.now().toISOString();
  await scene.ledger.tables
    .insertInto('dispatches')
    .values({
      id: 'dsp_1',
      manifest_id: 'man_1',
      incident_id: incidentId,
      audience_id: 'aud_1',
      notice_id: 'not_1',
      state: 'stopped',
      drill: 0,
      provider: 'drill',
      planned: 0,
      adds_up: 1,
      started_at: at,
    })
    .execute();
  await refusedWith('notice.already_sent', draft());
  await scene.ledger.tables.deleteFrom('dispatches').execute();
  await moveIncident(scene, PREPARER, { incidentId, to: 'dismissed', reason: 'false alarm' });
  await refusedWith('incident.not_open', draft());
});
