import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openAudienceStages } from '../adapters/audience-stage/open-audience-stages.ts';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openStoreReader } from '../adapters/store-database/open-store-reader.ts';
import { openStorePool, type StorePool } from '../adapters/store-database/store-pool.ts';
import {
  startTestServer,
  type TestServer,
  type TestShop,
} from '../adapters/store-database/test-shop.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { packRecord } from '../domain/audience/packed-person-scene.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import { isCoded } from '../domain/coded-error.ts';
import { findAddress } from '../domain/evidence/address-guard.ts';
import { makeCommitmentRoot, opensCommitment } from '../domain/evidence/commitment.ts';
import { startBackground } from '../runner/background.ts';
import { abandonAudiences, sweepAudiences } from './abandon-audiences.ts';
import {
  addIncident,
  freezeNow,
  freezeScope,
  INCIDENT,
  openPeople,
  PREPARER,
  scopeOf,
  sourcesOf,
  workOf,
  type SceneDeps,
  SHOP_IDENTITY,
} from './audience-scene.ts';
import { freezeAudience } from './freeze-audience.ts';
import { countingIds, fixedClock, seededRandomness } from './ports/fixed.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { StoreReader } from './ports/store-reader.ts';
import { readAudience } from './read-audience.ts';
import { setScope } from './set-scope.ts';

let server: TestServer;
let shop: TestShop;
let ledger: OpenLedger;
let pool: StorePool;
let deps: SceneDeps;
const clock = fixedClock();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-freeze-'));
const EVERYONE = scopeOf({ accounts: {}, orders: {} });

before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  shop = await server.makeShop();
  await shop.addUser({ id: 1, email: 'ann@example.com', first: 'Ann' });
  await shop.addHpos({ id: 10, email: 'guest@example.com', country: 'DE' });
  await shop.addLegacy({ id: 11, email: null, first: 'Phone' });
  ledger = await openLedger({ file: ':memory:', clock });
  pool = openStorePool(shop.config);
  deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    shop: SHOP_IDENTITY,
    store: openStoreReader(pool),
    stages: openAudienceStages({ folder }),
    sources: sourcesOf(),
  };
  await addIncident(deps);
});
afterEach(async () => {
  assert.deepEqual(readdirSync(folder), [], 'a stage was left behind');
  await ledger.close();
  await pool.close();
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function evidence(kind: string): Promise<Record<string, unknown>[]> {
  const rows = await ledger.tables
    .selectFrom('evidence_entries')
    .select('bytes')
    .where('kind', '=', kind)
    .orderBy('seq')
    .execute();
  return rows.map(
    ({ bytes }) =>
      (JSON.parse(Buffer.from(bytes).toString('utf8')) as { data: Record<string, unknown> }).data,
  );
}

async function countRows(): Promise<{ people: number; terms: number }> {
  const people = await ledger.tables.selectFrom('people').select('number').execute();
  const terms = await ledger.tables.selectFrom('people_terms').select('number').execute();
  return { people: people.length, terms: terms.length };
}

/** A record as it was committed to. */
function packed(record: PersonRecord | undefined): unknown {
  return record === undefined ? undefined : (JSON.parse(packRecord(record)) as unknown);
}

/** The real reader, until the accounts are read. */
function readerThat(fails: () => Promise<never>): StoreReader {
  return {
    ...deps.store,
    withSnapshot: (work) =>
      deps.store.withSnapshot((snapshot) =>
        work({
          ...snapshot,
          orders: async function* (options) {
            for await (const page of snapshot.orders(options)) {
              yield page;
              await fails();
            }
          },
        }),
      ),
  };
}

test('freezing answers at once, and ends with people whose commitments open to the root', async () => {
  await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: EVERYONE });
  let work: (() => Promise<void>) | undefined;
  const background = {
    start: (_name: string, started: () => Promise<void>): void => {
      work = started;
    },
  };
  const asked = await freezeAudience(
    { ...deps, background, audienceWork: workOf(deps) },
    PREPARER,
    { incidentId: INCIDENT },
  );
  assert.deepEqual([asked.state, asked.root, asked.counts], ['resolving', null, null]);
  await work?.();
  const frozen = await readAudience(deps, INCIDENT);
  assert.equal(frozen?.state, 'frozen');
  assert.equal(frozen.rows_read, 3);
  assert.deepEqual([frozen.counts?.people, frozen.counts?.reachable], [3, 2]);
  const rows = await ledger.tables.selectFrom('people').selectAll().orderBy('number').execute();
  const people = await openPeople(deps);
  const root = makeCommitmentRoot();
  rows.forEach((row, place) => {
    root.add(row.commitment);
    assert.equal(row.number, place);
    assert.ok(opensCommitment(row.commitment, row.salt, packed(people[place])));
    assert.equal(row.address_index === null, people[place]?.email === null);
  });
  assert.equal(root.root(), frozen.root);
});

