// Walks a table by its key with the rows that belong to each page from a second table. The statements of the next page are
// asked before a page is given out: while it is worked on, the server works too.
import type { StoreCell, StoreConnection, StoreValue } from './store-pool.ts';
import { idOf } from './text-cell.ts';

/** Rows a page has at most: small enough to hold two of them, large enough that statements cost little. */
export const PAGE_ROWS = 2_000;

/** Runs work on the snapshot's connection; after a lost one again, in a new snapshot. So work must be a reading that can be repeated. */
export type Run = <T>(work: (connection: StoreConnection) => Promise<T>) => Promise<T>;

/** A condition on a column of ids. */
export type IdRange = (column: string) => { sql: string; values: readonly StoreValue[] };

export type Walk<Details> = {
  /** By ascending id, the id first. Of an open range at most PAGE_ROWS, asked for with ORDER BY and LIMIT. */
  readonly heads: (connection: StoreConnection, range: IdRange) => Promise<StoreCell[][]>;
  /** What belongs to them. The range holds the heads' ids and perhaps others. */
  readonly details: (
    connection: StoreConnection,
    heads: readonly StoreCell[][],
    range: IdRange,
  ) => Promise<Details>;
};

export type WalkOptions = {
  /** Only these ids, ascending. */
  readonly only?: readonly number[] | undefined;
  /**
   * Widest range of ids one statement looks through, and the last id: for tables of which few rows are wanted, so that no
   * statement runs into its time limit.
   */
  readonly stride?: { readonly ids: number; readonly last: number };
};

type Page<Details> = { heads: StoreCell[][]; details: Details };
type Coming<Details> = { heads: StoreCell[][]; details: Promise<Details> };
type Step = { heads: Promise<StoreCell[][]>; after: number; range: IdRange };

export async function* pageThrough<Details>(
  run: Run,
  walk: Walk<Details>,
  options: WalkOptions = {},
): AsyncGenerator<Page<Details>> {
  const ranges = options.only === undefined ? null : chunksOf(options.only);
  const { stride } = options;
  const ask = (range: IdRange, after: number): Step => ({
    heads: quietly(run((connection) => walk.heads(connection, range))),
    range,
    after,
  });
  const first = (after: number): Step | null => {
    if (ranges !== null) {
      const range = ranges.shift();
      return range === undefined ? null : ask(range, 0);
    }
    if (stride === undefined) return ask(above(after), after);
    return after >= stride.last ? null : ask(between(after, after + stride.ids), after);
  };
  /** What follows once these heads are known. */
  const next = (step: Step, heads: readonly StoreCell[][]): Step | null => {
    if (ranges !== null) return first(0);
    const last = idOf(heads.at(-1)?.[0]);
    if (heads.length >= PAGE_ROWS) return first(last);
    return stride === undefined ? null : first(step.after + stride.ids);
  };
  const detailsOf = (step: Step, heads: StoreCell[][]): Promise<Details> => {
    const last = idOf(heads.at(-1)?.[0]);
    const range = ranges === null ? between(step.after, last) : step.range;
    return quietly(run((connection) => walk.details(connection, heads, range)));
  };

  let step = first(0);
  let ready: Coming<Details> | null = null;
  while (step !== null || ready !== null) {
    let coming: Coming<Details> | null = null;
    if (step !== null) {
      const heads = await step.heads;
      if (heads.length > 0) coming = { heads, details: detailsOf(step, heads) };
      step = next(step, heads);
    }
    if (ready !== null) yield { heads: ready.heads, details: await ready.details };
    ready = coming;
  }
}

function above(after: number): IdRange {
  return (column) => ({ sql: `${column} > ?`, values: [after] });
}

/** `after` exclusive, `to` inclusive. */
export function between(after: number, to: number): IdRange {
  return (column) => ({ sql: `${column} > ? AND ${column} <= ?`, values: [after, to] });
}

export function oneOf(ids: readonly number[]): IdRange {
  return (column) => ({ sql: `${column} IN (?)`, values: [ids] });
}

function chunksOf(ids: readonly number[]): IdRange[] {
  const chunks: IdRange[] = [];
  for (let start = 0; start < ids.length; start += PAGE_ROWS) {
    chunks.push(oneOf(ids.slice(start, start + PAGE_ROWS)));
  }
  return chunks;
}

/** A failure of what was asked ahead is told when it is awaited, and not at all when the reading ended before. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
