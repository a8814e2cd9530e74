// Who runs a scan. One runs at a time, of whichever process: it holds the scan by a lease that it renews. A scan whose
// process is gone is taken over and goes on with the tables that are left: on a large store the tables before them took long,
// and what they showed is in the ledger already.
import { CodedError } from '../domain/coded-error.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';

export type ScanClaim = {
  readonly scanId: string;
  /** `begun`: to be run now, from its start or from where another left it; `held`: this process runs it; or another does. */
  readonly by: 'begun' | 'held' | 'another';
};

export type ClaimDeps = Pick<Deps, 'ledger' | 'clock' | 'ids'> & {
  /** Names this process, and nobody else. */
  owner: string;
};

/** Longer than one statement may take. */
const LEASE_MS = 120_000;

export async function claimScan(deps: ClaimDeps, acting: Acting): Promise<ScanClaim> {
  const now = deps.clock.now();
  const lease = { owner: deps.owner, lease_until: until(now) };
  return deps.ledger.transaction(async ({ tables }) => {
    const running = await tables
      .selectFrom('scans')
      .select(['id', 'owner', 'lease_until'])
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (running !== undefined && running.lease_until > now.toISOString()) {
      return { scanId: running.id, by: running.owner === deps.owner ? 'held' : 'another' };
    }
    if (running !== undefined) {
      await tables.updateTable('scans').set(lease).where('id', '=', running.id).execute();
      return { scanId: running.id, by: 'begun' };
    }
    const id = deps.ids.make('scn');
    await tables
      .insertInto('scans')
      .values({
        id,
        state: 'running',
        started_at: now.toISOString(),
        started_by: actorKey(acting),
        finished_at: null,
        ...lease,
        tables_seen: 0,
        rows_sampled: 0,
        prefixes_json: '[]',
        tables_json: '[]',
        unread_json: '[]',
        changes_json: '[]',
        problem_code: null,
        problem_title: null,
      })
      .execute();
    return { scanId: id, by: 'begun' };
  });
}

/** Throws `scan.taken_over` when the scan is no longer this process's. */
export async function keepScan(deps: ClaimDeps, scanId: string): Promise<void> {
  const kept = await deps.ledger.tables
    .updateTable('scans')
    .set({ lease_until: until(deps.clock.now()) })
    .where('id', '=', scanId)
    .where('owner', '=', deps.owner)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (Number(kept.numUpdatedRows) === 1) return;
  throw takenOver();
}

export function takenOver(): CodedError {
  return new CodedError({
    code: 'scan.taken_over',
    category: 'conflict',
    message: "couldn't finish the scan: another process has taken it over",
    detail: 'Nothing is lost: the other one goes on with it.',
  });
}

/** Lets another process go on at once, as when this one stops. */
export async function letGoOfScan(deps: ClaimDeps, scanId: string): Promise<void> {
  await deps.ledger.tables
    .updateTable('scans')
    .set({ lease_until: deps.clock.now().toISOString() })
    .where('id', '=', scanId)
    .where('owner', '=', deps.owner)
    .execute();
}

function until(now: Date): string {
  return new Date(now.getTime() + LEASE_MS).toISOString();
}
