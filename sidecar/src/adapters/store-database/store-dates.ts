// Dates of the shop as milliseconds. WordPress stores '0000-00-00 00:00:00' for drafts, imports store anything.

const DAY_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ZERO = 48;

/** A `datetime` in UTC as the driver gives it; null when there is none or the day does not exist. */
export function readDate(value: string | null): number | null {
  // By character: this runs for every row of the shop, and an expression takes ten times as long.
  if (value === null || value.length < 19) return null;
  if (
    value[4] !== '-' ||
    value[7] !== '-' ||
    value[10] !== ' ' ||
    value[13] !== ':' ||
    value[16] !== ':'
  ) {
    return null;
  }
  const year = twoDigits(value, 0) * 100 + twoDigits(value, 2);
  const month = twoDigits(value, 5);
  const day = twoDigits(value, 8);
  const hour = twoDigits(value, 11);
  const minute = twoDigits(value, 14);
  const second = twoDigits(value, 17);
  // NaN of what is no digit fails each of these.
  if (!(year >= 1000 && month >= 1 && day >= 1 && day <= daysOf(year, month))) return null;
  return hour < 24 && minute < 60 && second < 60
    ? Date.UTC(year, month - 1, day, hour, minute, second)
    : null;
}

/** The first of several that is a date. */
export function firstDate(...values: readonly (string | null)[]): number | null {
  for (const value of values) {
    const at = readDate(value);
    if (at !== null) return at;
  }
  return null;
}

function daysOf(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (DAY_LENGTHS[month - 1] ?? 0);
}

function twoDigits(text: string, place: number): number {
  const tens = text.charCodeAt(place) - ZERO;
  const ones = text.charCodeAt(place + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}
