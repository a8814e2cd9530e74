// WordPress's key/value rows, gathered by the row they belong to.
import type { StoreConnection } from './store-pool.ts';

/** Longest value read, in characters: longer than any address or name, short enough that one row cannot fill memory. */
const LONGEST = 500;

/** Values by key, in the order they were written; WordPress itself shows the first. */
export type Meta = ReadonlyMap<string, readonly string[]>;

type MetaQuery = {
  table: string;
  /** Column of the meta row's own id, and of the row it belongs to. */
  id: string;
  owner: string;
  owners: readonly number[];
  keys: readonly string[];
};

/** Keys are compared in code again: the database's collation would take `_Billing_Email ` for `_billing_email`. */
export async function readMeta(
  connection: StoreConnection,
  { table, id, owner, owners, keys }: MetaQuery,
): Promise<Map<number, Meta>> {
  const found = new Map<number, Map<string, string[]>>();
  if (owners.length === 0) return found;
  const rows = await connection.rows<{ id: number; owner: number; k: string; v: string | null }>(
    `SELECT ${id} AS id, ${owner} AS owner, meta_key AS k, LEFT(meta_value, ${LONGEST}) AS v
       FROM ${table} WHERE ${owner} IN (?) AND meta_key IN (?)`,
    [owners, keys],
  );
  const wanted = new Set(keys);
  rows.sort((a, b) => a.id - b.id);
  for (const row of rows) {
    if (!wanted.has(row.k)) continue;
    const meta = found.get(row.owner) ?? new Map<string, string[]>();
    found.set(row.owner, meta);
    meta.set(row.k, [...(meta.get(row.k) ?? []), row.v ?? '']);
  }
  return found;
}

const NONE: Meta = new Map();

export function metaOf(all: ReadonlyMap<number, Meta>, owner: number): Meta {
  return all.get(owner) ?? NONE;
}

export function firstValue(meta: Meta, key: string): string {
  return meta.get(key)?.[0] ?? '';
}
