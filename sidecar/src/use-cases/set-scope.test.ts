import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { isCoded } from '../domain/coded-error.ts';
import { canonicalScope } from '../domain/audience/canonical-scope.ts';
import { opensCommitment } from '../domain/evidence/commitment.ts';
import { addIncident, INCIDENT, PREPARER, scopeOf, SHOP_IDENTITY } from './audience-scene.ts';
import type { Deps } from './ports/deps.ts';
import { countingIds, fixedClock, seededRandomness } from './ports/fixed.ts';
import { readScope } from './read-scope.ts';
import { setScope } from './set-scope.ts';

const clock = fixedClock();
let ledger: OpenLedger;
let deps: Deps & { shop: typeof SHOP_IDENTITY };

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', clock });
  deps = {
    ledger,
    clock,
    ids: countingIds(),
    randomness: seededRandomness(),
    vault: openVault({ masterKey: new Uint8Array(32) }),
    shop: SHOP_IDENTITY,
  };
  await addIncident(deps);
});
afterEach(() => ledger.close());

const LISTED = scopeOf({
  preset: 'list',
  include: { emails: ['Ann@example.com'], order_ids: [5] },
});

test('a scope is kept sealed, read back as it was, and committed to with a salt', async () => {
  const saved = await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: LISTED });
  assert.deepEqual(saved.scope, LISTED);
  assert.equal(saved.set_by, 'Paula Prepares');
  const row = await ledger.tables.selectFrom('scopes').selectAll().executeTakeFirstOrThrow();
  assert.doesNotMatch(Buffer.from(row.sealed).toString('latin1'), /Ann/);
  assert.ok(opensCommitment(Buffer.from(saved.hash, 'hex'), row.salt, canonicalScope(LISTED)));
});

test('the log gets sizes of lists and never their members', async () => {
  await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: LISTED });
  const { bytes } = await ledger.tables
    .selectFrom('evidence_entries')
    .select('bytes')
    .where('kind', '=', 'scope.set')
    .executeTakeFirstOrThrow();
  const { data } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { data: object };
  assert.deepEqual(
    { ...data, hash: '', scope_id: '' },
    {
      hash: '',
      scope_id: '',
      data_classes: ['name', 'email'],
      preset: 'list',
      sources: [],
      include: { emails: 1, order_ids: 1, user_ids: 0 },
      exclude: { emails: 0, order_ids: 0, user_ids: 0 },
    },
  );
});

test('the newest version counts, and the same scope set twice has another hash', async () => {
  const first = await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: LISTED });
  const second = await setScope(deps, PREPARER, { incidentId: INCIDENT, scope: LISTED });
  assert.notEqual(first.hash, second.hash);
  assert.equal((await readScope(deps, INCIDENT))?.id, second.id);
});

test('there is none before one is set', async () => {
  assert.equal(await readScope(deps, INCIDENT), null);
});

test('refuses a scope that names nobody or a window that ends before it begins, naming the field', async () => {
  const cases: [ReturnType<typeof scopeOf>, string, string][] = [
    [scopeOf({}), 'scope.empty', '/include'],
    [
      scopeOf({
        orders: { created_from: '2026-02-01T00:00:00Z', created_to: '2026-02-01T00:00:00Z' },
      }),
      'scope.window_backwards',
      '/orders/created_to',
    ],
    [
      scopeOf({
        accounts: {
          registered_from: '2026-02-01T00:00:00Z',
          registered_to: '2026-01-01T00:00:00Z',
        },
      }),
      'scope.window_backwards',
      '/accounts/registered_to',
    ],
  ];
  for (const [scope, code, pointer] of cases) {
    await assert.rejects(setScope(deps, PREPARER, { incidentId: INCIDENT, scope }), (error) => {
      assert.ok(isCoded(error, code));
      assert.equal(error.fields[0]?.pointer, pointer);
      return true;
    });
  }
  assert.equal(await readScope(deps, INCIDENT), null);
});
