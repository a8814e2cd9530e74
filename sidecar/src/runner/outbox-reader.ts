// Reads the shop's outbox for as long as the sidecar runs. A shop that is down is asked less and less often, up to every
// half minute; nothing is lost meanwhile, because rows wait in the shop and the position waits in the ledger.
import { isCoded } from '../domain/coded-error.ts';
import type { Degradations } from '../use-cases/ports/degradations.ts';
import { takeInOutbox, type TakeInDeps, type TakenIn } from '../use-cases/take-in-outbox.ts';
import { makeAlarm } from './wakeable-sleep.ts';

export type OutboxReaderDeps = TakeInDeps & { degradations: Degradations };

export type OutboxReaderSettings = {
  /** Pause between looks while all is well, in milliseconds. */
  pollMs: number;
  /** Ends the reading, after the pass under way. */
  signal: AbortSignal;
  /** Told of each fault; it is waited out all the same. */
  onError?: (error: unknown) => void;
  /** Resolves after `ms` or as soon as `signal` aborts. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type OutboxReader = {
  /** Resolves when the reading has ended; never rejects. */
  finished: Promise<void>;
};

export const BACKOFF_MOST_MS = 30_000;
/** How long the banner says that the table went back; the signal stays. */
export const WENT_BACK_SHOWN_MS = 15 * 60_000;

const SHOP = 'shop_database';
const OUTBOX = 'shop_outbox';
const INTAKE = 'outbox_intake';
const WENT_BACK =
  "The shop's event table was emptied, replaced or restored. It is read again from its start; see the signal about it.";
const MISSING =
  "The plugin's event table is not in the shop's database, so store events are not seen. Activate the Tocsin plugin; signals sent to the sidecar still arrive.";

export function startOutboxReader(
  deps: OutboxReaderDeps,
  settings: OutboxReaderSettings,
): OutboxReader {
  const { pollMs, signal } = settings;
  const alarm = makeAlarm();
  const sleep = settings.sleep ?? ((ms, until) => alarm.sleep(ms, until));
  let faults = 0;

  async function lookOnce(): Promise<number> {
    try {
      const taken = await takeInOutbox(deps);
      faults = 0;
      noteWell(deps, taken);
      return taken.more ? 0 : pollMs;
    } catch (error) {
      faults += 1;
      noteFault(deps.degradations, error);
      settings.onError?.(error);
      const backoff = pollMs * 2 ** Math.min(faults, 20);
      return Math.min(backoff, Math.max(BACKOFF_MOST_MS, pollMs));
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const pause = await lookOnce();
      if (pause > 0) await sleep(pause, signal);
    }
  }
  return { finished: run() };
}

function noteWell({ degradations, clock }: OutboxReaderDeps, { wentBack }: TakenIn): void {
  degradations.clear(SHOP);
  degradations.clear(INTAKE);
  const standing = degradations.list().find(({ name }) => name === OUTBOX);
  if (wentBack) {
    degradations.clear(OUTBOX);
    degradations.set(OUTBOX, WENT_BACK);
  } else if (standing !== undefined) {
    const age = clock.now().getTime() - Date.parse(standing.since);
    if (standing.sentence !== WENT_BACK || age >= WENT_BACK_SHOWN_MS) degradations.clear(OUTBOX);
  }
}

function noteFault(degradations: Degradations, error: unknown): void {
  if (isCoded(error, 'outbox.table_missing')) {
    degradations.clear(SHOP);
    degradations.clear(OUTBOX);
    degradations.set(OUTBOX, MISSING);
  } else if (isCoded(error) && error.code.startsWith('store.')) {
    const sentence = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
    degradations.set(SHOP, `${sentence} Store events wait there and are taken in later.`);
  } else {
    degradations.set(
      INTAKE,
      'Store events cannot be written to the ledger; they wait in the shop and are tried again.',
    );
  }
}
