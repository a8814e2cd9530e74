import assert from 'node:assert/strict';
import test from 'node:test';
import { ContactPoint, PersonRole, Reason } from '@tocsin/sidecar/contract';
import {
	personRoles,
	pointKindWords,
	pointStateWords,
	roleWords,
	strengthWords,
	viaWords,
} from './person-words.ts';

test('every role, tie and strength of the contract has words of its own', () => {
	const pairs: [readonly string[], (key: string) => string][] = [
		[PersonRole.options, roleWords],
		[Reason.shape.via.options, viaWords],
		[Reason.shape.strength.options, strengthWords],
	];
	for (const [keys, words] of pairs) {
		const said = keys.map(words);
		assert.equal(new Set(said).size, keys.length);
		for (const [index, key] of keys.entries()) {
			assert.notEqual(said[index], key);
		}
	}
});

test('no role is missing in the choice of roles', () => {
	assert.deepEqual([...personRoles].sort(), [...PersonRole.options].sort());
});

test('every kind and state of a contact point has words', () => {
	for (const kind of ContactPoint.shape.kind.options) {
		assert.notEqual(pointKindWords(kind), kind);
	}
	for (const state of ContactPoint.shape.state.options) {
		assert.notEqual(pointStateWords(state), state);
	}
});
