import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinByGateway } from './join-by-gateway.ts';
import type { Owner } from './staged-row.ts';

const group = (...owners: Owner[]) => ({ owners, names: ['ann'] });
const apart =
  (...pair: Owner[]) =>
  (one: Owner, other: Owner) =>
    pair.includes(one) && pair.includes(other);

test('people beside one id are one, through chains too, and the account keeps the place', () => {
  const { joins, conflicts } = joinByGateway([group('a', 'b'), group('b', 7)], () => false);
  assert.deepEqual(joins, [
    { from: 'b', into: 7 },
    { from: 'a', into: 7 },
  ]);
  assert.deepEqual(conflicts, []);
});

test('people kept apart do not meet through a third one', () => {
  const { joins, conflicts } = joinByGateway([group('a', 'b'), group('a', 'c')], apart('b', 'c'));
  assert.deepEqual(joins, [{ from: 'b', into: 'a' }]);
  assert.deepEqual(conflicts, [group('a', 'c')]);
});

test('two accounts never meet through a guest', () => {
  const { joins, conflicts } = joinByGateway([group(1, 'a'), group(2, 'a')], () => false);
  assert.deepEqual(joins, [{ from: 'a', into: 1 }]);
  assert.deepEqual(conflicts, [group(2, 'a')]);
});

test('two names do not meet through a chain of ids', () => {
  const chain = [
    { owners: ['a', 'b'], names: ['ann'] },
    { owners: ['b', 'c'], names: ['carl'] },
    { owners: ['b', 'd'], names: [] },
  ];
  const { joins, conflicts } = joinByGateway(chain, () => false);
  assert.deepEqual(joins, [
    { from: 'b', into: 'a' },
    { from: 'd', into: 'a' },
  ]);
  assert.deepEqual(conflicts, [chain[1]]);
});
