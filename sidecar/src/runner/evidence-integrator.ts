// Moves evidence entries from the ledger into the signed log, in order. The only caller of the log's append.
import type { Ledger, EvidenceFlusher } from '../use-cases/ports/ledger.ts';

/** The signed log as this room needs it; durable when `append` returns. */
export interface SignedLog {
  head(): { size: number; root: string };
  append(entries: readonly Uint8Array[]): Promise<{ size: number; root: string }>;
}

export type EvidenceIntegrator = EvidenceFlusher & {
  /** Entries recorded and not yet in the signed log. */
  waiting(): Promise<number>;
};

const PAGE = 2_000;

/**
 * One flush runs at a time; calls that come meanwhile share the next one, so that many callers cost one fsync. A crash
 * between the append and the mark leaves rows that are in the log already: the log's own size says where to go on.
 */
export function makeEvidenceIntegrator(deps: {
  ledger: Ledger;
  log: SignedLog;
}): EvidenceIntegrator {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    const run = integrate(deps).finally(() => {
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
  };
}

async function integrate(deps: { ledger: Ledger; log: SignedLog }): Promise<void> {
  for (;;) {
    const rows = await deps.ledger.tables
      .selectFrom('evidence_entries')
      .select(['seq', 'bytes'])
      .where('seq', '>=', deps.log.head().size)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    if (rows.length > 0) await deps.log.append(rows.map((row) => row.bytes));
    await deps.ledger.tables
      .updateTable('evidence_entries')
      .set({ integrated: 1 })
      .where('integrated', '=', 0)
      .where('seq', '<', deps.log.head().size)
      .execute();
    if (rows.length < PAGE) return;
  }
}
