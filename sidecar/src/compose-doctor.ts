// The doctor's checks, each over one outside thing, with how to mend what it finds.
import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import { verifyLog } from './adapters/evidence-files/verify-log.ts';
import { readOrderStoreState } from './adapters/store-database/order-store-state.ts';
import { readGrants } from './adapters/store-database/read-grants.ts';
import type { StorePool } from './adapters/store-database/store-pool.ts';
import { readServerVersion } from './adapters/store-database/store-server.ts';
import { checkIndexes } from './compose-indexes.ts';
import { openLedgerParts, type LedgerParts } from './compose-ledger.ts';
import { checkReplica } from './compose-replica.ts';
import { openSources } from './compose-sources.ts';
import { openNoticeTemplates, openProviders, openStore } from './compose-store.ts';
import type { Config } from './config/load-config.ts';
import type { Finding, Health } from './contract/index.ts';
import type { MailProvider } from './use-cases/ports/mail-provider.ts';
import type { Templates } from './use-cases/ports/templates.ts';
import { checkDataMap } from './use-cases/check-data-map.ts';
import { checkTemplates } from './use-cases/check-templates.ts';
import { runDoctor, type DoctorCheck } from './use-cases/run-doctor.ts';

type Found = Omit<Finding, 'name'>;

export type DoctorParts = {
  config: Config;
  ledger: LedgerParts;
  store: StorePool;
  templates: Templates;
  provider: MailProvider;
};

const ok = (sentence: string): Found => ({ level: 'ok', sentence, mend: '' });
const warning = (sentence: string, mend: string): Found => ({ level: 'warning', sentence, mend });
const error = (sentence: string, mend: string): Found => ({ level: 'error', sentence, mend });

/** For the command line: opens everything, examines it, closes it. */
export async function examine(config: Config): Promise<Health> {
  const ledger = await openLedgerParts(config);
  const store = openStore(config);
  try {
    return await runDoctor(
      ledger,
      doctorChecks({
        config,
        ledger,
        store,
        templates: openNoticeTemplates(config),
        provider: openProviders(config)('postmark'),
      }),
    );
  } finally {
    await store.close();
    await ledger.close();
  }
}

export function doctorChecks(parts: DoctorParts): DoctorCheck[] {
  return [
    { name: 'database grants', run: () => checkGrants(parts) },
    { name: 'replica', run: () => checkReplica(parts.config) },
    { name: 'table prefix', run: () => checkPrefix(parts.store) },
    { name: 'order stores', run: () => checkOrderStores(parts.store) },
    { name: 'shop indexes', run: () => checkShopIndexes(parts) },
    {
      name: 'data map',
      run: () => checkDataMap(parts.ledger, parts.config.data_map.scan.every_hours),
    },
    { name: 'outbox', run: () => checkOutbox(parts.store) },
    { name: 'clocks', run: () => checkClocks(parts) },
    { name: 'ledger', run: () => checkLedger(parts.ledger) },
    { name: 'evidence log', run: () => checkEvidence(parts.config) },
    { name: 'disk space', run: () => checkDisk(parts.config) },
    { name: 'mail provider', run: () => checkProvider(parts) },
    { name: 'notice templates', run: () => checkTemplates(parts.templates) },
    { name: 'passkey host', run: () => Promise.resolve(checkPasskeyHost(parts.config)) },
    { name: 'approvers', run: () => checkApprovers(parts) },
  ];
}

async function checkGrants({ store, config }: DoctorParts): Promise<Found[]> {
  const grants = await readGrants(store);
  if (grants.selectOnly) return [ok('The database user has SELECT only.')];
  const { user, database } = config.store_database;
  return [
    warning(
      `The database user may do more than read: ${grants.beyondSelect.join(', ')}.`,
      `CREATE USER '${user}_ro'@'%' IDENTIFIED BY '<password>';\nGRANT SELECT ON \`${database}\`.* TO '${user}_ro'@'%';`,
    ),
  ];
}

async function checkPrefix(store: StorePool): Promise<Found[]> {
  const prefix = await store.prefix();
  return [ok(`The shop's tables begin with ${prefix}.`)];
}

async function checkOrderStores(store: StorePool): Promise<Found[]> {
  const state = await readOrderStoreState(store);
  if (!state.hasHposTables) {
    return [
      warning(
        'There are no WooCommerce order tables; orders are looked for in posts only.',
        'Nothing to do when the shop never used HPOS.',
      ),
    ];
  }
  if (state.cleanupInProgress) {
    return [
      warning(
        'WooCommerce is removing old copies of orders right now.',
        'Freeze audiences before it ends, or restore a backup: what is removed cannot be found.',
      ),
    ];
  }
  const live = state.hposEnabled ? 'HPOS' : 'posts (legacy)';
  return [ok(`WooCommerce reads orders from ${live}; both order stores are always read here.`)];
}

