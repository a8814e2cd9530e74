// Which tables belong to the shop. A database may hold several WordPress installs; guessing one of them could tell
// the customers of another shop, so a choice that is not certain is refused with the candidates named.
import { CodedError } from '../../domain/coded-error.ts';
import type { StoreConnection } from './store-pool.ts';

const MARK = 'options';

export async function findStorePrefix(
  connection: StoreConnection,
  { expected }: { expected?: string },
): Promise<string> {
  const candidates = await listPrefixes(connection);
  if (expected !== undefined) {
    if (candidates.includes(expected)) return expected;
    throw new CodedError({
      code: 'store.wrong_prefix',
      category: 'unavailable',
      message: `couldn't find the shop: no WordPress with the table prefix "${expected}" is in the database`,
      detail: `${foundSentence(candidates)} Set the prefix to $table_prefix of wp-config.php.`,
      context: { given: expected, found: candidates.join(', ') },
    });
  }
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  throw new CodedError({
    code: only === undefined ? 'store.wrong_prefix' : 'store.several_shops',
    category: 'unavailable',
    message:
      only === undefined
        ? "couldn't find the shop: no WordPress tables are in the database, or the user may not see them"
        : `couldn't choose a shop: ${candidates.length} WordPress table prefixes are in the database and none is configured`,
    detail: `${foundSentence(candidates)} Set the prefix to $table_prefix of wp-config.php.`,
    context: { found: candidates.join(', ') },
  });
}

function foundSentence(candidates: readonly string[]): string {
  if (candidates.length === 0) return 'Found: none.';
  return `Found: ${candidates.map((prefix) => `"${prefix}"`).join(', ')}.`;
}

/** Prefixes of all tables named like WordPress's options that hold a `siteurl`, sorted. */
async function listPrefixes(connection: StoreConnection): Promise<string[]> {
  const tables = await connection.rows<{ name: string; fitting: number | string }>(
    `SELECT c.table_name AS name, COUNT(*) AS fitting
       FROM information_schema.columns c
      WHERE c.table_schema = DATABASE() AND c.table_name LIKE ?
        AND c.column_name IN ('option_name', 'option_value')
      GROUP BY c.table_name`,
    [`%${MARK}`],
  );
  const found: string[] = [];
  for (const { name, fitting } of tables) {
    if (!name.endsWith(MARK) || Number(fitting) !== 2) continue;
    const rows = await connection.rows<{ option_name: string }>(
      `SELECT option_name FROM \`${name.replaceAll('`', '``')}\` WHERE option_name = 'siteurl'`,
    );
    if (rows.some((row) => row.option_name === 'siteurl')) found.push(name.slice(0, -MARK.length));
  }
  return found.sort();
}
