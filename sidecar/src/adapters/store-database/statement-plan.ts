// How the server would run a statement, by EXPLAIN: which table by which index, and how many rows it expects to look at.
// Nothing of the shop is read and nothing is run.
import type { StoreConnection, StoreValue } from './store-pool.ts';

export type PlanStep = {
  /** Whole name; the alias of the statement is resolved. */
  readonly table: string;
  /** `ALL` reads every row, `index` every entry of an index, `range` and `ref` a part of one. */
  readonly access: string;
  /** Index it reads by; null for none. */
  readonly key: string | null;
  /** By the server's statistics, which can be off by half. */
  readonly rows: number;
  /** Sorts what it read before it gives out the first row. */
  readonly sorts: boolean;
};

type ExplainRow = {
  table: string | null;
  type: string | null;
  key: string | null;
  rows: number | string | null;
  Extra: string | null;
};

/** Steps over tables alone: none for a statement that the server answers without reading one. */
export async function explain(
  connection: StoreConnection,
  sql: string,
  values: readonly StoreValue[],
): Promise<readonly PlanStep[]> {
  const names = tablesNamed(sql);
  const rows = await connection.rows<ExplainRow>(`EXPLAIN ${sql}`, values);
  return rows.flatMap((row) => {
    const table = names.get(row.table ?? '');
    if (table === undefined || row.type === null) return [];
    return [
      {
        table,
        access: row.type,
        key: row.key,
        rows: Number(row.rows ?? 0),
        sorts: (row.Extra ?? '').includes('filesort'),
      },
    ];
  });
}

/** `` FROM `wp_posts` p `` and `` JOIN `x` AS y ``; our own statements quote every name of a table. */
const NAMED = /(?:FROM|JOIN)\s+`((?:[^`]|``)+)`(?:\s+(?:AS\s+)?(\w+))?/gi;
const NO_ALIAS =
  /^(?:WHERE|FORCE|USE|IGNORE|ORDER|GROUP|LIMIT|JOIN|LEFT|INNER|STRAIGHT_JOIN|ON|HAVING|UNION)$/i;

/** Whole names of tables by what the statement calls them. */
export function tablesNamed(sql: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [, quoted = '', alias = ''] of sql.matchAll(NAMED)) {
    const table = quoted.replaceAll('``', '`');
    names.set(alias === '' || NO_ALIAS.test(alias) ? table : alias, table);
  }
  return names;
}

/** Columns that a statement compares in a table's name, in order, with whether by `=` or `IN`; by lower case. */
export function columnsCompared(
  sql: string,
  table: string,
): readonly { readonly column: string; readonly equal: boolean }[] {
  const names = tablesNamed(sql);
  const calls = [...names].filter(([, name]) => name === table).map(([call]) => call);
  const found: { column: string; equal: boolean }[] = [];
  const compared =
    /(?:`?(\w+)`?\.)?`?(\w+)`?\s*(=|IN\b|<=|>=|<|>|BETWEEN\b|LIKE\b)\s*(?:`?(\w+)`?\.`?(\w+)`?)?/gi;
  for (const [, call, column = '', sign = '', otherCall, other = ''] of conditionsOf(sql).matchAll(
    compared,
  )) {
    const equal = sign === '=' || sign.toUpperCase() === 'IN';
    if (call === undefined ? names.size === 1 : calls.includes(call)) {
      found.push({ column: column.toLowerCase(), equal });
    }
    if (otherCall !== undefined && calls.includes(otherCall)) {
      found.push({ column: other.toLowerCase(), equal });
    }
  }
  return found.filter(
    ({ column }, place) => found.findIndex((earlier) => earlier.column === column) === place,
  );
}

/** What stands in WHERE and ON; the columns that are only given out are left away. */
function conditionsOf(sql: string): string {
  return [
    ...sql.matchAll(/\b(?:WHERE|ON)\b([\s\S]*?)(?=\b(?:ORDER|GROUP|LIMIT|JOIN|UNION|WHERE)\b|$)/gi),
  ]
    .map(([, text = '']) => text)
    .join('\n');
}
