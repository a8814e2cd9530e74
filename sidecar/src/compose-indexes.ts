// The doctor's check of the shop's indexes: every statement of a reading, by the server's plan for it. An index is advised
// with the statement that adds it, and never added: what is changed in the shop's database is its owner's decision.
import {
  findLongReadings,
  type LongReading,
} from './adapters/store-database/find-long-readings.ts';
import { openStoreReader } from './adapters/store-database/open-store-reader.ts';
import { openStoreScanner } from './adapters/store-database/open-store-scanner.ts';
import { openOutbox } from './adapters/store-database/outbox.ts';
import { recordStatements } from './adapters/store-database/record-statements.ts';
import { runReadings } from './adapters/store-database/run-readings.ts';
import type { ScanPace } from './adapters/store-database/scan-pace.ts';
import type { StorePool } from './adapters/store-database/store-pool.ts';
import { supposeIndexes } from './adapters/store-database/suppose-indexes.ts';
import type { OpenSources } from './compose-sources.ts';
import type { Finding } from './contract/index.ts';
import type { Clock } from './use-cases/ports/clock.ts';

type Found = Omit<Finding, 'name'>;

/** A few small statements, of which none waits for a quiet server. */
const AT_ONCE: ScanPace = {
  chunkRows: 10,
  pauseMs: 0,
  maxThreadsRunning: Infinity,
  sleep: () => Promise.resolve(),
  signal: new AbortController().signal,
};

/** `sources`: all of the data map; those whose tables the shop does not have ask nothing. */
export async function checkIndexes(
  { store, clock }: { store: StorePool; clock: Clock },
  { sources, decryptors }: OpenSources,
): Promise<Found[]> {
  const recorder = recordStatements(store);
  await runReadings(
    recorder,
    {
      reader: openStoreReader(recorder.pool, { decryptors, tables: supposeIndexes }),
      outbox: openOutbox(recorder.pool),
      scanner: openStoreScanner(recorder.pool, AT_ONCE),
      sources: await sources.sourcesFor({ ids: [], from: null, to: null, undated: 'leave_out' }),
    },
    clock.now().getTime(),
  );
  const recorded = recorder.recorded();
  const found = await findLongReadings(store, recorded);
  if (found.length > 0) return found.map(warningOf);
  return [
    {
      level: 'ok',
      sentence: `No reading looks through a large table for a few of its rows: ${recorded.length} kinds of statements were examined.`,
      mend: '',
    },
  ];
}

function warningOf({ table, rows, readings, index }: LongReading): Found {
  const [first = '', ...more] = readings;
  const what = more.length === 0 ? first : `${first} (and ${more.length} more readings)`;
  const sentence = `Reading ${what} looks through all of ${table}, about ${rows.toLocaleString('en')} rows.`;
  if (index === null) {
    return {
      level: 'warning',
      sentence,
      mend: 'No index would help. Read from a replica (store_database.replica), so that the shop does not wait.',
    };
  }
  return {
    level: 'warning',
    sentence,
    mend: `${index.sql}
The index takes ${sizeOf(index.bytes)}. Run it on the primary server at a quiet hour, after a backup; ${
      index.online
        ? 'the shop goes on meanwhile'
        : 'nobody can order while it runs, since the table is not InnoDB'
    }. The sidecar never runs it.`,
  };
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? 'less than 1 MB' : `about ${Math.round(bytes / 1_000_000)} MB`;
}
