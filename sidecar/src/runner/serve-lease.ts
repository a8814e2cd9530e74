// Only one process serves a ledger: it alone signs checkpoints and claims deliveries. Held by a lease with a fence number.
import { hostname } from 'node:os';
import { CodedError } from '../domain/coded-error.ts';
import type { Clock } from '../use-cases/ports/clock.ts';
import type { Ledger } from '../use-cases/ports/ledger.ts';

const NAME = 'serve';
const LEASE_MS = 30_000;
const RENEW_MS = 5_000;

export type ServeLease = {
  owner: string;
  fence: number;
  /** Aborted when the lease was lost: everything that signs or sends must stop at once. */
  lost: AbortSignal;
  release(): Promise<void>;
};

/**
 * Takes the lease, or throws `serve.already_running`. A lease of a process of this machine that no longer lives is taken
 * over at once, so that a restart after SIGKILL does not wait; any other is respected until it runs out.
 */
export async function takeServeLease(deps: { ledger: Ledger; clock: Clock }): Promise<ServeLease> {
  const owner = `${hostname()}/${process.pid}/${deps.clock.now().getTime()}`;
  const fence = await deps.ledger.transaction(async (writer) => {
    const held = await writer.tables
      .selectFrom('leases')
      .selectAll()
      .where('name', '=', NAME)
      .executeTakeFirst();
    const now = deps.clock.now();
    if (held !== undefined && held.until > now.toISOString() && !isDeadHere(held.owner)) {
      throw new CodedError({
        code: 'serve.already_running',
        category: 'conflict',
        message: `couldn't start: another sidecar serves this ledger (${held.owner}, until ${held.until})`,
        detail: 'Stop the other one first, or give this one a data folder of its own.',
      });
    }
    const next = (held?.fence ?? 0) + 1;
    const row = { owner, fence: next, until: new Date(now.getTime() + LEASE_MS).toISOString() };
    await writer.tables
      .insertInto('leases')
      .values({ name: NAME, ...row })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute();
    return next;
  });
  return keep(deps, owner, fence);
}

function keep(deps: { ledger: Ledger; clock: Clock }, owner: string, fence: number): ServeLease {
  const lost = new AbortController();
  let renewedAt = deps.clock.now().getTime();
  const timer = setInterval(() => {
    deps.ledger.tables
      .updateTable('leases')
      .set({ until: new Date(deps.clock.now().getTime() + LEASE_MS).toISOString() })
      .where('name', '=', NAME)
      .where('owner', '=', owner)
      .where('fence', '=', fence)
      .executeTakeFirst()
      .then(
        (result) => {
          if (Number(result.numUpdatedRows) === 1) renewedAt = deps.clock.now().getTime();
          else lost.abort();
        },
        () => {
          if (deps.clock.now().getTime() - renewedAt > LEASE_MS) lost.abort();
        },
      );
  }, RENEW_MS);
  // Renewing keeps no process alive that has nothing else left to do.
  timer.unref();
  return {
    owner,
    fence,
    lost: lost.signal,
    release: async () => {
      clearInterval(timer);
      await deps.ledger.tables
        .deleteFrom('leases')
        .where('name', '=', NAME)
        .where('owner', '=', owner)
        .where('fence', '=', fence)
        .execute();
    },
  };
}

/** True when the owner was a process of this machine and is gone. */
function isDeadHere(owner: string): boolean {
  const [host, pid] = owner.split('/');
  if (host !== hostname() || !/^\d+$/.test(pid ?? '')) return false;
  if (Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
