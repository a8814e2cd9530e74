// Times as Postmark writes them (seven digits of a second) and reads them (Eastern Time when no zone is given,
// postmarkapp.com/developer/api/messages-api).

const WALL_CLOCK = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** ISO 8601 in UTC with seven fractional digits, from milliseconds since 1970. */
export function timestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, -1)}0000Z`;
}

/**
 * Milliseconds since 1970 of a search date, or undefined when it is not one. A bare day means its first
 * millisecond for `start` and its last for `end`, in Eastern Time.
 */
export function readSearchDate(text: string, edge: 'start' | 'end'): number | undefined {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (/(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !isDay) return orUndefined(Date.parse(text));
  if (!isDay && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(text))
    return undefined;
  const asUtc = orUndefined(Date.parse(isDay ? `${text}T00:00:00Z` : `${text}Z`));
  if (asUtc === undefined) return undefined;
  const wholeDay = isDay && edge === 'end' ? 24 * 3_600_000 - 1 : 0;
  // Twice, because the offset is that of the moment sought, not of the same numbers read as UTC.
  const guess = asUtc - easternOffset(asUtc);
  return asUtc - easternOffset(guess) + wholeDay;
}

function easternOffset(at: number): number {
  const parts = new Map(
    WALL_CLOCK.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
}

function orUndefined(at: number): number | undefined {
  return Number.isNaN(at) ? undefined : at;
}
