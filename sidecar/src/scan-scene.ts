// A ledger of its own and a scanner over a shop, so that scans can be run and looked at. Imported by tests only.
import { loadShippedCatalogue } from './adapters/catalogue/load-catalogue.ts';
import { openLedger, type OpenLedger } from './adapters/ledger/open-ledger.ts';
import { openStoreScanner } from './adapters/store-database/open-store-scanner.ts';
import type { StoreConfig } from './adapters/store-database/store-config.ts';
import { openStorePool } from './adapters/store-database/store-pool.ts';
import type { DataMapPage, FoundPlace, Source } from './contract/data-map.ts';
import { decodeEntry } from './domain/evidence/entry.ts';
import type { Entry } from './domain/evidence/entry-data.ts';
import { claimScan } from './use-cases/claim-scan.ts';
import { SYSTEM } from './use-cases/ports/acting.ts';
import {
  countingIds,
  fixedClock,
  seededRandomness,
  type FixedClock,
} from './use-cases/ports/fixed.ts';
import type { StoreScanner } from './use-cases/ports/store-scanner.ts';
import { readDataMap } from './use-cases/read-data-map.ts';
import { runScan, type RunScanDeps } from './use-cases/run-scan.ts';
import type { Deps } from './use-cases/ports/deps.ts';

export type ScanScene = RunScanDeps &
  Pick<Deps, 'randomness'> & {
    readonly ledger: OpenLedger;
    readonly clock: FixedClock;
    /** Pauses the scanner asked for, in milliseconds. */
    readonly pauses: number[];
    /** Runs a scan to its end and gives the map. */
    scan(): Promise<DataMapPage>;
    entries(): Promise<Entry[]>;
    close(): Promise<void>;
  };

export type SceneOptions = {
  readonly own?: readonly Source[];
  readonly decryptors?: readonly string[];
  readonly signal?: AbortSignal;
  readonly maxThreadsRunning?: number;
  readonly chunkRows?: number;
  /** Called at each pause. */
  readonly onPause?: (ms: number) => Promise<void> | void;
  /** Another scene's, to be a second process on the same ledger. */
  readonly ledger?: OpenLedger;
  readonly owner?: string;
  readonly wrap?: (scanner: StoreScanner) => StoreScanner;
};

export async function openScanScene(
  config: StoreConfig,
  options: SceneOptions = {},
): Promise<ScanScene> {
  const clock = fixedClock();
  const ledger = options.ledger ?? (await openLedger({ file: ':memory:', clock }));
  const pool = openStorePool({ ...config, connections: 1 });
  const pauses: number[] = [];
  const scanner = openStoreScanner(pool, {
    chunkRows: options.chunkRows ?? 500,
    pauseMs: 7,
    maxThreadsRunning: options.maxThreadsRunning ?? 1_000,
    sleep: async (ms) => {
      pauses.push(ms);
      await options.onPause?.(ms);
    },
    signal: options.signal ?? new AbortController().signal,
  });
  const deps = {
    ledger,
    clock,
    pauses,
    ids: countingIds(),
    randomness: seededRandomness(),
    owner: options.owner ?? 'first',
    scanner: options.wrap === undefined ? scanner : options.wrap(scanner),
    catalogueFiles: {
      shipped: loadShippedCatalogue,
      own: () => options.own ?? [],
      decryptors: options.decryptors ?? [],
    },
  };
  return {
    ...deps,
    scan: async () => {
      const { scanId } = await claimScan(deps, SYSTEM);
      await runScan(deps, SYSTEM, scanId);
      return readDataMap(deps);
    },
    entries: async () => {
      const rows = await ledger.tables
        .selectFrom('evidence_entries')
        .select('bytes')
        .orderBy('seq')
        .execute();
      return rows.map(({ bytes }) => decodeEntry(bytes));
    },
    close: async () => {
      await pool.close();
      if (options.ledger === undefined) await ledger.close();
    },
  };
}

export function placeNamed(map: DataMapPage, id: string): FoundPlace | undefined {
  return map.places.find((place) => place.id === id);
}

export function blindSpots(map: DataMapPage): string[] {
  return map.places.filter(({ state }) => state === 'blind_spot').map(({ id }) => id);
}
