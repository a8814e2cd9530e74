// Reads the shop's outbox for as long as the sidecar runs. A shop that is down is asked less and less often, up to every
// half minute; nothing is lost meanwhile, because rows wait in the shop and the position waits in the ledger.
import { isCoded } from '../domain/coded-error.ts';
import type { Clock } from '../use-cases/ports/clock.ts';
import type { Degradations } from '../use-cases/ports/degradations.ts';
import type { TakenIn } from '../use-cases/take-in-outbox.ts';

export type OutboxReaderDeps = {
  takeIn: () => Promise<TakenIn>;
  degradations: Degradations;
  clock: Clock;
  /** Resolves after `ms` or as soon as `signal` aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Pause between looks while all is well, in milliseconds. */
  pollMs: number;
  /** Told of each fault and of the end of it; by default nobody is. */
  log?: (event: { code: string; message: string }) => void;
};

export type OutboxReader = {
  /** Ends when the signal aborts, after the pass under way. Never rejects: a fault is waited out. */
  run(signal: AbortSignal): Promise<void>;
  /** When the outbox was last read without a fault; null before the first time. */
  readAt(): string | null;
};

export const BACKOFF_MOST_MS = 30_000;
/** How long the banner says that the table went back; the signal stays. */
export const WENT_BACK_SHOWN_MS = 15 * 60_000;

const SHOP = 'shop_database';
const OUTBOX = 'shop_outbox';
const LEDGER = 'ledger';

export function makeOutboxReader(deps: OutboxReaderDeps): OutboxReader {
  let readAt: string | null = null;
  let faults = 0;

  async function lookOnce(): Promise<number> {
    try {
      const taken = await deps.takeIn();
      readAt = deps.clock.now().toISOString();
      if (faults > 0)
        deps.log?.({ code: 'outbox.well_again', message: 'the outbox is read again' });
      faults = 0;
      noteWell(deps, taken);
      return taken.more ? 0 : deps.pollMs;
    } catch (error) {
      faults += 1;
      noteFault(deps, error);
      return Math.min(
        deps.pollMs * 2 ** Math.min(faults, 20),
        Math.max(BACKOFF_MOST_MS, deps.pollMs),
      );
    }
  }

  return {
    readAt: () => readAt,
    run: async (signal) => {
      while (!signal.aborted) {
        const pause = await lookOnce();
        if (pause > 0 && !signal.aborted) await deps.sleep(pause, signal);
      }
    },
  };
}

function noteWell({ degradations, clock }: OutboxReaderDeps, { wentBack }: TakenIn): void {
  degradations.clear(SHOP);
  degradations.clear(LEDGER);
  if (wentBack) {
    degradations.clear(OUTBOX);
    degradations.set(
      OUTBOX,
      "The shop's event table was emptied, replaced or restored. It was read again from its start; see the signal about it.",
    );
    return;
  }
  const standing = degradations.list().find(({ name }) => name === OUTBOX);
  if (standing === undefined) return;
  const isFresh = clock.now().getTime() - Date.parse(standing.since) < WENT_BACK_SHOWN_MS;
  if (!isFresh || !standing.sentence.includes('read again')) degradations.clear(OUTBOX);
}

function noteFault({ degradations, log }: OutboxReaderDeps, error: unknown): void {
  if (isCoded(error, 'outbox.table_missing')) {
    degradations.clear(SHOP);
    degradations.set(
      OUTBOX,
      "The plugin's event table is not in the shop's database, so store events are not seen. Activate the Tocsin plugin; signals sent to the sidecar still arrive.",
    );
  } else if (isCoded(error) && error.code.startsWith('store.')) {
    degradations.set(
      SHOP,
      `${sentenceOf(error.message)} Store events wait there and are taken in later.`,
    );
  } else {
    degradations.set(
      LEDGER,
      "What the shop reported could not be written to the sidecar's ledger; it is tried again.",
    );
  }
  log?.({
    code: isCoded(error) ? error.code : 'outbox.failed',
    message: error instanceof Error ? error.message : 'unknown fault',
  });
}

function sentenceOf(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
