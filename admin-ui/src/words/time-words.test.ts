import assert from 'node:assert/strict';
import test from 'node:test';
import { absoluteWords, deadlineWords, relativeWords, spanWords, utcWords } from './time-words.ts';

const now = Date.parse('2026-11-23T21:40:00.000Z');
const hour = 3_600_000;
const at = (hours: number) => new Date(now + hours * hour).toISOString();

test('a span has at most two units and is never more exact than a minute', () => {
	assert.equal(spanWords(40_000), 'less than a minute');
	assert.equal(spanWords(59 * 60_000), '59 min');
	assert.equal(spanWords(3.2 * hour), '3 h 12 min');
	assert.equal(spanWords(47 * hour), '47 h 0 min');
	assert.equal(spanWords(50 * hour), '2 d 2 h');
});

test('times before and after now are told apart', () => {
	assert.equal(relativeWords(at(-3.2), now), '3 h 12 min ago');
	assert.equal(relativeWords(at(3.2), now), 'in 3 h 12 min');
	assert.equal(relativeWords(at(0), now), 'just now');
});

test('a deadline turns from neutral to warning to over, in words', () => {
	assert.deepEqual(deadlineWords(at(30), now), { tone: 'neutral', words: '30 h 0 min left' });
	assert.deepEqual(deadlineWords(at(23), now), {
		tone: 'warning',
		words: 'Only 23 h 0 min left',
	});
	assert.deepEqual(deadlineWords(at(-1), now), { tone: 'over', words: 'Over by 1 h 0 min' });
	assert.equal(deadlineWords(at(0), now).tone, 'over');
});

test('a clock that has not started is said to be that, not to have time left', () => {
	assert.deepEqual(deadlineWords(null, now), { tone: 'neutral', words: 'Clock not started' });
});

test('the absolute time is in the zone of the site, with a date when the day is not enough', () => {
	const where = { locale: 'en', timeZone: 'Europe/Berlin', now };
	assert.match(absoluteWords(at(0), where), /Mon.*22:40/);
	assert.match(absoluteWords(at(-24 * 30), where), /Oct 24, 2026.*23:40/);
	assert.equal(utcWords(at(0)), '2026-11-23 21:40:00 UTC');
});
