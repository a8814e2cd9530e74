// Moves evidence entries from the ledger into the signed log, in order. The only caller of the log's append.
import { CodedError, isCoded } from '../domain/coded-error.ts';
import type { Ledger, EvidenceFlusher } from '../use-cases/ports/ledger.ts';
import { checkHistory, type StoredEntry } from './check-history.ts';

/** The signed log as this room needs it; durable when `append` returns. */
export interface SignedLog {
  head(): { size: number; root: string };
  append(entries: readonly Uint8Array[]): Promise<{ size: number; root: string }>;
}

export type IntegratorDeps<Log extends SignedLog> = {
  ledger: Ledger;
  log: Log;
  /** Opens the log again after an append failed half-way; without it a log that broke stays broken. */
  open?: () => Promise<Log>;
  /** Entries `from` up to but not including `to`, as they lie in the log; without it they are not compared. */
  readStored?: (from: number, to: number) => AsyncIterable<StoredEntry>;
  /** Aborted when another process may write the log: from then on nothing is appended. */
  lost?: AbortSignal;
};

export type EvidenceIntegrator<Log extends SignedLog = SignedLog> = EvidenceFlusher & {
  /** Entries recorded and not yet in the signed log. */
  waiting(): Promise<number>;
  /** The log as it is open now; another one after it had to be opened again. */
  log(): Log;
};

const PAGE = 2_000;

/**
 * One flush runs at a time; calls that come meanwhile share the next one, so that many callers cost one fsync. A crash
 * between the append and the mark leaves rows that are in the log already: the log's own size says where to go on.
 * The first flush, and the first after the log was opened again, check that ledger and log are of one history
 * (`evidence.ledger_older`, `evidence.mismatch`).
 */
export function makeEvidenceIntegrator<Log extends SignedLog>(
  deps: IntegratorDeps<Log>,
): EvidenceIntegrator<Log> {
  const state: State<Log> = { log: deps.log, isChecked: false };
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    const run = integrateOrReopen(deps, state).finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  };
  return {
    flush: () => {
      if (running === null) return start();
      // What was recorded after the running flush read its rows needs another one.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = null;
          return start();
        });
      return next;
    },
    waiting: async () => {
      const row = await deps.ledger.tables
        .selectFrom('evidence_entries')
        .select((entry) => entry.fn.countAll<number>().as('count'))
        .where('integrated', '=', 0)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    log: () => state.log,
  };
}

type State<Log> = { log: Log; isChecked: boolean };

async function integrateOrReopen<Log extends SignedLog>(
  deps: IntegratorDeps<Log>,
  state: State<Log>,
): Promise<void> {
  try {
    await integrate(deps, state);
  } catch (error) {
    if (deps.open === undefined || !isCoded(error, 'evidence.reopen_needed')) throw error;
    state.log = await deps.open();
    // What the failed append left may be more than was known: nothing is marked before it is compared.
    state.isChecked = false;
    await integrate(deps, state);
  }
}

async function integrate<Log extends SignedLog>(
  deps: IntegratorDeps<Log>,
  state: State<Log>,
): Promise<void> {
  const { ledger } = deps;
  if (!state.isChecked) {
    await checkHistory({ ledger, size: state.log.head().size, readStored: deps.readStored });
    state.isChecked = true;
  }
  for (;;) {
    const rows = await ledger.tables
      .selectFrom('evidence_entries')
      .select(['seq', 'bytes'])
      .where('seq', '>=', state.log.head().size)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    if (rows.length > 0) {
      if (deps.lost?.aborted === true) throw leaseLost();
      await state.log.append(rows.map((row) => row.bytes));
    }
    await ledger.tables
      .updateTable('evidence_entries')
      .set({ integrated: 1 })
      .where('integrated', '=', 0)
      .where('seq', '<', state.log.head().size)
      .execute();
    if (rows.length < PAGE) return;
  }
}

function leaseLost(): CodedError {
  return new CodedError({
    code: 'evidence.lease_lost',
    category: 'unavailable',
    message: "couldn't write the evidence log: another sidecar took over this ledger",
    detail: 'What was recorded is in the ledger; the sidecar that took over signs it.',
  });
}
