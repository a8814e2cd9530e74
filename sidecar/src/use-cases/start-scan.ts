// Starts a scan now, and answers at once: it runs on.
import type { ScanSummary } from '../contract/data-map.ts';
import { isCoded } from '../domain/coded-error.ts';
import { claimScan } from './claim-scan.ts';
import type { Acting } from './ports/acting.ts';
import type { Background } from './ports/background.ts';
import { runScan, type RunScanDeps } from './run-scan.ts';
import { readScan } from './view-scan.ts';

export type StartScanDeps = RunScanDeps & { background: Background };

/** The running scan when there is one, of whichever process. */
export async function startScan(deps: StartScanDeps, acting: Acting): Promise<ScanSummary> {
  const { scanId, by } = await claimScan(deps, acting);
  if (by === 'begun') deps.background.start(`scan ${scanId}`, () => runOn(deps, acting, scanId));
  return readScan(deps.ledger.tables, scanId);
}

/** A stop is no fault: the scan goes on when the sidecar runs again. */
async function runOn(deps: StartScanDeps, acting: Acting, scanId: string): Promise<void> {
  try {
    await runScan(deps, acting, scanId);
  } catch (error) {
    if (!isCoded(error, 'scan.stopped')) throw error;
  }
}

/**
 * For the schedule: starts a scan when the last finished one is older than `everyMs`, or when a scan was left unfinished by a
 * process that is gone. After a failed one it waits a while, so that a shop that is down is not asked every minute.
 */
export async function startDueScan(
  deps: StartScanDeps,
  acting: Acting,
  everyMs: number,
): Promise<boolean> {
  const now = deps.clock.now();
  const scans = await deps.ledger.tables
    .selectFrom('scans')
    .select(['state', 'finished_at', 'lease_until'])
    .orderBy('started_at', 'desc')
    .execute();
  const running = scans.find(({ state }) => state === 'running');
  if (running !== undefined && running.lease_until > now.toISOString()) return false;
  const since = (state: string): number => {
    const at = scans.find((scan) => scan.state === state)?.finished_at;
    return at === null || at === undefined ? Infinity : now.getTime() - Date.parse(at);
  };
  const isDue = since('done') >= everyMs && since('failed') >= Math.min(everyMs, AFTER_FAILURE_MS);
  if (running === undefined && !isDue) return false;
  await startScan(deps, acting);
  return true;
}

const AFTER_FAILURE_MS = 15 * 60_000;