async function checkShopIndexes({ config, ledger, store }: DoctorParts): Promise<Found[]> {
  const open = await openSources(config, ledger.ledger);
  return checkIndexes({ store, clock: ledger.clock }, open);
}

async function checkOutbox(store: StorePool): Promise<Found[]> {
  const prefix = await store.prefix();
  const rows = await store.rows<{ found: number }>(
    'SELECT COUNT(*) AS found FROM information_schema.tables WHERE table_schema = ? AND table_name = ?',
    [store.database, `${prefix}tocsin_outbox`],
  );
  if ((rows[0]?.found ?? 0) === 1) return [ok('The plugin has made its outbox.')];
  return [
    warning(
      "The plugin's outbox table is not there: store events and signals sent to WordPress are not seen.",
      'Activate the Tocsin plugin in WordPress (wp plugin activate tocsin). Signals sent straight to the sidecar work without it.',
    ),
  ];
}

async function checkClocks({ store, ledger }: DoctorParts): Promise<Found[]> {
  const before = ledger.clock.now().getTime();
  const server = await readServerVersion(store);
  const middle = (before + ledger.clock.now().getTime()) / 2;
  const off = Math.round((Date.parse(server.now) - middle) / 1000);
  if (Math.abs(off) <= 5)
    return [ok(`The clocks of this machine and of the database (${server.server}) agree.`)];
  return [
    warning(
      `The database server's clock is ${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'} this machine's.`,
      'Run a time service (chrony or systemd-timesyncd) on both machines. Signed calls are refused when clocks are 300 s apart.',
    ),
  ];
}

async function checkLedger({ ledger }: LedgerParts): Promise<Found[]> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(ledger.tables);
  const result = rows[0]?.quick_check ?? 'no answer';
  if (result === 'ok') return [ok('The ledger is whole.')];
  return [
    error(
      `The ledger is damaged: ${result.slice(0, 200)}`,
      'Stop the sidecar and restore the data folder from a backup.',
    ),
  ];
}

async function checkEvidence(config: Config): Promise<Found[]> {
  const report = await verifyLog({ folder: config.evidenceFolder });
  if (report.ok) return [ok(`The evidence log verifies: ${report.size} entries.`)];
  if (report.size === 0 && report.root === '') {
    return [
      warning('There is no evidence log yet.', 'It is made when the sidecar starts: tocsin serve'),
    ];
  }
  return [
    error(
      `The evidence log does not verify: ${report.first_problem?.sentence ?? 'see tocsin verify'}`,
      'Keep the folder as it is. Compare it with a backup or an exported bundle: tocsin verify <bundle> --vkey <key>',
    ),
  ];
}

async function checkDisk(config: Config): Promise<Found[]> {
  const { bavail, bsize } = await statfs(config.data_folder);
  const free = Math.round((bavail * bsize) / 1_000_000);
  if (free > 2_000) return [ok(`${free} MB are free for ledger and evidence.`)];
  return [
    (free < 200 ? error : warning)(
      `Only ${free} MB are free where ledger and evidence are kept.`,
      'Make room before an audience is frozen.',
    ),
  ];
}

async function checkProvider({ provider, config }: DoctorParts): Promise<Found[]> {
  const findings = await provider.check({
    stream: config.postmark.stream,
    from: config.postmark.from,
  });
  return findings.map((finding) =>
    finding.ok ? ok(finding.sentence) : error(finding.sentence, finding.mend),
  );
}

function checkPasskeyHost(config: Config): Found[] {
  if (config.origin.startsWith('http:')) {
    return [
      warning(
        `Passkeys work at ${config.origin} on this machine only.`,
        'Put a TLS proxy before the sidecar and set public_url to its https origin.',
      ),
    ];
  }
  return [ok(`Passkeys belong to ${config.rpId}; a page of the shop cannot use them.`)];
}

async function checkApprovers({ ledger, config }: DoctorParts): Promise<Found[]> {
  const row = await ledger.ledger.tables
    .selectFrom('approvers')
    .select((approver) => approver.fn.countAll<number>().as('enrolled'))
    .where('state', '=', 'enrolled')
    .executeTakeFirstOrThrow();
  const { required } = config.approvals;
  if (row.enrolled > required)
    return [ok(`${row.enrolled} approvers are enrolled; ${required} must approve.`)];
  const mend = 'tocsin approver invite --name "<name>" --email <address>';
  if (row.enrolled === required) {
    return [
      warning(
        `Just ${row.enrolled} approvers are enrolled: nothing can be sent when one of them is away or prepares the notice.`,
        mend,
      ),
    ];
  }
  return [
    error(
      `${row.enrolled} approvers are enrolled, ${required} must approve: nothing can be sent.`,
      mend,
    ),
  ];
}
