// The shipped catalogue for tests, with the list of what it leaves out on purpose.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { keyMatches, makeCatalogue } from '../../domain/data-map/catalogue.ts';
import { loadShippedCatalogue, SHIPPED_FOLDER } from './load-catalogue.ts';

const reason = z.string().min(10);
const names = z.array(z.string()).min(1);
const NotMapped = z.strictObject({
  version: z.literal(1),
  about: z.string(),
  keys: z.array(z.strictObject({ tables: names, keys: names, reason })),
  columns: z.array(z.strictObject({ table: z.string(), columns: names, reason })),
  tables: z.array(z.strictObject({ tables: names, reason })),
});

export const SHIPPED = makeCatalogue(loadShippedCatalogue());

export const NOT_MAPPED = NotMapped.parse(
  JSON.parse(readFileSync(join(SHIPPED_FOLDER, 'not-mapped.json'), 'utf8')),
);

/** Whether a place, its table without prefix, is left out with a reason. */
export function isLeftOut(table: string, column: string, key: string): boolean {
  return (
    NOT_MAPPED.tables.some(({ tables }) => tables.includes(table)) ||
    NOT_MAPPED.columns.some((left) => left.table === table && left.columns.includes(column)) ||
    (key !== '' &&
      NOT_MAPPED.keys.some(
        ({ tables, keys }) =>
          tables.includes(table) && keys.some((pattern) => keyMatches(pattern, key, 'wp_')),
      ))
  );
}
