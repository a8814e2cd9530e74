// Which orders of the HPOS tables WooCommerce has marked as anonymised.
import { oneOf, type Run } from './page-through.ts';
import type { StoreConnection } from './store-pool.ts';
import { forceIndex, indexOn, type TableLayout } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';

const KEY = '_anonymized';

/** Marks up to which they are read once and kept: looking for them page by page takes as long as reading the orders. */
const FEW = 50_000;

/** The marked ones among these orders. */
export type Anonymised = (
  connection: StoreConnection,
  orderIds: readonly number[],
) => Promise<ReadonlySet<number>>;

export async function readAnonymised(run: Run, meta: TableLayout | null): Promise<Anonymised> {
  if (meta === null) return () => Promise.resolve(new Set());
  const few = await run((connection) => readFew(connection, meta));
  if (few !== null) return () => Promise.resolve(few);
  return async (connection, orderIds) => {
    if (orderIds.length === 0) return new Set();
    const { sql, values } = oneOf(orderIds)('order_id');
    return markedIn(
      await connection.lists(
        `SELECT order_id, meta_key, LEFT(meta_value, 10) FROM ${meta.quoted} ${forceIndex(meta, 'order_id')}
          WHERE ${sql} AND meta_key = ?`,
        [...values, KEY],
      ),
    );
  };
}

/** Null when there are more, or no index to find them by. */
async function readFew(
  connection: StoreConnection,
  meta: TableLayout,
): Promise<ReadonlySet<number> | null> {
  if (indexOn(meta, 'meta_key') === null) return null;
  const rows = await connection.lists(
    `SELECT order_id, meta_key, LEFT(meta_value, 10) FROM ${meta.quoted} ${forceIndex(meta, 'meta_key')}
      WHERE meta_key = ? LIMIT ?`,
    [KEY, FEW + 1],
  );
  return rows.length > FEW ? null : markedIn(rows);
}

function markedIn(rows: Awaited<ReturnType<StoreConnection['lists']>>): Set<number> {
  const marked = new Set<number>();
  for (const [owner, key, value] of rows) {
    if (textOf(key) === KEY && textOf(value) === 'yes') marked.add(idOf(owner));
  }
  return marked;
}