test('the evidence says root, counts and where they were read, and nobody', async () => {
  const frozen = await freezeScope(deps, EVERYONE);
  const [entry] = await evidence('audience.frozen');
  const [scope] = await evidence('scope.set');
  assert.equal(entry?.['root'], frozen.root);
  assert.deepEqual([entry['count'], entry['reachable']], [3, 2]);
  assert.equal(entry['scope_hash'], scope?.['hash']);
  assert.match(JSON.stringify(entry['snapshot']), /MariaDB\/\d/);
  assert.equal(findAddress([entry, scope]), undefined);
  assert.doesNotMatch(JSON.stringify([entry, scope]), /Ann|guest@/);
});

test('the same snapshot and incident give the same root, another incident another', async () => {
  const first = await freezeScope(deps, EVERYONE);
  const second = await freezeNow(deps);
  assert.notEqual(first.id, second.id);
  assert.equal(first.root, second.root);
  const other = 'inc_00000000000000000000000002';
  await addIncident(deps, { id: other });
  assert.notEqual((await freezeScope(deps, EVERYONE, other)).root, first.root);
});

test('nothing of anybody stands in clear in the ledger', async () => {
  await freezeScope(
    deps,
    scopeOf({ accounts: {}, orders: {}, include: { emails: ['listed@example.com'] } }),
  );
  const tables = ['people', 'people_terms', 'scopes', 'audiences', 'evidence_entries'] as const;
  for (const table of tables) {
    for (const row of await ledger.tables.selectFrom(table).selectAll().execute()) {
      const text = Object.values(row)
        .map((value: unknown) =>
          value instanceof Uint8Array
            ? Buffer.from(value).toString('latin1')
            : JSON.stringify(value),
        )
        .join(' ');
      assert.doesNotMatch(text, /ann@|guest@|listed@|\bAnn\b/i, table);
    }
  }
});

test('nothing of anybody stands in clear in the stage while people are grouped', async () => {
  let bytes = '';
  const stages = {
    ...deps.stages,
    open: () => {
      const stage = deps.stages.open();
      return {
        ...stage,
        close: () => {
          // The database, and the file of rows.
          const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
          bytes = Buffer.concat(files).toString('latin1');
          stage.close();
        },
      };
    },
  };
  const scope = scopeOf({ accounts: {}, orders: {}, include: { emails: ['listed@example.com'] } });
  assert.equal((await freezeScope({ ...deps, stages }, scope)).state, 'frozen');
  assert.ok(bytes.includes('SQLite format 3') && bytes.length > 8_192, 'the stage was looked at');
  assert.ok(!/ann@|guest@|listed@|example|Ann/i.test(bytes));
});

