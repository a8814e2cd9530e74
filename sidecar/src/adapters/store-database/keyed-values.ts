// WordPress's key/value rows of one page, laid out as a table: a row for each owner, a column for each key.
import type { StoreCell } from './store-pool.ts';
import { idOf, textOf } from './text-cell.ts';

/** Longest value read, in characters: longer than any address or name, short enough that one row cannot fill memory. */
export const LONGEST_VALUE = 500;

/** Place of each key among the columns. Keys are compared here, byte by byte: the server's `=` would take `_Billing_Email `. */
export type KeyColumns = ReadonlyMap<string, number>;

export function keyColumns(keys: readonly string[]): KeyColumns {
  return new Map(keys.map((key, place) => [key, place]));
}

/** Finds the place of an id among ascending ids; fast when asked in about that order. */
export function placeFinder(ids: readonly number[]): (id: number) => number {
  let near = 0;
  return (id) => {
    if (ids[near] === id) return near;
    if (ids[near + 1] === id) return (near += 1);
    let low = 0;
    let high = ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = ids[middle] ?? 0;
      if (found === id) return (near = middle);
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  };
}

export type KeyedValues = {
  /** WordPress shows the first of several values; '' for none. */
  first(owner: number, column: number): string;
  /** All values, the first first. */
  all(owner: number, column: number): readonly string[];
};

/** `rows`: owner, key, value, in the order they were written for each owner. `owners` ascending; others' rows are left out. */
export function layOutValues(
  owners: readonly number[],
  columns: KeyColumns,
  rows: readonly (readonly StoreCell[])[],
): KeyedValues {
  const width = columns.size;
  const values = new Array<string | undefined>(owners.length * width);
  const further = new Map<number, string[]>();
  const placeOf = placeFinder(owners);
  for (const row of rows) {
    const column = columns.get(textOf(row[1]));
    if (column === undefined) continue;
    const place = placeOf(idOf(row[0]));
    if (place < 0) continue;
    const cell = place * width + column;
    const value = textOf(row[2]);
    if (values[cell] === undefined) values[cell] = value;
    else further.set(cell, [...(further.get(cell) ?? []), value]);
  }
  return {
    first: (owner, column) => values[owner * width + column] ?? '',
    all: (owner, column) => {
      const cell = owner * width + column;
      const value = values[cell];
      return value === undefined ? [] : [value, ...(further.get(cell) ?? [])];
    },
  };
}
