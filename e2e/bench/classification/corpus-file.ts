// The labelled corpus: places with invented values and the classes they truly hold.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataClass } from '../../../sidecar/src/contract/scope.ts';

/** A scalar is a plain value; a list or record is a value as it looks decoded, whose leaves have paths. */
export type CorpusRow = string | readonly CorpusRow[] | { readonly [key: string]: CorpusRow };

export type CorpusPlace = {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  readonly columns: readonly string[];
  /** Post, comment or address type of its rows, where they have one. */
  readonly parent?: string;
  readonly country?: string;
  readonly holds: readonly DataClass[];
  /** What it is mistaken for, where it is a trap. */
  readonly trap?: string;
  readonly rows: readonly CorpusRow[];
};

export type CorpusFile = {
  readonly name: string;
  /** `tuned`: rules were written and changed with it in sight; `held_out`: no rule ever was. */
  readonly part: 'tuned' | 'held_out';
  readonly places: readonly CorpusPlace[];
};

/** As written: what is empty is left out. */
type WrittenFile = {
  readonly part: CorpusFile['part'];
  readonly places: readonly (Omit<CorpusPlace, 'key' | 'columns'> & Partial<CorpusPlace>)[];
};

export function readCorpus(): CorpusFile[] {
  const folder = join(import.meta.dirname, 'corpus');
  return globSync('*.json', { cwd: folder })
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      // `␟` keeps scanners for leaked keys from taking an invented one for real.
      const { part, places } = JSON.parse(text.replaceAll('␟', '')) as WrittenFile;
      return {
        name: basename(file, '.json'),
        part,
        places: places.map((place) => ({
          key: '',
          columns: [],
          ...place,
          holds: DataClass.array().parse(place.holds),
        })),
      };
    });
}

export function placeName({ table, column, key, parent }: CorpusPlace): string {
  return `${table}/${column}${key === '' ? '' : `/${key}`}${parent === undefined ? '' : ` (${parent})`}`;
}

/** Leaves with their paths. */
export function leavesOf(
  row: CorpusRow,
  path: readonly string[] = [],
): { path: string[]; value: string }[] {
  if (typeof row === 'string') return [{ path: [...path], value: row }];
  const entries = isList(row)
    ? row.map((entry, index) => [String(index), entry] as const)
    : Object.entries(row);
  return entries.flatMap(([key, entry]) => leavesOf(entry, [...path, key]));
}

function isList(row: Exclude<CorpusRow, string>): row is readonly CorpusRow[] {
  return Array.isArray(row);
}
