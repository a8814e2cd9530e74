// Posts and comments of all types share a table: some rows of each type, or three answers to a form would hide behind a
// million products.
import type { SampledRow } from '../../domain/data-map/table-survey.ts';
import { thinOut } from './scan-picks.ts';
import { readSpread, type Spread } from './scan-spread.ts';
import { quoteName } from './store-pool.ts';

/** Types of so few rows are read by their list of numbers; for others walking by the key finds rows soon enough. */
const LISTED_ROWS = 5_000;
const ROWS_OF_TYPE = 200;

export async function* readTypes(spread: Spread): AsyncGenerator<readonly SampledRow[]> {
  const { reader, table, values } = spread;
  const [key, second] = table.key;
  if (table.type?.of !== 'row' || key === undefined || second !== undefined) {
    yield* readSpread(spread);
    return;
  }
  const column = quoteName(table.type.column);
  const types = await reader.rows<{ type: string; rows_of_type: number }>(
    `SELECT ${column} AS type, COUNT(*) AS rows_of_type FROM ${quoteName(table.name)} GROUP BY 1`,
  );
  for (const { type, rows_of_type: rows } of types) {
    if (rows > LISTED_ROWS) {
      yield* readSpread(spread, {
        hint: 'FORCE INDEX (PRIMARY)',
        where: `${column} = ?`,
        values: [type],
      });
      continue;
    }
    const ids = await reader.rows<{ id: string | number }>(
      `SELECT ${quoteName(key)} AS id FROM ${quoteName(table.name)} WHERE ${column} = ? LIMIT ${LISTED_ROWS}`,
      [type],
    );
    const picked = thinOut(
      ids.map(({ id }) => String(id)),
      ROWS_OF_TYPE,
    );
    for (let at = 0; at < picked.length; at += reader.valueRows) {
      yield await values.read(`WHERE ${quoteName(key)} IN (?)`, [
        picked.slice(at, at + reader.valueRows),
      ]);
    }
  }
}
