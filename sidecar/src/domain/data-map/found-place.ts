// One place of a store as a scan leaves it, before it is said whether it is mapped: names, figures and classes, never values.
import { createHash } from 'node:crypto';
import type { FoundPlace } from '../../contract/data-map.ts';
import type { DataClass } from '../../contract/scope.ts';

export type LinkCandidate = FoundPlace['link_candidates'][number];

export type SeenPlace = {
  readonly id: string;
  readonly prefix: string;
  readonly table: string;
  /** What the catalogue is asked for; differs from `table` for a moved users table. */
  readonly canonical: string;
  readonly column: string;
  readonly key: string;
  /** Post or comment type of the rows; '' where rows have none. */
  readonly parent: string;
  /** Values of a mapped place at paths that no source names. */
  readonly rest: boolean;
  /** What the sample showed, sources left aside. */
  readonly seen: readonly DataClass[];
  readonly encodings: readonly string[];
  readonly paths: readonly string[];
  readonly foundBy: readonly string[];
  readonly rowsSampled: number;
  readonly rowsMatching: number;
  readonly rowsEstimated: number;
  /** The table's primary key when it is one column. */
  readonly tableKey: string | null;
  readonly links: readonly LinkCandidate[];
};

export type PlaceNames = Pick<SeenPlace, 'table' | 'column' | 'key' | 'parent' | 'rest'>;

/** `table/column/key`, with the type of the rows in brackets behind the table. At most 400 characters. */
export function placeId({ table, column, key, parent, rest }: PlaceNames): string {
  const type = parent === '' ? '' : `[${parent}]`;
  const tail = rest ? ' (other paths)' : '';
  const id = [`${table}${type}`, column, ...(key === '' ? [] : [key])].join('/');
  return id.slice(0, 400 - tail.length) + tail;
}

/** The place in the evidence log, whose ids are short: names can be longer than an id may be. */
export function placeDigest(id: string): string {
  return `plc_${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
}
