// The data map's parts: its catalogue, and the scanner of the shop's database with a pool of its own.
import { loadOwnSources, loadShippedCatalogue } from './adapters/catalogue/load-catalogue.ts';
import { openStoreScanner } from './adapters/store-database/open-store-scanner.ts';
import type { ScanParts } from './cli/scan-command.ts';
import { openLedgerParts, type LedgerParts } from './compose-ledger.ts';
import { openReadingStore } from './compose-store.ts';
import type { Config } from './config/load-config.ts';
import { makeAlarm } from './runner/wakeable-sleep.ts';
import type { CatalogueFiles } from './use-cases/ports/catalogue-files.ts';
import type { Deps } from './use-cases/ports/deps.ts';
import type { RunScanDeps } from './use-cases/run-scan.ts';

export function catalogueFiles(config: Config): CatalogueFiles {
  const decryptors = Object.keys(config.decryptors);
  return {
    shipped: loadShippedCatalogue,
    own: () => loadOwnSources(config.data_map.file ?? null, decryptors),
    decryptors,
  };
}

export type OpenScan = RunScanDeps & Pick<Deps, 'randomness'> & { close(): Promise<void> };

/** `signal` ends a scan before its next statement. */
export function openScan(config: Config, parts: LedgerParts, signal: AbortSignal): OpenScan {
  const pool = openReadingStore(config, { connections: 1 });
  const { chunk_rows, pause_ms, max_threads_running } = config.data_map.scan;
  const alarm = makeAlarm();
  return {
    ...parts,
    catalogueFiles: catalogueFiles(config),
    owner: parts.ids.make('own'),
    scanner: openStoreScanner(pool, {
      chunkRows: chunk_rows,
      pauseMs: pause_ms,
      maxThreadsRunning: max_threads_running,
      sleep: (ms, until) => alarm.sleep(ms, until),
      signal,
    }),
    close: () => pool.close(),
  };
}

/** For the command line. */
export async function openScanParts(config: Config, signal: AbortSignal): Promise<ScanParts> {
  const parts = await openLedgerParts(config);
  const scan = openScan(config, parts, signal);
  const alarm = makeAlarm();
  return {
    ...scan,
    wait: (ms) => alarm.sleep(ms, signal),
    close: async () => {
      await scan.close();
      await parts.close();
    },
  };
}
