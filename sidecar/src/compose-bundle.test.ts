import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Readable } from 'node:stream';
import { makeSampleLog, sampleRows, type SampleLog } from './adapters/evidence-files/sample-log.ts';
import { verifyLog } from './adapters/evidence-files/verify-log.ts';
import { openLedger, type OpenLedger } from './adapters/ledger/open-ledger.ts';
import { makeBundleDownload, sweepBundles } from './compose-bundle.ts';
import { isCoded } from './domain/coded-error.ts';
import { SYSTEM } from './use-cases/ports/acting.ts';
import { fixedClock } from './use-cases/ports/fixed.ts';

let ledger: OpenLedger;
let sample: SampleLog;
let stagingFolder: string;

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', clock: fixedClock() });
  sample = await makeSampleLog();
  await sample.log.append(sampleRows(40));
  stagingFolder = join(sample.home, 'staging');
  await mkdir(stagingFolder);
});

afterEach(async () => {
  await ledger.close();
  await rm(sample.home, { recursive: true });
});

function bundles(change: { ledger?: OpenLedger; flush?: () => Promise<void> } = {}) {
  return makeBundleDownload({
    ledger: change.ledger ?? ledger,
    evidence: { flush: change.flush ?? (() => Promise.resolve()) },
    evidenceFolder: sample.folder,
    stagingFolder,
  });
}

test('the bundle verifies, its file is gone before the first byte is sent, and taking it is recorded', async () => {
  const { body, filename } = await bundles()(SYSTEM);
  assert.equal(filename, 'tocsin-evidence-40.zip');
  assert.deepEqual(await readdir(stagingFolder), []);
  const target = join(sample.home, 'taken.zip');
  await writeFile(target, body);
  const report = await verifyLog({ folder: target, vkey: sample.vkey });
  assert.deepEqual([report.ok, report.size], [true, 40]);
  const kinds = await ledger.tables.selectFrom('evidence_entries').select('kind').execute();
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['bundle.exported'],
  );
});

test('a reader that goes away before the first byte closes the file', async () => {
  const { body } = await bundles()(SYSTEM);
  assert.ok(!(body instanceof Uint8Array));
  const stream = Readable.from(body);
  const closed = new Promise((resolve) => stream.once('close', resolve));
  stream.destroy();
  await closed;
  const next = await body[Symbol.asyncIterator]().next();
  assert.equal(next.done, true);
});

test('a failure leaves no file behind, and the next export works', async () => {
  let isBroken = true;
  const failing: OpenLedger = {
    ...ledger,
    transaction: (work) =>
      isBroken ? Promise.reject(new Error('disk full')) : ledger.transaction(work),
  };
  const download = bundles({ ledger: failing });
  await assert.rejects(download(SYSTEM), /disk full/);
  assert.deepEqual(await readdir(stagingFolder), []);
  isBroken = false;
  for await (const part of (await download(SYSTEM)).body) assert.ok(part);
});

test('a second export meanwhile is refused with a code', async () => {
  const go = Promise.withResolvers<undefined>();
  const download = bundles({ flush: () => go.promise });
  const first = download(SYSTEM);
  await assert.rejects(download(SYSTEM), (error) => isCoded(error, 'evidence.export_busy'));
  go.resolve(undefined);
  for await (const part of (await first).body) assert.ok(part);
});

test('what a process that died left is swept, and nothing else', async () => {
  for (const name of ['bundle-0a.zip', 'bundle-0b.zip.tmp', 'stage-1.sqlite']) {
    await writeFile(join(stagingFolder, name), 'x');
  }
  await sweepBundles(stagingFolder);
  assert.deepEqual(await readdir(stagingFolder), ['stage-1.sqlite']);
});
