import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openAudienceStages } from './adapters/audience-stage/open-audience-stages.ts';
import { openVault } from './adapters/vault/open-vault.ts';
import { composersInThread } from './compose-in-thread.ts';
import { classBits } from './domain/audience/held-classes.ts';
import { composersHere } from './use-cases/make-people.ts';
import type { AudienceStage, AudienceStages } from './use-cases/ports/audience-stage.ts';
import type { ComposerInput } from './use-cases/ports/people-composer.ts';

const MASTER_KEY = new Uint8Array(32).fill(7);
const MANY = 1_000_000;
const PEOPLE = 2_500;
const FACTS = {
  order_stores: { orders: 0, hpos_only: 0, legacy_only: 0, both: 0, differing: 0 },
  anonymised_orders: 0,
  anonymised_remains: [],
  unlinked_rows: [],
  unresolved_values: [],
  unread: [],
};

function scene(t: TestContext): { stages: AudienceStages; stage: AudienceStage } {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-composing-'));
  const stages = openAudienceStages({ folder });
  const stage = stages.open();
  t.after(() => {
    stage.close();
    rmSync(folder, { recursive: true });
  });
  for (let number = 0; number < PEOPLE; number += 1) {
    const key = (number * 104_729).toString(16).padStart(32, '0');
    stage.add([
      {
        owner: key,
        weak: false,
        row: {
          kind: 'order',
          source: 'orders_hpos',
          row: number,
          role: 'buyer',
          via: 'order',
          inScope: number % 10 !== 0,
          listed: false,
          excluded: number % 11 === 0,
          at: 1_000 * number,
          country: 'DE',
          classes: classBits(['name', 'email']),
          emails: [{ key, state: number % 7 === 0 ? 'invalid' : 'valid', exact: '' }],
          userId: 0,
          orderId: number,
          hasPhone: true,
          hasPostal: false,
          values: {
            emails: [`Öne${number}@example.com`],
            firstName: 'Änn',
            lastName: `Lee ${number}`,
            displayName: '',
            phone: `+49 30 ${number}`,
            postal: {
              company: '',
              line1: '',
              line2: '',
              city: '',
              state: '',
              postcode: '',
              country: 'DE',
            },
            book: null,
          },
        },
      },
    ]);
  }
  for (const _step of stage.settle());
  for (const _step of stage.sort());
  return { stages, stage };
}

function inputOf(rows: number): ComposerInput {
  return {
    wrappedKey: openVault({ masterKey: MASTER_KEY }).createKey(),
    basis: {
      authoritative: 'orders_hpos',
      asked: classBits(['name', 'email']),
      wantsStaff: false,
      bounced: new Set([(104_729).toString(16).padStart(32, '0')]),
    },
    named: [(3 * 104_729).toString(16).padStart(32, '0')],
    rows,
  };
}

test('people made in a thread of their own are the people made here', async (t) => {
  const { stages, stage } = scene(t);
  const vault = openVault({ masterKey: MASTER_KEY });
  const input = inputOf(MANY);
  const here = composersHere(vault, stages).open(input);
  const there = composersInThread(MASTER_KEY, { vault, stages }).open(input);
  t.after(() => there.close());
  const expected = [];
  for (const batch of stage.batches()) expected.push(await here.compose(batch));
  const found = await Promise.all([...stage.batches()].map((batch) => there.compose(batch)));
  assert.ok(found.length > 1);
  assert.deepEqual(found, expected);
  assert.equal(found.at(-1)?.first, (found[0]?.ends.length ?? 0) + (found[1]?.ends.length ?? 0));
  assert.equal(found.flatMap(({ met }) => met).length, 1);
  assert.deepEqual(await there.counts(FACTS), await here.counts(FACTS));
});

test('a batch that cannot be opened is a failure of its own, not silence', async (t) => {
  const { stages } = scene(t);
  const vault = openVault({ masterKey: MASTER_KEY });
  const composer = composersInThread(MASTER_KEY, { vault, stages }).open(inputOf(MANY));
  t.after(() => composer.close());
  const record = Buffer.alloc(20);
  record.writeUInt32LE(record.length);
  const damaged = { bytes: new Uint8Array(record), denied: [] };
  await assert.rejects(composer.compose(damaged), SyntaxError);
  await assert.rejects(composer.counts(FACTS), SyntaxError);
});

test('whoever waits for a thread that is closed is told', async (t) => {
  const { stages, stage } = scene(t);
  const vault = openVault({ masterKey: MASTER_KEY });
  const composer = composersInThread(MASTER_KEY, { vault, stages }).open(inputOf(MANY));
  const [batch] = stage.batches();
  assert.ok(batch !== undefined);
  const asked = composer.compose(batch);
  const told = assert.rejects(asked, /ended before all of them were made/);
  await composer.close();
  await told;
  await assert.rejects(composer.counts(FACTS), /ended before/);
});
