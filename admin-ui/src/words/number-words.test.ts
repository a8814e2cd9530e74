import assert from 'node:assert/strict';
import test from 'node:test';
import { percentWords } from './number-words.ts';

test('per cent keep their decimal, and only all of it is 100', () => {
	const words = [0, 93.8, 99.96, 100].map((percent) => percentWords(percent, 'en'));
	assert.deepEqual(words, ['0%', '93.8%', '99.9%', '100%']);
});
