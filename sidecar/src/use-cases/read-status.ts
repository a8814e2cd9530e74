// What the plugin's banner and menu bubble need, cheap enough to ask often.
import type { Status } from '../contract/index.ts';
import { countOpenIncidents } from './list-incidents.ts';
import { readOutboxReadAt, readSafePosition } from './outbox-position.ts';
import type { Degradations } from './ports/degradations.ts';
import type { Deps } from './ports/deps.ts';
import type { PlanSettings } from './ports/plan-settings.ts';
import { readMapFigures } from './view-scan.ts';

export type StatusDeps = Pick<Deps, 'ledger' | 'clock'> & {
  degradations: Degradations;
  version: string;
  plan: Pick<PlanSettings, 'consoleOrigin'>;
};

/** Without these nothing can be done; with any other fault the sidecar still does its main job. */
const VITAL: ReadonlySet<string> = new Set(['ledger', 'evidence']);

export async function readStatus(deps: StatusDeps): Promise<Status> {
  const { tables } = deps.ledger;
  const degraded = deps.degradations.list();
  const { count } = await tables
    .selectFrom('signals')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', 'new')
    .executeTakeFirstOrThrow();
  const { counts, scannedAt } = await readMapFigures(tables);
  return {
    version: deps.version,
    now: deps.clock.now().toISOString(),
    open_incidents: await countOpenIncidents(tables),
    new_signals: count,
    console_url: deps.plan.consoleOrigin,
    ready: !degraded.some(({ name }) => VITAL.has(name)),
    degraded: degraded.map((each) => ({ ...each })),
    data_map: { blind_spots: counts?.blind_spots ?? 0, scanned_at: scannedAt },
    outbox: { position: await readSafePosition(tables), read_at: await readOutboxReadAt(tables) },
  };
}
