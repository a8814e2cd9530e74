import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rm } from 'node:fs/promises';
import { makeSampleLog } from './adapters/evidence-files/sample-log.ts';
import { openLedger } from './adapters/ledger/open-ledger.ts';
import { openStorePool } from './adapters/store-database/store-pool.ts';
import { readiness } from './compose-readiness.ts';
import { makeEvidenceIntegrator } from './runner/evidence-integrator.ts';
import { fixedClock } from './use-cases/ports/fixed.ts';

test('a ledger that cannot be read is said of what rests on it, and nothing is thrown', async (t) => {
  const sample = await makeSampleLog();
  t.after(() => rm(sample.home, { recursive: true }));
  const ledger = await openLedger({ file: ':memory:', clock: fixedClock() });
  const pool = openStorePool({
    host: '127.0.0.1',
    port: 1,
    user: 'reader',
    password: '',
    database: 'shop',
    statementTimeoutMs: 1_000,
  });
  const evidence = makeEvidenceIntegrator({ ledger, log: sample.log });
  const parts = { ledger, pool, evidence };
  const states = async (): Promise<unknown> =>
    (await readiness(parts)).map(({ name, ok }) => [name, ok]);
  assert.deepEqual(await states(), [
    ['ledger', true],
    ['store_database', false],
    ['evidence_log', true],
  ]);
  await ledger.close();
  assert.deepEqual(await states(), [
    ['ledger', false],
    ['store_database', false],
    ['evidence_log', false],
  ]);
  await pool.close();
});