test('a new freeze supersedes the old one and voids what was waiting for approval', async () => {
  const first = await freezeScope(deps, EVERYONE);
  await ledger.tables
    .insertInto('manifests')
    .values({
      id: 'man_00000000000000000000000001',
      incident_id: INCIDENT,
      audience_id: first.id,
      notice_id: 'not_00000000000000000000000001',
      hash: '0'.repeat(64),
      body_json: '{}',
      sentence: '',
      state: 'open',
      prepared_at: '2026-11-23T12:00:00.000Z',
      prepared_by: 'operator',
      preparers_json: '[]',
      expires_at: '2026-11-24T12:00:00.000Z',
      ended_at: null,
      void_reason: null,
    })
    .execute();
  clock.advance(1_000);
  const second = await freezeNow(deps);
  const states = await ledger.tables
    .selectFrom('audiences')
    .select(['id', 'state'])
    .orderBy('id')
    .execute();
  assert.deepEqual(
    states.map(({ id, state }) => [id, state]),
    [
      [first.id, 'superseded'],
      [second.id, 'frozen'],
    ],
  );
  assert.deepEqual(
    (await evidence('manifest.voided')).map(({ reason }) => reason),
    ['audience_changed'],
  );
});

test('a database lost in the middle leaves a failed audience with a code, and nobody', async () => {
  const good = await freezeScope(deps, EVERYONE);
  clock.advance(1_000);
  const root = await server.connect();
  const failing = {
    ...deps,
    store: readerThat(async () => {
      const [rows] = await root.query(
        'SELECT id FROM information_schema.processlist WHERE user = ?',
        [shop.config.user],
      );
      for (const { id } of rows as { id: number }[]) await root.query(`KILL ${id}`);
      return pool.rows('SELECT no_such_column FROM wp_users') as Promise<never>;
    }),
  };
  const failed = await freezeNow(failing);
  await root.end();
  assert.equal(failed.state, 'failed');
  assert.match(failed.problem?.code ?? '', /^store\./);
  const left = await ledger.tables.selectFrom('people').select('audience_id').distinct().execute();
  assert.deepEqual(
    left.map(({ audience_id }) => audience_id),
    [good.id],
    'the frozen people stay',
  );
  assert.equal((await evidence('audience.frozen')).length, 1);
  clock.advance(1_000);
  assert.equal((await freezeNow(deps)).state, 'frozen');
});

test('a fault of our own ends as failed too, and is thrown for the log', async () => {
  await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: EVERYONE });
  const store = readerThat(() => Promise.reject(new TypeError('a bug')));
  await assert.rejects(freezeNow({ ...deps, store }), /a bug/);
  const audience = await readAudience(deps, INCIDENT);
  assert.deepEqual([audience?.state, audience?.problem?.code], ['failed', 'audience.failed']);
});

test('cut off in the middle of writing: the next start fails it and removes its people', async () => {
  const place = mkdtempSync(join(tmpdir(), 'tocsin-cut-'));
  const file = join(place, 'ledger.sqlite');
  await shop.exec(
    "INSERT INTO wp_users (ID, user_email) SELECT seq + 100, CONCAT('u', seq, '@example.com') FROM seq_1_to_2500",
  );
  const before = await openLedger({ file, clock });
  const cutOff = Promise.withResolvers<null>();
  let writes = 0;
  const dying = {
    ...deps,
    ledger: {
      tables: before.tables,
      close: () => before.close(),
      transaction: <T>(work: (writer: LedgerWriter) => Promise<T>): Promise<T> => {
        writes += 1;
        // Scope, request, two batches of a thousand people: then the process is gone and nothing answers any more.
        if (writes <= 4) return before.transaction(work);
        cutOff.resolve(null);
        return new Promise<never>(() => undefined);
      },
    },
  };
  await addIncident(dying);
  void freezeScope({ ...dying, stages: openAudienceStages({ folder: `${folder}-cut` }) }, EVERYONE);
  await cutOff.promise;
  const half = await before.tables.selectFrom('people').select('number').execute();
  assert.equal(half.length, 2_000);
  assert.equal((await readAudience({ ledger: before }, INCIDENT))?.state, 'resolving');
  await before.close();

  const next = await openLedger({ file, clock });
  assert.equal(await abandonAudiences({ ledger: next }), 1);
  const audience = await readAudience({ ledger: next }, INCIDENT);
  assert.deepEqual([audience?.state, audience?.problem?.code], ['failed', 'audience.interrupted']);
  assert.deepEqual(await next.tables.selectFrom('people').select('number').execute(), []);
  assert.deepEqual(await next.tables.selectFrom('people_terms').select('number').execute(), []);
  assert.equal(await abandonAudiences({ ledger: next }), 0);
  clock.advance(1_000);
  assert.equal((await freezeNow({ ...deps, ledger: next })).counts?.people, 2_503);
  await next.close();
  openAudienceStages({ folder: `${folder}-cut` });
  assert.deepEqual(
    readdirSync(`${folder}-cut`),
    [],
    'a stage of an earlier life is deleted at start',
  );
  rmSync(`${folder}-cut`, { recursive: true });
  rmSync(place, { recursive: true });
});

