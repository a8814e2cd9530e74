// Scans the shop's database again and again for as long as the sidecar serves: soon after the start when there is no map yet,
// then whenever the last one is old enough, and at once when an earlier process left one unfinished.
import { startDueScan, type StartScanDeps } from '../use-cases/start-scan.ts';
import { SYSTEM } from '../use-cases/ports/acting.ts';
import { startRepeating, type Repeating } from './repeating.ts';

export type ScanScheduleSettings = {
  everyMs: number;
  /** Pause between two looks whether a scan is due; the first look comes after one, so that the start is not burdened. */
  lookMs: number;
  onError: (error: unknown) => void;
};

export function startScanSchedule(
  deps: StartScanDeps,
  { everyMs, lookMs, onError }: ScanScheduleSettings,
): Repeating {
  return startRepeating(lookMs, () => startDueScan(deps, SYSTEM, everyMs), onError);
}
