// What the sidecar does by itself for as long as it serves: send, read the shop's outbox, sign evidence, sweep.
import type { EvidenceLog } from './adapters/evidence-files/evidence-log.ts';
import { openOutbox } from './adapters/store-database/outbox.ts';
import type { StorePool } from './adapters/store-database/store-pool.ts';
import type { OpenScan } from './compose-data-map.ts';
import type { LedgerParts } from './compose-ledger.ts';
import type { Config } from './config/load-config.ts';
import type { RunningBackground } from './runner/background.ts';
import { startDeliveryLoop } from './runner/delivery-loop.ts';
import type { EvidenceIntegrator } from './runner/evidence-integrator.ts';
import { startOutboxReader } from './runner/outbox-reader.ts';
import { startRepeating } from './runner/repeating.ts';
import { startScanSchedule } from './runner/scan-schedule.ts';
import type { ServeLease } from './runner/serve-lease.ts';
import { sweepAudiences } from './use-cases/abandon-audiences.ts';
import { expireManifests } from './use-cases/expire-manifests.ts';
import type { Degradations } from './use-cases/ports/degradations.ts';
import type { DeliveryDeps } from './use-cases/ports/delivery-deps.ts';
import type { MailProvider } from './use-cases/ports/mail-provider.ts';
import { sweepExpired } from './use-cases/sweep-expired.ts';

const SWEEP_MS = 60_000;
const LOOK_FOR_DUE_SCAN_MS = 60_000;
/** Evidence that nobody waits for, such as a declared incident, is in the signed log after at most this long. */
const FLUSH_MS = 1_000;

export type LoopParts = {
  config: Config;
  parts: LedgerParts;
  pool: StorePool;
  scan: OpenScan;
  evidence: EvidenceIntegrator<EvidenceLog>;
  degradations: Degradations;
  background: RunningBackground;
  providerOf: (name: string) => MailProvider;
  lease: ServeLease;
  /** Aborted at a stop and when the lease was lost: nothing is begun from then on. */
  signal: AbortSignal;
  onError: (error: unknown, what: string) => void;
};

export type LoopName = 'outbox' | 'flusher' | 'sweeper' | 'scans' | 'delivery';

/** How to wait for the end of each, to be called after `signal`. Delivery is begun last: all else is up when it sends. */
export function startLoops(parts: LoopParts): Record<LoopName, () => Promise<void>> {
  const outbox = startOutbox(parts);
  const flusher = startFlusher(parts);
  const sweeper = startSweeper(parts);
  const scans = startScans(parts);
  const delivery = startDelivery(parts);
  return {
    outbox: () => outbox.finished,
    flusher: () => flusher.stop(),
    sweeper: () => sweeper.stop(),
    scans: () => scans.stop(),
    delivery: () => delivery.finished,
  };
}

function startDelivery({ config, parts, evidence, providerOf, lease, ...rest }: LoopParts) {
  const deps: DeliveryDeps = {
    ...parts,
    providerOf,
    evidence,
    settings: {
      from: config.postmark.from,
      messageIdDomain: config.rpId,
      patience: {
        emptyAnswers: config.delivery.settle_empty_answers,
        waitMs: config.delivery.settle_after_seconds * 1000,
      },
    },
    owner: lease.owner,
  };
  return startDeliveryLoop(deps, {
    fence: lease.fence,
    signal: rest.signal,
    pollMs: 500,
    askEveryMs: config.delivery.settle_ask_every_seconds * 1000,
    receiptTotalsEveryMs: 60_000,
    onError: (error, dispatchId) => {
      rest.onError(error, `delivery failed${dispatchId === null ? '' : ` for ${dispatchId}`}`);
    },
  });
}

function startOutbox({ config, parts, pool, degradations, signal, onError }: LoopParts) {
  return startOutboxReader(
    { ...parts, outbox: openOutbox(pool), degradations },
    {
      pollMs: config.outbox.poll_seconds * 1000,
      signal,
      onError: (error) => {
        onError(error, 'the outbox could not be read');
      },
    },
  );
}

function startFlusher({ evidence, degradations, onError }: LoopParts) {
  const flush = async (): Promise<void> => {
    await evidence.flush();
    degradations.clear('evidence');
  };
  return startRepeating(FLUSH_MS, flush, (error) => {
    degradations.set(
      'evidence',
      'The evidence log cannot be written. Nothing is sent until it can.',
    );
    onError(error, 'the evidence log could not be written');
  });
}

function startSweeper({ parts, background, onError }: LoopParts) {
  return startRepeating(
    SWEEP_MS,
    async () => {
      await expireManifests(parts);
      await sweepExpired(parts);
      await sweepAudiences(parts, (name) => background.isRunning(name));
    },
    (error) => {
      onError(error, 'sweeping failed');
    },
  );
}

function startScans({ config, scan, background, onError }: LoopParts) {
  return startScanSchedule(
    { ...scan, background },
    {
      everyMs: config.data_map.scan.every_hours * 3_600_000,
      lookMs: LOOK_FOR_DUE_SCAN_MS,
      onError: (error) => {
        onError(error, 'the scan of the database could not be started');
      },
    },
  );
}
