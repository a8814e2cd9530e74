import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isCoded } from '../../domain/coded-error.ts';
import { SYSTEM } from '../../use-cases/ports/acting.ts';
import { fixedClock } from '../../use-cases/ports/fixed.ts';
import type { EvidenceRecord } from '../../use-cases/ports/ledger.ts';
import { openLedger } from './open-ledger.ts';

const viewed = (count: number): EvidenceRecord => ({
  kind: 'people.viewed',
  acting: SYSTEM,
  incidentId: null,
  data: { of: 'aud_1', count, purpose: 'list' },
});

test('numbers entries without gaps, also when a transaction is undone', async () => {
  const ledger = await openLedger({ file: ':memory:', clock: fixedClock() });
  assert.equal(await ledger.transaction((writer) => writer.record(viewed(1))), 0);
  await assert.rejects(
    ledger.transaction(async (writer) => {
      await writer.record(viewed(2));
      throw new Error('undone');
    }),
    /undone/,
  );
  assert.equal(await ledger.transaction((writer) => writer.record(viewed(3))), 1);
  const rows = await ledger.tables.selectFrom('evidence_entries').select(['seq']).execute();
  assert.deepEqual(
    rows.map((row) => row.seq),
    [0, 1],
  );
  await ledger.close();
});

test('a refused entry undoes the change it belongs to', async () => {
  const ledger = await openLedger({ file: ':memory:', clock: fixedClock() });
  await assert.rejects(
    ledger.transaction(async (writer) => {
      await writer.tables.insertInto('settings').values({ key: 'x', value: '1' }).execute();
      await writer.record({
        kind: 'people.viewed',
        acting: SYSTEM,
        incidentId: null,
        data: { of: 'aud_1', count: 1, purpose: 'someone@example.com' },
      });
    }),
  );
  const row = await ledger.tables
    .selectFrom('settings')
    .selectAll()
    .where('key', '=', 'x')
    .execute();
  assert.equal(row.length, 0);
  await ledger.close();
});

test('times in the log never run backwards when the clock does', async () => {
  const clock = fixedClock('2026-11-23T12:00:00.000Z');
  const ledger = await openLedger({ file: ':memory:', clock });
  await ledger.transaction((writer) => writer.record(viewed(1)));
  clock.advance(-5_000);
  await ledger.transaction((writer) => writer.record(viewed(2)));
  const rows = await ledger.tables.selectFrom('evidence_entries').select('at').execute();
  assert.deepEqual(
    rows.map((row) => row.at),
    ['2026-11-23T12:00:00.000Z', '2026-11-23T12:00:00.000Z'],
  );
  await ledger.close();
});

test('keeps everything over a restart and refuses a schema from the future', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-ledger-'));
  const file = join(folder, 'ledger.sqlite');
  const first = await openLedger({ file, clock: fixedClock() });
  await first.transaction((writer) => writer.record(viewed(7)));
  await first.close();
  const second = await openLedger({ file, clock: fixedClock() });
  assert.equal(
    (await second.tables.selectFrom('evidence_entries').selectAll().execute()).length,
    1,
  );
  await second.tables
    .updateTable('settings')
    .set({ value: '999' })
    .where('key', '=', 'schema_version')
    .execute();
  await second.close();
  await assert.rejects(openLedger({ file, clock: fixedClock() }), (error) =>
    isCoded(error, 'ledger.newer_schema'),
  );
  rmSync(folder, { recursive: true });
});

test('two writers on one file wait for each other instead of failing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-ledger-'));
  const file = join(folder, 'ledger.sqlite');
  const one = await openLedger({ file, clock: fixedClock() });
  const two = await openLedger({ file, clock: fixedClock() });
  for (let i = 0; i < 20; i += 1) {
    await one.transaction((writer) => writer.record(viewed(i)));
    await two.transaction((writer) => writer.record(viewed(i)));
  }
  const rows = await one.tables
    .selectFrom('evidence_entries')
    .select('seq')
    .orderBy('seq')
    .execute();
  assert.deepEqual(
    rows.map((row) => row.seq),
    Array.from({ length: 40 }, (_, i) => i),
  );
  await one.close();
  await two.close();
  rmSync(folder, { recursive: true });
});
