// Dates of the shop as milliseconds. WordPress stores '0000-00-00 00:00:00' for drafts, imports store anything.

const SHAPE = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})/;

/** A `datetime` in UTC as the driver gives it; null when there is none or the day does not exist. */
export function readDate(value: string | null): number | null {
  const parts = SHAPE.exec(value ?? '')
    ?.slice(1)
    .map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (year < 1000) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(at);
  // Date.UTC rolls 31 February over into March: a day that does not exist is no date.
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? at : null;
}

/** The first of several that is a date. */
export function firstDate(...values: readonly (string | null)[]): number | null {
  for (const value of values) {
    const at = readDate(value);
    if (at !== null) return at;
  }
  return null;
}
