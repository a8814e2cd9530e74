// npm run bench -- audience: how long it takes from "this leaked" to the frozen people, against reading the same rows and
// doing nothing with them. The last line is JSON; what is before it says where the time went.
import { Scope } from '../../sidecar/src/contract/index.ts';
import { bytesNeeded, requireRoom } from './big-store/disk-room.ts';
import { openBigStore, PREFIX, type BigStore, type ShopName } from './big-store/open-big-store.ts';
import { GATEWAY, LAST_DAY, NARROW_FROM } from './big-store/order-rows.ts';
import { GATEWAY_SOURCE } from './own-source.ts';
import { readRaw, type RawReading } from './read-raw.ts';
import { startBenchSidecar, type Resolution } from './resolve-by-sidecar.ts';

export type AudienceBench = {
  people: number;
  /** Folder to build the store in and leave it there. */
  keep?: string;
  /** Folder of a store that was kept; its size counts. */
  use?: string;
};

const EVERYONE = Scope.parse({
  preset: 'everyone',
  accounts: {},
  orders: {},
  sources: {},
  data_classes: ['name', 'email', 'phone', 'postal_address', 'financial_account'],
});

/** One gateway, 30 days. */
const NARROW = Scope.parse({
  preset: 'gateway_data',
  accounts: null,
  orders: { created_from: NARROW_FROM, created_to: LAST_DAY, payment_methods: [GATEWAY] },
  sources: { ids: [GATEWAY_SOURCE.id], from: NARROW_FROM, to: LAST_DAY },
  data_classes: ['name', 'email', 'financial_account'],
});

export async function benchAudience(options: AudienceBench): Promise<void> {
  const store = await openBigStore({ ...options, customers: options.people, log: say });
  try {
    await requireRoom(store.folder, bytesNeeded(store.customers, 'ledger'));
    const tenth = await measure(store, 'tenth');
    const full = await measure(store, 'full');
    report(full, tenth);
  } finally {
    await store.close();
  }
}

type Measured = {
  raw: RawReading;
  everyone: Resolution;
  narrow: Resolution;
  peakRssMb: number | null;
};

async function measure(store: BigStore, shop: ShopName): Promise<Measured> {
  const reader = store.reader(shop);
  const { everyone: people, narrow: few, customers } = store.shops[shop];
  say(`\n${customers} customers`);
  // Before and after, the quicker one counts: a cold cache or a busy machine must not make us look good.
  const first = await readRaw(reader, PREFIX);
  say(`raw: ${first.rows} rows, ${mb(first.bytes)} MB, ${toldRaw(first)}`);
  const sidecar = await startBenchSidecar({ folder: store.folder, reader, prefix: PREFIX });
  try {
    const idleRssMb = sidecar.figures().peakRssMb;
    const everyone = await sidecar.freeze(EVERYONE);
    const { peakRssMb } = sidecar.figures();
    say(
      `everyone: ${told(everyone)}; memory ${shown(idleRssMb)} MB idle, ${shown(peakRssMb)} MB at most`,
    );
    expectPeople(everyone, people, 'everyone');
    const narrow = await sidecar.freeze(NARROW);
    say(`narrow: ${told(narrow)}`);
    expectPeople(narrow, few, 'narrow');
    const second = await readRaw(reader, PREFIX);
    say(`raw again: ${toldRaw(second)}`);
    return {
      raw: first.seconds < second.seconds ? first : second,
      everyone,
      narrow,
      peakRssMb: sidecar.figures().peakRssMb,
    };
  } finally {
    await sidecar.stop();
  }
}

/** A quick answer that misses somebody is no answer. */
function expectPeople(found: Resolution, wanted: number, what: string): void {
  if (found.people === wanted) return;
  console.error(`${what}: ${found.people} people were found, the store holds ${wanted}`);
  process.exitCode = 1;
}

function report(full: Measured, tenth: Measured): void {
  const ratio = full.everyone.seconds / full.raw.seconds;
  console.log(
    JSON.stringify({
      people: full.everyone.people,
      rows: full.raw.rows,
      raw_seconds: round(full.raw.seconds, 2),
      resolve_seconds: round(full.everyone.seconds, 2),
      ratio: round(ratio, 2),
      people_per_second: round(full.everyone.people / full.everyone.seconds, 0),
      peak_rss_mb: full.peakRssMb === null ? null : round(full.peakRssMb, 0),
      narrow_seconds: round(full.narrow.seconds, 2),
      growth: round(full.everyone.seconds / tenth.everyone.seconds, 2),
    }),
  );
}

function toldRaw({ seconds, cpuSeconds }: RawReading): string {
  return `${seconds.toFixed(2)} s (${shown(cpuSeconds)} s of processor)`;
}

function told({ people, seconds, rows, cpuSeconds }: Resolution): string {
  return `${people} people of ${rows} rows, ${seconds.toFixed(2)} s (${shown(cpuSeconds)} s of processor)`;
}

function say(line: string): void {
  console.error(line);
}

function mb(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function shown(value: number | null): string {
  return value === null ? '?' : value.toFixed(value < 10 ? 1 : 0);
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
