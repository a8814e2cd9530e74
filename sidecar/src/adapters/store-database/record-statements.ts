// A pool through which the readings run as ever, and which keeps every statement with the server's plan for it. What the
// plan says would be long is not run: its rows are given as none.
import { isCoded } from '../../domain/coded-error.ts';
import { explain, tablesNamed, type PlanStep } from './statement-plan.ts';
import type { StoreLease } from './store-lease.ts';
import type { StoreConnection, StorePool, StoreValue } from './store-pool.ts';

/**
 * What a statement is for. `part`: some rows of a table. `pages`: a whole table, page by page. `sample`: rows from all over
 * a table. `once`: a whole table in one statement, on purpose.
 */
export type Purpose = {
  readonly what: string;
  readonly reads: 'part' | 'pages' | 'sample' | 'once';
  /** Column of the table to walk it by. */
  readonly walkedBy?: string;
};

export type RecordedStatement = {
  readonly sql: string;
  readonly purpose: Purpose;
  readonly plan: readonly PlanStep[];
  /** Name of an index that the statement asks for and its table does not have (suppose-indexes.ts); the plan is without it. */
  readonly lacks: string | null;
};

export type StatementRecorder = {
  readonly pool: StorePool;
  /** Statements asked until `work` ends are recorded for this purpose; others are not recorded. */
  during<T>(purpose: Purpose, work: () => Promise<T>): Promise<T>;
  /** Each once for each purpose. */
  recorded(): readonly RecordedStatement[];
};

/** Statements run for one purpose; a reading that would go on through a whole table is then told that there is no more. */
const MOST_RUN = 40;
/** Rows a statement may look at to be run; what stops at a page of an index may look at any number by its plan. */
const FEW_ROWS = 50_000;

export function recordStatements(pool: StorePool): StatementRecorder {
  const found = new Map<string, RecordedStatement>();
  let purpose: Purpose | null = null;
  let run = 0;

  /** True when the statement is to be run. */
  async function record(
    connection: StoreConnection,
    sql: string,
    values: readonly StoreValue[],
  ): Promise<boolean> {
    if (purpose === null) return true;
    // A reading that prepares a connection for itself means one of its own; these are used by others afterwards.
    if (/^\s*SET\b/i.test(sql)) return false;
    if (tablesNamed(sql).size === 0) return true;
    const current = purpose;
    const key = `${current.what}\n${sql}`;
    const statement = found.get(key) ?? {
      sql,
      purpose: current,
      ...(await planOf(connection, sql, values)),
    };
    found.set(key, statement);
    if (statement.lacks !== null || !isQuick(sql, statement.plan)) return false;
    run += 1;
    return run <= MOST_RUN;
  }

  const recording = (connection: StoreConnection): StoreConnection => ({
    rows: async (sql, values = []) =>
      (await record(connection, sql, values)) ? connection.rows(sql, values) : [],
    lists: async (sql, values = []) =>
      (await record(connection, sql, values)) ? connection.lists(sql, values) : [],
    each: async (sql, values, onRow) => {
      if (await record(connection, sql, values)) await connection.each(sql, values, onRow);
    },
  });
  const onPool = recording(pool);

  return {
    pool: {
      ...pool,
      rows: onPool.rows,
      lists: onPool.lists,
      each: onPool.each,
      lease: async (): Promise<StoreLease> => {
        const lease = await pool.lease();
        return { ...lease, connection: recording(lease.connection) };
      },
      withConnection: (work) => pool.withConnection((connection) => work(recording(connection))),
    },
    during: async (during, work) => {
      purpose = during;
      run = 0;
      try {
        return await work();
      } finally {
        purpose = null;
      }
    },
    recorded: () => [...found.values()],
  };
}

const NAMED_INDEX = /\bFORCE\s+INDEX\s*\(`?([^`)]+)`?\)/i;
/** ER_KEY_DOES_NOT_EXITS, as the servers spell it. */
const NO_SUCH_INDEX = 1176;

async function planOf(
  connection: StoreConnection,
  sql: string,
  values: readonly StoreValue[],
): Promise<Pick<RecordedStatement, 'plan' | 'lacks'>> {
  try {
    return { plan: await explain(connection, sql, values), lacks: null };
  } catch (error) {
    const lacks = NAMED_INDEX.exec(sql)?.[1];
    if (lacks === undefined || !isCoded(error)) throw error;
    if (error.context['driver_number'] !== NO_SUCH_INDEX) throw error;
    return { plan: await explain(connection, sql.replace(NAMED_INDEX, ''), values), lacks };
  }
}

function isQuick(sql: string, plan: readonly PlanStep[]): boolean {
  return plan.every((step) => step.rows <= FEW_ROWS || stopsEarly(sql, step));
}

/** Reads along an index and stops at its LIMIT, however many rows there are. */
export function stopsEarly(sql: string, step: PlanStep): boolean {
  return /\bLIMIT\b/i.test(sql) && step.key !== null && !step.sorts && step.access !== 'ALL';
}
