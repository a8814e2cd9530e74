// Dates that could be somebody's birth. Orders have dates too, so that a name must say birth.

const YEAR = '(?:19|20)\\d\\d';
const FORMS = [
  new RegExp(`^(?<y>${YEAR})[-/.](?<m>\\d\\d?)[-/.](?<d>\\d\\d?)(?:[ T]00:00(?::00)?.*)?$`),
  new RegExp(`^(?<d>\\d\\d?)[-/.](?<m>\\d\\d?)[-/.](?<y>${YEAR})$`),
  new RegExp(`^(?<y>${YEAR})(?<m>\\d\\d)(?<d>\\d\\d)$`),
];

/** Year first or last, day and month in either order, a year alone, or month and day alone (`--05-12`, `12/05`). */
export function isBirthDate(value: string): boolean {
  if (/^(?:19\d\d|20[012]\d)$/.test(value)) return true;
  if (/^(?:--)?\d\d?[-/.]\d\d?\.?$/.test(value)) return true;
  for (const form of FORMS) {
    const parts = form.exec(value)?.groups;
    if (parts === undefined) continue;
    const one = Number(parts['m']);
    const other = Number(parts['d']);
    return one >= 1 && other >= 1 && Math.max(one, other) <= 31 && Math.min(one, other) <= 12;
  }
  return /^\p{L}{3,9}\.? \d\d?,? (?:19|20)\d\d$|^\d\d?\.? \p{L}{3,9}\.? (?:19|20)\d\d$/u.test(
    value,
  );
}
