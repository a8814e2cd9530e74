import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, test } from 'node:test';
import { openEvidenceLog, type EvidenceLog } from '../adapters/evidence-files/evidence-log.ts';
import { openFolderFiles, type FolderFiles } from '../adapters/evidence-files/folder-files.ts';
import { readEntries } from '../adapters/evidence-files/read-entries.ts';
import {
  makeSampleLog,
  sampleRows,
  type SampleLog,
} from '../adapters/evidence-files/sample-log.ts';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { isCoded } from '../domain/coded-error.ts';
import { EvidenceError } from '../domain/evidence/errors.ts';
import { SAMPLE_ORIGIN } from '../domain/evidence/sample-story.ts';
import { fixedClock } from '../use-cases/ports/fixed.ts';
import { SYSTEM } from '../use-cases/ports/acting.ts';
import { makeEvidenceIntegrator } from './evidence-integrator.ts';

let ledger: OpenLedger;
let sample: SampleLog;
let isDiskFull = false;

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', clock: fixedClock() });
  sample = await makeSampleLog();
  isDiskFull = false;
});

afterEach(async () => {
  await ledger.close();
  await rm(sample.home, { recursive: true });
});

async function recordEntries(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await ledger.transaction((writer) =>
      writer.record({
        kind: 'people.viewed',
        acting: SYSTEM,
        incidentId: null,
        data: { of: 'aud_1', count: i, purpose: 'support' },
      }),
    );
  }
}

const fullWhenAsked = (files: FolderFiles): FolderFiles => ({
  ...files,
  stage: (path, bytes) =>
    isDiskFull
      ? Promise.reject(new EvidenceError('evidence.io', "couldn't write: no space left"))
      : files.stage(path, bytes),
});

function openAgain(): Promise<EvidenceLog> {
  const { folder, signingKeyFile } = sample;
  const files = fullWhenAsked(openFolderFiles(folder));
  return openEvidenceLog({ folder, origin: SAMPLE_ORIGIN, signingKeyFile, files });
}

async function integratorOf(lost?: AbortSignal) {
  return makeEvidenceIntegrator({
    ledger,
    log: await openAgain(),
    open: openAgain,
    readStored: (from, to) => readEntries(sample.folder, from, to),
    ...(lost === undefined ? {} : { lost }),
  });
}

test('a ledger older than the log is refused, and nothing of it counts as signed', async () => {
  await sample.log.append(sampleRows(20));
  await recordEntries(5);
  const evidence = await integratorOf();
  await assert.rejects(evidence.flush(), (error) => isCoded(error, 'evidence.ledger_older'));
  assert.equal(await evidence.waiting(), 5);
  assert.equal(evidence.log().head().size, 20);
});

test('a restored ledger that went on by itself is refused, and nothing of it counts as signed', async () => {
  await sample.log.append(sampleRows(20));
  await recordEntries(30);
  const evidence = await integratorOf();
  await assert.rejects(evidence.flush(), (error) => isCoded(error, 'evidence.mismatch'));
  await assert.rejects(evidence.flush(), (error) => isCoded(error, 'evidence.mismatch'));
  assert.equal(await evidence.waiting(), 30);
  assert.equal(evidence.log().head().size, 20);
});

test('a newest entry that was changed in the ledger is found although it counts as signed', async () => {
  await recordEntries(15);
  await (await integratorOf()).flush();
  await ledger.tables
    .updateTable('evidence_entries')
    .set({ bytes: Buffer.from('{}') })
    .where('seq', '=', 7)
    .execute();
  const again = await integratorOf();
  await assert.rejects(again.flush(), (error) => isCoded(error, 'evidence.mismatch'));
});

test('entries that are in the log but not marked, as after a crash, are marked and not appended twice', async () => {
  await recordEntries(30);
  await (await integratorOf()).flush();
  await ledger.tables.updateTable('evidence_entries').set({ integrated: 0 }).execute();
  const again = await integratorOf();
  await again.flush();
  assert.equal(await again.waiting(), 0);
  assert.equal(again.log().head().size, 30);
});

test('a disk that was full and is mended is written again without a restart', async () => {
  const evidence = await integratorOf();
  await recordEntries(3);
  await evidence.flush();
  isDiskFull = true;
  await recordEntries(2);
  await assert.rejects(evidence.flush(), (error) => isCoded(error, 'evidence.io'));
  await assert.rejects(evidence.flush(), (error) => isCoded(error, 'evidence.io'));
  const before = evidence.log();
  isDiskFull = false;
  await evidence.flush();
  assert.equal(await evidence.waiting(), 0);
  assert.equal(evidence.log().head().size, 5);
  assert.notEqual(evidence.log(), before);
});

test('nothing is appended after the lease was lost', async () => {
  const lost = new AbortController();
  const evidence = await integratorOf(lost.signal);
  await recordEntries(2);
  lost.abort();
  await assert.rejects(evidence.flush(), (error) => isCoded(error, 'evidence.lease_lost'));
  assert.equal(evidence.log().head().size, 0);
});
