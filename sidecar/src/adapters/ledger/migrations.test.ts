import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Kysely, sql } from 'kysely';
import { fixedClock } from '../../use-cases/ports/fixed.ts';
import { MIGRATIONS } from './migrations.ts';
import { nodeSqliteDialect, openSqlite } from './node-sqlite-dialect.ts';
import { openLedger } from './open-ledger.ts';

type FirstTables = {
  settings: { key: string; value: string };
  people: Record<string, string | number | Uint8Array | null>;
};

/** A ledger as the first version left it, with one person. */
async function makeFirstLedger(file: string): Promise<void> {
  const db = new Kysely<FirstTables>({ dialect: nodeSqliteDialect(openSqlite(file)) });
  const [first] = MIGRATIONS;
  assert.equal(first?.id, 1);
  await first.up(db as unknown as Kysely<unknown>);
  await db.insertInto('settings').values({ key: 'schema_version', value: '1' }).execute();
  await db
    .insertInto('people')
    .values({
      audience_id: 'aud_1',
      number: 0,
      salt: new Uint8Array(32),
      commitment: new Uint8Array(32),
      sealed: new Uint8Array([1, 2, 3]),
      address_index: null,
      contactability: 'reachable',
      country: 'DE',
      registered: 1,
      orders: 2,
    })
    .execute();
  await db.destroy();
}

test('a ledger of the first version opens: its people have no roles and no key', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-ledger-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'ledger.sqlite');
  await makeFirstLedger(file);
  const ledger = await openLedger({ file, clock: fixedClock() });
  t.after(() => ledger.close());
  const person = await ledger.tables
    .selectFrom('people')
    .select(['number', 'country', 'roles'])
    .executeTakeFirstOrThrow();
  assert.deepEqual({ ...person }, { number: 0, country: 'DE', roles: 0 });
  for (const table of ['people_keys', 'hints', 'identity_decisions', 'command_keys'] as const)
    assert.deepEqual(await ledger.tables.selectFrom(table).selectAll().execute(), [], table);
  const version = await ledger.tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'schema_version')
    .executeTakeFirstOrThrow();
  assert.equal(version.value, String(MIGRATIONS.at(-1)?.id));
});

test('finding a person by key reads an index, and so does turning a page of hints', async (t) => {
  const ledger = await openLedger({ file: ':memory:', clock: fixedClock() });
  t.after(() => ledger.close());
  const person = await ledger.tables
    .selectFrom('people_keys')
    .select('number')
    .where('audience_id', '=', 'aud_1')
    .where('person_key', '=', new Uint8Array(16))
    .explain(undefined, sql`query plan`);
  assert.match(
    JSON.stringify(person),
    /SEARCH people_keys USING (?:PRIMARY KEY|INDEX \S+) \(audience_id=\? AND person_key=\?\)/,
  );
  const hints = await ledger.tables
    .selectFrom('hints')
    .selectAll()
    .where('audience_id', '=', 'aud_1')
    .where('kind', '=', 'phone')
    .where('id', '>', 50)
    .orderBy('id')
    .explain(undefined, sql`query plan`);
  assert.match(JSON.stringify(hints), /hints_index0 \(audience_id=\? AND kind=\? AND id>\?\)/);
  assert.doesNotMatch(JSON.stringify(hints), /TEMP B-TREE/);
});
