import assert from 'node:assert/strict';
import test from 'node:test';
import { toLocal, toUtc } from './zoned-time.ts';

const berlin = 'Europe/Berlin';

test('a wall clock in winter and in summer is moved by the offset of its day', () => {
	assert.equal(toUtc('2026-01-15T12:00', berlin), '2026-01-15T11:00:00.000Z');
	assert.equal(toUtc('2026-07-15T12:00', berlin), '2026-07-15T10:00:00.000Z');
});

test('zones far from UTC and zones given as an offset work too', () => {
	assert.equal(toUtc('2026-01-15T12:00', 'Asia/Kathmandu'), '2026-01-15T06:15:00.000Z');
	assert.equal(toUtc('2026-01-15T12:00', '-03:30'), '2026-01-15T15:30:00.000Z');
	assert.equal(toUtc('2026-01-15T12:00', 'UTC'), '2026-01-15T12:00:00.000Z');
});

test('of an hour that exists twice the earlier is taken', () => {
	assert.equal(toUtc('2026-10-25T02:30', berlin), '2026-10-25T00:30:00.000Z');
});

test('a wall clock inside the gap of spring is moved past it', () => {
	const instant = toUtc('2026-03-29T02:30', berlin);
	assert.equal(instant, '2026-03-29T01:30:00.000Z');
	assert.equal(toLocal(instant, berlin), '2026-03-29T03:30');
});

test('every half hour around both changes of clocks comes back as it was, but for the gap', () => {
	for (const day of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-10-26']) {
		for (let half = 0; half < 48; half++) {
			const time = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
			if (day === '2026-03-29' && time.startsWith('02')) {
				continue;
			}
			assert.equal(toLocal(toUtc(`${day}T${time}`, berlin), berlin), `${day}T${time}`);
		}
	}
});

test('what is no time is refused, and no time is an empty field', () => {
	assert.equal(toUtc('', berlin), null);
	assert.equal(toUtc('2026-13-01T00:00', berlin), null);
	assert.equal(toUtc('yesterday', berlin), null);
	assert.equal(toLocal(null, berlin), '');
	assert.equal(toLocal('nonsense', berlin), '');
});
