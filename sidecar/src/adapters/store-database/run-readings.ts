// Runs each kind of reading for a page or for a few rows, so that the statements of all of them are met. What they read is
// thrown away; nobody's values leave this file.
import type { Source } from '../../contract/data-map.ts';
import { isCoded } from '../../domain/coded-error.ts';
import { layOutTables } from '../../domain/data-map/scan-layout.ts';
import type { StoreOutbox } from '../../use-cases/ports/store-outbox.ts';
import type { StoreScanner } from '../../use-cases/ports/store-scanner.ts';
import type { StoreReader, StoreSnapshot } from '../../use-cases/ports/store-reader.ts';
import type { StatementRecorder } from './record-statements.ts';

export type Readings = {
  /** All three opened over the recorder's pool. */
  readonly reader: StoreReader;
  readonly outbox: StoreOutbox;
  readonly scanner: StoreScanner;
  readonly sources: readonly Source[];
};

/** Tables with fewer rows are never worth a finding. */
export const LARGE_ROWS = 10_000;
/** Of a table's sample: enough for each kind of statement there is. */
const BATCHES = 5;
/** Rows whose ids are asked for by id. */
const FEW = 20;
/** Nobody's. */
const ADDRESSES = ['nobody@example.invalid', 'Nobody.Else@example.invalid'];
const DAY_MS = 86_400_000;

/** `now`: milliseconds since 1970; the narrow window is the last 30 days. */
export async function runReadings(
  recorder: Pick<StatementRecorder, 'during'>,
  { reader, outbox, scanner, sources }: Readings,
  now: number,
): Promise<void> {
  await reader.withSnapshot(async (snapshot) => {
    const { userIds, orderIds } = await recorder.during(
      { what: 'all accounts and orders', reads: 'pages' },
      () => firstIds(snapshot),
    );
    await runFinders(recorder, snapshot, now);
    const ids = { userIds, orderIds };
    await recorder.during({ what: 'accounts and orders by their ids', reads: 'part' }, async () => {
      await firstPage(snapshot.accounts({ ids: userIds }));
      await firstPage(snapshot.orders({ ids: orderIds, products: true }));
    });
    for (const source of sources) {
      const what = `${source.title} (${source.id})`;
      const walk = walkOf(source);
      await recorder.during({ what, reads: 'pages', ...walk }, () =>
        firstPage(snapshot.mentions([source])),
      );
      const some = `${what} of some orders and accounts`;
      await recorder.during({ what: some, reads: 'part', ...walk }, () =>
        firstPage(snapshot.mentions([source], ids)),
      );
    }
  });
  await recorder.during(
    { what: 'the values to choose from in the scope form', reads: 'once' },
    () => reader.readFacts(),
  );
  await recorder.during({ what: "the plugin's outbox", reads: 'part' }, () => askOutbox(outbox));
  await runScanner(recorder, scanner, sources);
}

function walkOf({ place }: Source): { walkedBy?: string } {
  if (place.kind === 'table') return { walkedBy: place.key };
  return place.kind === 'pairs' ? { walkedBy: place.owner } : {};
}

async function runScanner(
  recorder: Pick<StatementRecorder, 'during'>,
  scanner: StoreScanner,
  sources: readonly Source[],
): Promise<void> {
  const { tables, prefixes } = await scanner.schema();
  for (const table of layOutTables({ tables, prefixes, sources })) {
    if (table.rows < LARGE_ROWS) continue;
    await recorder.during({ what: `the scan of ${table.name}`, reads: 'sample' }, async () => {
      let batches = 0;
      for await (const _rows of scanner.sample(table, () => undefined)) {
        batches += 1;
        if (batches === BATCHES) break;
      }
    });
  }
}

async function runFinders(
  recorder: Pick<StatementRecorder, 'during'>,
  { find }: StoreSnapshot,
  now: number,
): Promise<void> {
  const from = new Date(now - 30 * DAY_MS).toISOString();
  const to = new Date(now).toISOString();
  const window = { what: 'orders of a time window', reads: 'part' } as const;
  await recorder.during(window, async () => {
    await find.orderIds({ from, to, paymentMethods: [] }, FEW);
    await find.orderIds({ from, to, paymentMethods: ['none'] }, FEW);
  });
  await recorder.during({ what: 'accounts by e-mail address', reads: 'part' }, () =>
    find.accountsUsing(ADDRESSES),
  );
  await recorder.during({ what: 'orders of some accounts', reads: 'part' }, () =>
    find.ordersOfAccounts([1, 2, 3]),
  );
}

async function firstIds(
  snapshot: StoreSnapshot,
): Promise<{ userIds: number[]; orderIds: number[] }> {
  const accounts = await firstPage(snapshot.accounts());
  const orders = await firstPage(snapshot.orders());
  return {
    userIds: (accounts ?? []).slice(0, FEW).map(({ userId }) => userId),
    orderIds: (orders ?? []).slice(0, FEW).map(({ orderId }) => orderId),
  };
}

async function firstPage<T>(pages: AsyncIterable<T>): Promise<T | null> {
  for await (const page of pages) return page;
  return null;
}

async function askOutbox(outbox: StoreOutbox): Promise<void> {
  try {
    await outbox.ask({ after: 0, gaps: [1], limit: FEW });
  } catch (error) {
    // The plugin has not made it: the doctor says so elsewhere.
    if (!isCoded(error, 'outbox.table_missing')) throw error;
  }
}
