// What the plugin's banner and menu bubble need, cheap enough to ask often.
import type { Status } from '../contract/index.ts';
import { countOpenIncidents } from './list-incidents.ts';
import { readSafePosition } from './outbox-position.ts';
import type { Degradations } from './ports/degradations.ts';
import type { Deps } from './ports/deps.ts';

export type StatusDeps = Pick<Deps, 'ledger' | 'clock'> & {
  degradations: Degradations;
  /** When the outbox was last read without a fault. */
  outboxReadAt: () => string | null;
  version: string;
  /** Where approvers go. */
  consoleUrl: string;
};

/** Without these nothing can be done; with any other fault the sidecar still does its main job. */
const VITAL: ReadonlySet<string> = new Set(['ledger', 'evidence_log', 'vault']);

export async function readStatus(deps: StatusDeps): Promise<Status> {
  const { tables } = deps.ledger;
  const degraded = deps.degradations.list();
  const { count } = await tables
    .selectFrom('signals')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', 'new')
    .executeTakeFirstOrThrow();
  return {
    version: deps.version,
    now: deps.clock.now().toISOString(),
    open_incidents: await countOpenIncidents(tables),
    new_signals: Number(count),
    console_url: deps.consoleUrl,
    ready: !degraded.some(({ name }) => VITAL.has(name)),
    degraded: degraded.map((each) => ({ ...each })),
    outbox: { position: await readSafePosition(tables), read_at: deps.outboxReadAt() },
  };
}
