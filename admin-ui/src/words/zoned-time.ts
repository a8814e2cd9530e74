// Between the wall clock of a time zone, as typed into a date field, and an instant in UTC.

const minute = 60_000;

/** Wall clock of `instant` in the zone as if it were UTC, in milliseconds; the zone's offset is the difference. */
function wallClock(instant: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
	}).formatToParts(instant);
	const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
	return Date.UTC(
		value('year'),
		value('month') - 1,
		value('day'),
		value('hour'),
		value('minute'),
	);
}

/**
 * `2026-11-23T21:40` in the zone as RFC 3339 in UTC; null when it is no time. A wall clock that does not exist
 * (spring) is moved past the gap; of one that exists twice (autumn) the earlier is taken.
 */
export function toUtc(local: string, timeZone: string): string | null {
	const wanted = Date.parse(`${local}Z`);
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local) || Number.isNaN(wanted)) {
		return null;
	}
	// Offsets a day before and after: around a change of clocks they differ, and the earlier instant is tried first.
	const offsets = [wanted - 1440 * minute, wanted + 1440 * minute].map(
		(near) => wallClock(near, timeZone) - near,
	);
	const instants = offsets.map((offset) => wanted - offset).sort((one, other) => one - other);
	const seconds = wanted % minute;
	const exact = instants.find((instant) => wallClock(instant, timeZone) === wanted - seconds);
	return new Date(exact ?? instants.at(-1) ?? wanted).toISOString();
}

/** An instant as the value of a `datetime-local` field in the zone; empty for null. */
export function toLocal(instant: string | null, timeZone: string): string {
	const at = instant === null ? Number.NaN : Date.parse(instant);
	return Number.isNaN(at) ? '' : new Date(wallClock(at, timeZone)).toISOString().slice(0, 16);
}
