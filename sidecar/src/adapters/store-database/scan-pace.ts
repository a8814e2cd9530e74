// How a scan asks the shop's database: one small statement at a time, with a rest between, waiting while the server is under
// load and while it is gone. A statement whose connection was lost is asked again, so that reading goes on where it broke off.
import { CodedError, isCoded } from '../../domain/coded-error.ts';
import type { StorePool, StoreValue } from './store-pool.ts';

export type ScanPace = {
  /** Rows read at once. */
  readonly chunkRows: number;
  /** Milliseconds between two statements. */
  readonly pauseMs: number;
  /** Statements that the server may run at once, ours included, before a scan waits. */
  readonly maxThreadsRunning: number;
  /** Resolves after `ms` or as soon as the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Ends the scan before its next statement. */
  readonly signal: AbortSignal;
};

export type PacedReader = {
  /** Rows with their values that are read at once: few, since one value can be long. */
  readonly valueRows: number;
  /** Rows whose keys alone are read at once. */
  readonly windowRows: number;
  rows<Row>(sql: string, values?: readonly StoreValue[]): Promise<Row[]>;
};

const LOAD_WAIT_MS = 2_000;
/** Waits before a lost connection is given up: half a minute in all, longer than a server takes to start again. */
const RETRY_WAITS_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 16_000];
/**
 * Seconds to wait for a table that is locked, by ALTER TABLE for one: other statements queue behind a waiting reader too,
 * so giving up early is what keeps a scan harmless.
 */
const LOCK_WAIT_SECONDS = 3;
const MOST_VALUE_ROWS = 100;
/** Keys cost the server about a hundredth of what values do: 100,000 rows of usermeta took 60 ms. */
const KEYS_PER_ROW = 100;

export function paceReader(pool: StorePool, pace: ScanPace): PacedReader {
  async function ask<Row>(sql: string, values: readonly StoreValue[]): Promise<Row[]> {
    return pool.withConnection(async (connection) => {
      await connection.rows(`SET SESSION lock_wait_timeout = ${LOCK_WAIT_SECONDS}`);
      await waitForQuiet(() => connection.rows(LOAD), pace);
      return connection.rows<Row>(sql, values);
    });
  }

  return {
    valueRows: Math.min(pace.chunkRows, MOST_VALUE_ROWS),
    windowRows: pace.chunkRows * KEYS_PER_ROW,
    rows: async <Row>(sql: string, values: readonly StoreValue[] = []) => {
      await pace.sleep(pace.pauseMs, pace.signal);
      for (const wait of RETRY_WAITS_MS) {
        stopIfAsked(pace.signal);
        try {
          return await ask<Row>(sql, values);
        } catch (error) {
          if (!isCoded(error, 'store.connection_lost', 'store.unreachable', 'store.busy'))
            throw error;
          await pace.sleep(wait, pace.signal);
        }
      }
      stopIfAsked(pace.signal);
      return ask<Row>(sql, values);
    },
  };
}

const LOAD = "SHOW GLOBAL STATUS LIKE 'Threads_running'";
type LoadRow = { Value: string };

async function waitForQuiet(load: () => Promise<LoadRow[]>, pace: ScanPace): Promise<void> {
  for (;;) {
    const [row] = await load();
    if (Number(row?.Value ?? 0) <= pace.maxThreadsRunning) return;
    await pace.sleep(LOAD_WAIT_MS, pace.signal);
    stopIfAsked(pace.signal);
  }
}

function stopIfAsked(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new CodedError({
    code: 'scan.stopped',
    category: 'unavailable',
    message: "couldn't finish the scan: the sidecar is stopping",
    detail: 'It goes on with the tables that are left when the sidecar runs again.',
  });
}
