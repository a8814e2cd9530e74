// A staged row as text: its values in a fixed order in one flat list, since names of members would be most of the bytes and
// lists within lists half of the time.
import type { RowValues, StagedAddress, StagedRow } from '../../domain/audience/staged-row.ts';

type Value = string | number | null;

const FLAG = {
  inScope: 1,
  listed: 2,
  excluded: 4,
  hasPhone: 8,
  hasPostal: 16,
  values: 32,
  book: 64,
} as const;

export function packRow(row: StagedRow): string {
  const { values } = row;
  const packed: Value[] = [
    row.kind,
    row.source,
    row.row,
    row.role,
    row.via,
    flagsOf(row),
    row.at,
    row.country,
    row.classes,
    row.userId,
    row.orderId,
    row.emails.length,
  ];
  for (const { key, state, exact } of row.emails) packed.push(key, state, exact);
  if (values !== null) packValues(packed, row, values);
  return JSON.stringify(packed);
}

function flagsOf(row: StagedRow): number {
  return (
    (row.inScope ? FLAG.inScope : 0) |
    (row.listed ? FLAG.listed : 0) |
    (row.excluded ? FLAG.excluded : 0) |
    (row.hasPhone ? FLAG.hasPhone : 0) |
    (row.hasPostal ? FLAG.hasPostal : 0) |
    (row.values === null ? 0 : FLAG.values) |
    (row.values === null || row.values.book === null ? 0 : FLAG.book)
  );
}

function packValues(packed: Value[], { hasPostal }: StagedRow, values: RowValues): void {
  const { postal, book } = values;
  packed.push(values.firstName, values.lastName, values.displayName, values.phone, postal.country);
  if (hasPostal) {
    packed.push(postal.company, postal.line1, postal.line2);
    packed.push(postal.city, postal.state, postal.postcode);
  }
  if (book !== null) packed.push(book.email, book.firstName, book.lastName);
  for (const email of values.emails) packed.push(email);
}

export function unpackRow(text: string): StagedRow {
  const packed = JSON.parse(text) as Value[];
  const flags = packed[5] as number;
  let at = 12 + 3 * (packed[11] as number);
  const emails: StagedAddress[] = [];
  for (let place = 12; place < at; place += 3) {
    emails.push({
      key: packed[place] as string | null,
      state: packed[place + 1] as StagedAddress['state'],
      exact: packed[place + 2] as string,
    });
  }
  const next = (): string => packed[at++] as string;
  return {
    kind: packed[0] as StagedRow['kind'],
    source: packed[1] as string,
    row: packed[2] as number | string,
    role: packed[3] as StagedRow['role'],
    via: packed[4] as StagedRow['via'],
    inScope: (flags & FLAG.inScope) !== 0,
    listed: (flags & FLAG.listed) !== 0,
    excluded: (flags & FLAG.excluded) !== 0,
    hasPhone: (flags & FLAG.hasPhone) !== 0,
    hasPostal: (flags & FLAG.hasPostal) !== 0,
    at: packed[6] as number | null,
    country: packed[7] as string,
    classes: packed[8] as number,
    emails,
    userId: packed[9] as number,
    orderId: packed[10] as number,
    values: (flags & FLAG.values) === 0 ? null : unpackValues(next, flags, () => packed.slice(at)),
  };
}

/** In the order they were packed in. A row without a place has a country alone. */
function unpackValues(next: () => string, flags: number, rest: () => Value[]): RowValues {
  const [firstName, lastName, displayName, phone, country] = [
    next(),
    next(),
    next(),
    next(),
    next(),
  ];
  const placed = (flags & FLAG.hasPostal) !== 0;
  const part = (): string => (placed ? next() : '');
  const postal = {
    company: part(),
    line1: part(),
    line2: part(),
    city: part(),
    state: part(),
    postcode: part(),
    country,
  };
  const book =
    (flags & FLAG.book) === 0 ? null : { email: next(), firstName: next(), lastName: next() };
  return {
    emails: rest() as string[],
    firstName,
    lastName,
    displayName,
    phone,
    postal,
    book,
  };
}
