// tocsin scan: walks the shop's database for places with personal data. Exit code 3 when there are blind spots.
import { OPERATOR } from './approver-command.ts';
import type { Command, CommandIo } from './command.ts';
import { readOptions } from './read-options.ts';
import { scanReport } from './scan-report.ts';
import type { Config } from '../config/load-config.ts';
import { CodedError } from '../domain/coded-error.ts';
import { claimScan } from '../use-cases/claim-scan.ts';
import { readDataMap } from '../use-cases/read-data-map.ts';
import { runScan, type RunScanDeps } from '../use-cases/run-scan.ts';
import { readScan } from '../use-cases/view-scan.ts';

const USAGE = 'tocsin scan [--json]';
const POLL_MS = 1_000;
const BLIND_SPOTS = 3;

export type ScanParts = RunScanDeps & {
  /** Resolves after `ms`, or when the command is interrupted. */
  wait(ms: number): Promise<void>;
  close(): Promise<void>;
};

export type ScanCommandParts = {
  open(config: Config, signal: AbortSignal): Promise<ScanParts>;
  /** Aborted when the command is told to end. */
  interrupted(): AbortSignal;
};

export function makeScanCommand({ open, interrupted }: ScanCommandParts): Command {
  return {
    name: 'scan',
    usage: USAGE,
    summary: "Look through the shop's database for places with personal data",
    run: async ({ args, io, config }) => {
      const { values } = readOptions(args, { json: { type: 'boolean' } }, USAGE);
      const settings = config();
      const signal = interrupted();
      const parts = await open(settings, signal);
      try {
        await scanOrFollow(parts, io, signal);
        const map = await readDataMap(parts);
        if (values.json === true) io.out(JSON.stringify(map));
        else for (const line of scanReport(map)) io.out(line);
        return (map.scan?.blind_spots ?? 0) > 0 ? BLIND_SPOTS : 0;
      } finally {
        await parts.close();
      }
    },
  };
}

/** A scan that the service or another command runs just now is waited for: two at once would load the shop twice. */
async function scanOrFollow(
  parts: ScanParts,
  io: Pick<CommandIo, 'err'>,
  signal: AbortSignal,
): Promise<void> {
  let told = false;
  for (;;) {
    const { scanId, by } = await claimScan(parts, OPERATOR);
    if (by !== 'another') {
      await runScan(parts, OPERATOR, scanId);
      return;
    }
    if (!told) io.err('A scan is running already; waiting for its end.');
    told = true;
    for (;;) {
      const scan = await readScan(parts.ledger.tables, scanId);
      if (scan.state === 'done') return;
      if (scan.state === 'failed') throw failed(scan.problem?.code, scan.problem?.title);
      if (signal.aborted) return;
      await parts.wait(POLL_MS);
      if (!(await isHeld(parts, scanId))) break;
    }
  }
}

/** False when the process that ran the scan is gone: then this one goes on with it. */
async function isHeld({ ledger, clock }: ScanParts, scanId: string): Promise<boolean> {
  const { lease_until } = await ledger.tables
    .selectFrom('scans')
    .select('lease_until')
    .where('id', '=', scanId)
    .executeTakeFirstOrThrow();
  return lease_until > clock.now().toISOString();
}

function failed(code = 'scan.failed', title = "couldn't finish the scan"): CodedError {
  return new CodedError({
    code,
    category: 'unavailable',
    message: title,
    detail: 'Run tocsin doctor, mend what it names, and scan again.',
  });
}
