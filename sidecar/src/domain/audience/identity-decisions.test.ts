import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  effectiveDecisions,
  findContradiction,
  makeStanding,
  type StandingDecision,
} from './identity-decisions.ts';
import type { DecidedRow } from './identity-rules.ts';

const ROW: DecidedRow = { source: 'orders_hpos', row: 1201, role: 'buyer' };
const personOfSplit = (id: string): string => `made-by-${id}`;

function merge(id: string, ...people: string[]): StandingDecision {
  return { id, kind: 'merge', people, rows: [] };
}
function apart(id: string, ...people: string[]): StandingDecision {
  return { id, kind: 'keep_apart', people, rows: [] };
}
function split(id: string, person: string, ...rows: DecidedRow[]): StandingDecision {
  return { id, kind: 'split', people: [person], rows };
}
function clash(standing: StandingDecision[], draft: StandingDecision) {
  return findContradiction(standing, draft, personOfSplit);
}

test('three people merged by one decision are joined to the first of them', () => {
  const { merges, apart: pairs, splits } = effectiveDecisions([merge('1', 'a', 'b', 'c')]);
  assert.deepEqual(merges, [
    ['a', 'b'],
    ['a', 'c'],
  ]);
  assert.deepEqual([pairs, splits], [[], []]);
});

test('who is kept apart from one of a merged group is kept apart from all of it', () => {
  const { apart: pairs } = effectiveDecisions([
    merge('1', 'a', 'b'),
    apart('2', 'b', 'c'),
    merge('3', 'c', 'd'),
  ]);
  assert.deepEqual(pairs.map((pair) => [...pair].sort().join('')).sort(), ['ac', 'ad', 'bc', 'bd']);
});

test('splits stand in the order they were made', () => {
  const { splits } = effectiveDecisions([split('1', 'a', ROW), split('2', 'made-by-1', ROW)]);
  assert.deepEqual(splits, [
    { id: '1', person: 'a', rows: [ROW] },
    { id: '2', person: 'made-by-1', rows: [ROW] },
  ]);
});

test('people kept apart are not merged, be it in a roundabout way', () => {
  const standing = [merge('1', 'a', 'b'), apart('2', 'b', 'c'), merge('3', 'c', 'd')];
  assert.deepEqual(clash(standing, merge('4', 'a', 'd')), { how: 'kept_apart', decision: '2' });
  assert.equal(clash(standing, merge('4', 'a', 'e')), null);
});

test('people merged in a roundabout way are not kept apart', () => {
  const standing = [merge('1', 'a', 'b'), merge('2', 'b', 'c')];
  assert.deepEqual(clash(standing, apart('3', 'a', 'c')), { how: 'merged', decision: '2' });
  assert.deepEqual(clash(standing, apart('3', 'x', 'a', 'c')), { how: 'merged', decision: '2' });
  assert.equal(clash(standing, apart('3', 'a', 'x')), null);
});

test('what is said already is not said again, but adding somebody to it is', () => {
  const standing = [merge('1', 'a', 'b'), apart('2', 'c', 'd')];
  assert.deepEqual(clash(standing, merge('3', 'b', 'a')), { how: 'same', decision: '1' });
  assert.equal(clash(standing, merge('3', 'a', 'b', 'e')), null);
  assert.deepEqual(clash(standing, apart('3', 'd', 'c')), { how: 'same', decision: '2' });
  assert.equal(clash(standing, apart('3', 'c', 'd', 'e')), null);
});

test('one row is not taken from one person twice; whom it went to can lose it', () => {
  const standing = [split('1', 'a', ROW, { ...ROW, row: 1202 })];
  assert.deepEqual(clash(standing, split('2', 'a', ROW)), { how: 'row_taken', decision: '1' });
  assert.equal(clash(standing, split('2', 'a', { ...ROW, source: 'orders_legacy' })), null);
  assert.equal(clash(standing, split('2', 'a', { ...ROW, role: 'shipping_contact' })), null);
  assert.equal(clash(standing, split('2', 'made-by-1', ROW)), null);
});

test('whom a split made is not merged back into who lost the rows', () => {
  const standing = [split('1', 'a', ROW), merge('2', 'a', 'b')];
  assert.deepEqual(clash(standing, merge('3', 'b', 'made-by-1')), {
    how: 'kept_apart',
    decision: '1',
  });
  assert.equal(clash(standing, merge('3', 'x', 'made-by-1')), null);
});

test('a hint is decided when something is said of each pair of its people', () => {
  const stateOf = makeStanding([
    merge('1', 'a', 'b'),
    apart('2', 'b', 'c'),
    apart('3', 'x', 'y', 'z'),
  ]);
  assert.equal(stateOf(['a', 'b']), 'merged');
  assert.equal(stateOf(['a', 'b', 'c']), 'kept_apart');
  assert.equal(stateOf(['x', 'z']), 'kept_apart');
  assert.equal(stateOf(['a', 'b', 'x']), 'open');
  assert.equal(stateOf(['p', 'q']), 'open');
});
