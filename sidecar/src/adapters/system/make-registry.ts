// Metrics for Prometheus, read from the ledger when they are asked for. Labels are states and codes, never people.
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import { coverageOf } from '../../domain/data-map/compare-scans.ts';
import type { Clock } from '../../use-cases/ports/clock.ts';
import type { Ledger } from '../../use-cases/ports/ledger.ts';
import { readMapFigures } from '../../use-cases/view-scan.ts';

export function makeRegistry(ledger: Ledger, clock: Clock): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tocsin_' });
  const gauge = (
    name: string,
    help: string,
    labels: string[],
    read: () => Promise<{ labels: Record<string, string>; value: number }[]>,
  ): void => {
    const made: Gauge = new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [registry],
      collect: async () => {
        const rows = await read();
        made.reset();
        for (const row of rows) made.set(row.labels, row.value);
      },
    });
  };
  const { tables } = ledger;
  gauge('tocsin_incidents', 'Incidents by state', ['state'], async () => {
    const rows = await tables
      .selectFrom('incidents')
      .select((row) => ['state', row.fn.countAll<number>().as('count')])
      .groupBy('state')
      .execute();
    return rows.map((row) => ({ labels: { state: row.state }, value: row.count }));
  });
  gauge(
    'tocsin_deliveries',
    'Deliveries by state, of dispatches that are running or paused',
    ['dispatch', 'state'],
    async () => {
      const rows = await tables
        .selectFrom('deliveries')
        .innerJoin('dispatches', 'dispatches.id', 'deliveries.dispatch_id')
        .select((row) => [
          'deliveries.dispatch_id',
          'deliveries.state',
          row.fn.countAll<number>().as('count'),
        ])
        .where('dispatches.state', 'in', ['running', 'paused'])
        .groupBy(['deliveries.dispatch_id', 'deliveries.state'])
        .execute();
      return rows.map((row) => ({
        labels: { dispatch: row.dispatch_id, state: row.state },
        value: row.count,
      }));
    },
  );
  gauge(
    'tocsin_dispatches_planned',
    'Planned deliveries of running or paused dispatches',
    ['dispatch'],
    async () => {
      const rows = await tables
        .selectFrom('dispatches')
        .select(['id', 'planned'])
        .where('state', 'in', ['running', 'paused'])
        .execute();
      return rows.map((row) => ({ labels: { dispatch: row.id }, value: row.planned }));
    },
  );
  gauge('tocsin_troubles', 'Troubles that stand, by code', ['code', 'needs_person'], async () => {
    const rows = await tables
      .selectFrom('troubles')
      .select((row) => ['code', 'needs_person', row.fn.countAll<number>().as('count')])
      .where('cleared_at', 'is', null)
      .groupBy(['code', 'needs_person'])
      .execute();
    return rows.map((row) => ({
      labels: { code: row.code, needs_person: row.needs_person === 1 ? 'yes' : 'no' },
      value: row.count,
    }));
  });
  gauge(
    'tocsin_evidence_entries',
    'Evidence entries, by whether they are in the signed log',
    ['signed'],
    async () => {
      const rows = await tables
        .selectFrom('evidence_entries')
        .select((row) => ['integrated', row.fn.countAll<number>().as('count')])
        .groupBy('integrated')
        .execute();
      return rows.map((row) => ({
        labels: { signed: row.integrated === 1 ? 'yes' : 'no' },
        value: row.count,
      }));
    },
  );
  gauge('tocsin_receipts_waiting', 'Receipts that could not be applied yet', [], async () => {
    const row = await tables
      .selectFrom('receipts')
      .select((receipt) => receipt.fn.countAll<number>().as('count'))
      .where('applied', '=', 0)
      .executeTakeFirstOrThrow();
    return [{ labels: {}, value: row.count }];
  });
  gauge(
    'tocsin_data_map_places',
    'Places with personal data in the shop, by state: mapped, ignored or blind_spot',
    ['state'],
    async () => {
      const { counts } = await readMapFigures(tables);
      if (counts === null) return [];
      return Object.entries({
        mapped: counts.mapped,
        ignored: counts.ignored,
        blind_spot: counts.blind_spots,
      }).map(([state, value]) => ({ labels: { state }, value }));
    },
  );
  gauge(
    'tocsin_data_map_coverage_ratio',
    'Share of places with personal data that are mapped or ignored, 0 to 1',
    [],
    async () => {
      const { counts } = await readMapFigures(tables);
      return counts === null ? [] : [{ labels: {}, value: coverageOf(counts) / 100 }];
    },
  );
  gauge(
    'tocsin_data_map_scan_age_seconds',
    'Seconds since the last finished scan; absent before the first',
    [],
    async () => {
      const { scannedAt } = await readMapFigures(tables);
      if (scannedAt === null) return [];
      const age = (clock.now().getTime() - Date.parse(scannedAt)) / 1_000;
      return [{ labels: {}, value: Math.max(0, age) }];
    },
  );
  gauge(
    'tocsin_data_map_unread',
    'Parts of the shop that the last finished scan could not look at',
    [],
    async () => {
      const { counts, unread } = await readMapFigures(tables);
      return counts === null ? [] : [{ labels: {}, value: unread }];
    },
  );
  return registry;
}
