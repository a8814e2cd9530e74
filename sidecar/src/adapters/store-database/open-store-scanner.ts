// The scanner over a pool of its own: what it sets for its session must not reach the reading of people.
import { CANDIDATE_VALUES, lastNumber } from '../../domain/data-map/link-candidates.ts';
import type { SampledRow } from '../../domain/data-map/table-survey.ts';
import type { StoreScanner } from '../../use-cases/ports/store-scanner.ts';
import { readKeys } from './scan-keys.ts';
import { paceReader, type PacedReader, type ScanPace } from './scan-pace.ts';
import { readSchema } from './scan-schema.ts';
import { filledColumns, readSparse } from './scan-sparse.ts';
import { readSpread, type Spread } from './scan-spread.ts';
import { readTypes } from './scan-types.ts';
import { makeValueReader } from './scan-values.ts';
import { quoteName, type StorePool } from './store-pool.ts';

export function openStoreScanner(pool: StorePool, pace: ScanPace): StoreScanner {
  const reader = paceReader(pool, pace);
  return {
    schema: () => readSchema(reader),
    sample: (table, unread) => {
      const spread = { reader, table, unread, values: makeValueReader(reader, table, unread) };
      if (table.pairs !== null) return readKeys(spread);
      return table.type === null ? readTable(spread) : readTypes(spread);
    },
    matchNumbers: async (prefixes, columns) => {
      const matches = new Map<string, { user: number; order: number }>();
      for (const { column, values } of columns) {
        const numbers = [...new Set(values.map(lastNumber).filter((found) => found !== null))];
        if (numbers.length === 0 || numbers.length < values.length * 0.8) continue;
        matches.set(
          column,
          await matchNumbers(reader, prefixes, numbers.slice(0, CANDIDATE_VALUES)),
        );
      }
      return matches;
    },
  };
}

async function* readTable(spread: Spread): AsyncGenerator<readonly SampledRow[]> {
  const filled = new Set<string>();
  const rows = readSpread(spread);
  for (;;) {
    const next = await rows.next();
    if (next.done === true) {
      if (!next.value) yield* readSparse(spread, filled);
      return;
    }
    for (const name of filledColumns(next.value)) filled.add(name);
    yield next.value;
  }
}

/** Sites of a network share the users of the first; both order stores are asked, whichever is in use. */
async function matchNumbers(
  reader: PacedReader,
  prefixes: readonly string[],
  numbers: readonly string[],
): Promise<{ user: number; order: number }> {
  const user = new Set<string>();
  const order = new Set<string>();
  const add = async (to: Set<string>, table: string, column: string, also = ''): Promise<void> => {
    const [there] = await reader.rows<{ tables: number }>(
      'SELECT COUNT(*) AS tables FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
      [table],
    );
    if ((there?.tables ?? 0) === 0) return;
    const rows = await reader.rows<{ id: number | string }>(
      `SELECT ${column} AS id FROM ${quoteName(table)} WHERE ${column} IN (?) ${also}`,
      [numbers],
    );
    for (const { id } of rows) to.add(String(id));
  };
  const networks = prefixes.flatMap((prefix) => /^(.*_)\d+_$/.exec(prefix)?.[1] ?? []);
  for (const prefix of new Set([...prefixes, ...networks])) await add(user, `${prefix}users`, 'ID');
  for (const prefix of prefixes) {
    await add(order, `${prefix}wc_orders`, 'id');
    await add(order, `${prefix}posts`, 'ID', "AND post_type LIKE 'shop\\_order%'");
  }
  return { user: user.size, order: order.size };
}
