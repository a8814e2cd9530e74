// Which recorded statements would look through a large table for a few of its rows, and the index that spares it.
import {
  addIndexSql,
  addsOnline,
  adviseIndex,
  standardIndex,
  type Advised,
} from './advise-index.ts';
import { estimatedRows, indexSize, textLengths } from './index-size.ts';
import { stopsEarly, type RecordedStatement } from './record-statements.ts';
import { LARGE_ROWS } from './run-readings.ts';
import type { PlanStep } from './statement-plan.ts';
import type { StoreConnection, StorePool } from './store-pool.ts';
import { readLayouts, type TableLayout } from './table-layout.ts';

export type LongReading = {
  /** Whole name. */
  readonly table: string;
  /** By the server's statistics. */
  readonly rows: number;
  /** What is read so, such as `orders of a time window`; in order. */
  readonly readings: readonly string[];
  /** `sql` adds it, `bytes` of disk it will take; `online`: rows are written meanwhile. Null when no index would help. */
  readonly index: { readonly sql: string; readonly bytes: number; readonly online: boolean } | null;
};

/** Share of a table's rows from which on it is as good as read whole. */
const MOST = 0.2;

export async function findLongReadings(
  pool: StorePool,
  recorded: readonly RecordedStatement[],
): Promise<readonly LongReading[]> {
  const prefix = await pool.prefix();
  return pool.withConnection(async (connection) => {
    const names = [...new Set(recorded.flatMap(({ plan }) => plan.map(({ table }) => table)))];
    const layouts = await readLayouts(connection, names);
    const sizes = await estimatedRows(connection, names);
    const found = new Map<string, LongReading>();
    for (const { sql, purpose, plan, lacks } of recorded) {
      for (const step of plan) {
        const layout = layouts.get(step.table);
        const rows = Math.max(sizes.get(step.table) ?? 0, step.access === 'ALL' ? step.rows : 0);
        if (layout === undefined || rows < LARGE_ROWS) continue;
        if (lacks === null && !isLong({ sql, step, rows, reads: purpose.reads })) continue;
        const table = await advisedTable(connection, layout, prefix);
        const isWhole = lacks !== null || step.access === 'ALL' || step.access === 'index';
        const mayBeWhole = purpose.reads === 'sample';
        const { key, index } = await advice(connection, table, {
          sql,
          rows,
          lacks,
          walkedBy: purpose.walkedBy,
        });
        // By an index, and no other is narrower: it reads the rows it asks for and no more.
        if (index === null && (mayBeWhole || !isWhole)) continue;
        const earlier = found.get(key);
        found.set(key, {
          table: step.table,
          rows,
          readings: [...new Set([...(earlier?.readings ?? []), purpose.what])],
          index: earlier?.index ?? index,
        });
      }
    }
    return [...found.values()];
  });
}

function isLong(input: {
  sql: string;
  step: PlanStep;
  rows: number;
  reads: RecordedStatement['purpose']['reads'];
}): boolean {
  const { sql, step, rows, reads } = input;
  if (reads === 'once' || stopsEarly(sql, step)) return false;
  if (reads === 'sample') return step.access === 'ALL';
  // A page of a walk that reads the whole table is read as often as there are pages.
  if (step.access === 'ALL' || step.access === 'index') return true;
  return reads === 'part' ? step.rows >= rows * MOST : step.sorts && step.rows >= rows * MOST;
}

async function advisedTable(
  connection: StoreConnection,
  layout: TableLayout,
  prefix: string,
): Promise<Advised> {
  return {
    layout,
    bareName: layout.name.startsWith(prefix) ? layout.name.slice(prefix.length) : layout.name,
    lengths: await textLengths(connection, layout.name),
  };
}

async function advice(
  connection: StoreConnection,
  table: Advised,
  input: { sql: string; rows: number; lacks: string | null; walkedBy: string | undefined },
): Promise<{ key: string; index: LongReading['index'] }> {
  const { layout } = table;
  const { sql, rows, lacks, walkedBy } = input;
  const wanted = lacks === null ? adviseIndex(table, sql, walkedBy) : standardIndex(table, lacks);
  if (wanted === null) return { key: layout.name, index: null };
  return {
    key: `${layout.name}/${wanted.name}`,
    index: {
      sql: addIndexSql(layout, wanted),
      online: addsOnline(layout),
      bytes: await indexSize(connection, { layout, wanted, rows }),
    },
  };
}
