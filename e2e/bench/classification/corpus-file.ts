// The labelled corpus: places with invented values and the classes they truly hold.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { DataClass } from '../../../sidecar/src/contract/scope.ts';

/** A scalar is a plain value; a list or record is a value as it looks decoded, whose leaves have paths. */
const Row: z.ZodType<CorpusRow> = z.lazy(() =>
  z.union([z.string(), z.array(Row), z.record(z.string(), Row)]),
);
export type CorpusRow = string | CorpusRow[] | { [key: string]: CorpusRow };

const CorpusPlace = z.strictObject({
  table: z.string(),
  column: z.string(),
  key: z.string().default(''),
  columns: z.array(z.string()).default([]),
  parent: z.string().optional(),
  country: z.string().length(2).optional(),
  holds: z.array(DataClass),
  /** What it is mistaken for, where it is a trap. */
  trap: z.string().optional(),
  rows: z.array(Row).min(1),
});
export type CorpusPlace = z.infer<typeof CorpusPlace>;

const CorpusFile = z.strictObject({
  about: z.string(),
  /** `blind`: written before any rule was; `tuned`: rules were written with it in sight. */
  part: z.enum(['blind', 'tuned']),
  places: z.array(CorpusPlace).min(1),
});
export type CorpusFile = z.infer<typeof CorpusFile> & { readonly name: string };

export function readCorpus(): CorpusFile[] {
  const folder = join(import.meta.dirname, 'corpus');
  return globSync('*.json', { cwd: folder })
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      // `␟` keeps scanners for leaked keys from taking an invented one for real.
      return {
        name: basename(file, '.json'),
        ...CorpusFile.parse(JSON.parse(text.replaceAll('␟', ''))),
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
  const entries = Array.isArray(row)
    ? row.map((entry, index) => [String(index), entry] as const)
    : Object.entries(row);
  return entries.flatMap(([key, entry]) => leavesOf(entry, [...path, key]));
}
