import assert from 'node:assert/strict';
import test from 'node:test';
import { splitCountries, totalOf } from './split-countries.ts';

test('states count for their country, and nobody is lost between the two tables', () => {
	const tallies = [
		{ key: 'US-CA', count: 3 },
		{ key: 'DE', count: 2 },
		{ key: 'US', count: 1 },
		{ key: 'US-NY', count: 4 },
		{ key: 'unknown', count: 5 },
	];
	const { countries, states } = splitCountries(tallies);
	assert.deepEqual(countries, [
		{ key: 'US', count: 8 },
		{ key: 'DE', count: 2 },
		{ key: 'unknown', count: 5 },
	]);
	assert.deepEqual(
		states.map((state) => state.key),
		['US-CA', 'US-NY'],
	);
	assert.equal(totalOf(countries), totalOf(tallies));
});