test('a failure the ledger does not take is ended by the sweep, which leaves running work alone', async () => {
  await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: EVERYONE });
  const background = startBackground(() => undefined);
  const go = Promise.withResolvers<null>();
  let isBroken = false;
  const store = readerThat(async () => {
    await go.promise;
    isBroken = true;
    throw new TypeError('a bug');
  });
  const broken = {
    ...ledger,
    transaction: <T>(work: (writer: LedgerWriter) => Promise<T>): Promise<T> =>
      isBroken ? Promise.reject(new Error('disk full')) : ledger.transaction(work),
  };
  const brokenDeps = { ...deps, ledger: broken, store };
  await freezeAudience({ ...brokenDeps, background, audienceWork: workOf(brokenDeps) }, PREPARER, {
    incidentId: INCIDENT,
  });
  const sweep = (): Promise<number> => sweepAudiences(deps, (name) => background.isRunning(name));
  clock.advance(61_000);
  assert.equal(await sweep(), 0, 'it runs');
  go.resolve(null);
  await background.finished();
  assert.equal((await readAudience(deps, INCIDENT))?.state, 'resolving');
  assert.equal(await sweep(), 1);
  const audience = await readAudience(deps, INCIDENT);
  assert.deepEqual([audience?.state, audience?.problem?.code], ['failed', 'audience.interrupted']);
  assert.deepEqual(await countRows(), { people: 0, terms: 0 });
  assert.equal(await sweep(), 0);
});

test('a scope changed while people are being read makes no audience of the old one', async () => {
  await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: EVERYONE });
  let changed = false;
  const store: StoreReader = {
    ...deps.store,
    withSnapshot: (work) =>
      deps.store.withSnapshot(async (snapshot) => {
        if (!changed) {
          changed = true;
          await setScope(deps, PREPARER, {
            incidentId: INCIDENT,
            scope: scopeOf({ accounts: {} }),
          });
        }
        return work(snapshot);
      }),
  };
  const audience = await freezeNow({ ...deps, store });
  assert.deepEqual([audience.state, audience.problem?.code], ['failed', 'audience.scope_changed']);
  assert.deepEqual(await countRows(), { people: 0, terms: 0 });
});

test('refuses to freeze without a scope, twice at once, and for an incident that is over', async () => {
  const background = { start: (): void => undefined };
  const ask = (): Promise<unknown> =>
    freezeAudience({ ...deps, background, audienceWork: workOf(deps) }, PREPARER, {
      incidentId: INCIDENT,
    });
  await assert.rejects(ask(), (error) => isCoded(error, 'scope.not_set'));
  await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: EVERYONE });
  await ask();
  await assert.rejects(ask(), (error) => isCoded(error, 'audience.being_resolved'));
  await abandonAudiences(deps);
  await ledger.tables.updateTable('incidents').set({ state: 'closed' }).execute();
  await assert.rejects(ask(), (error) => isCoded(error, 'incident.not_open'));
  await assert.rejects(
    setScope(deps, PREPARER, { incidentId: INCIDENT, scope: EVERYONE }),
    (error) => isCoded(error, 'incident.not_open'),
  );
});
