// One view of the shop that outlives its connection: when that is lost, a new snapshot is taken on a new one and the reading
// goes on by key. What was read before and after is then of two moments, and that is told.
import { setTimeout as pause } from 'node:timers/promises';
import { isCoded } from '../../domain/coded-error.ts';
import type { Run } from './page-through.ts';
import { isConnectionLoss } from './store-errors.ts';
import type { StoreLease } from './store-lease.ts';
import { requireFresh } from './replica-lag.ts';
import type { StorePool } from './store-pool.ts';
import { readServer, type StoreServer } from './store-server.ts';

/** Times one reading is tried on a new connection before it is given up. */
const TRIES = 3;

export type SnapshotGap = { code: string; sentence: string };

export type SnapshotSession = {
  /** Of the first snapshot. */
  readonly opened: StoreServer;
  /** How far the replica was behind then; null on the shop's own server. */
  readonly lagSeconds: number | null;
  readonly run: Run;
  /** Renewals so far, and what others add. */
  readonly gaps: SnapshotGap[];
  /** What is being read, for the sentence about a renewal: such as `accounts`. */
  reading(what: string): void;
  close(outcome: { spoilt: boolean }): Promise<void>;
};

/** READ ONLY: the server itself refuses a write. */
const START = 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY';

const LOST = ['store.connection_lost', 'store.unreachable', 'store.busy'] as const;

/** `pauseMs`: how long a server that restarts is given before each further try. */
export async function openSnapshotSession(
  pool: StorePool,
  { pauseMs = 1_000 }: { pauseMs?: number } = {},
): Promise<SnapshotSession> {
  const gaps: SnapshotGap[] = [];
  let what = 'the shop';
  let current = await begin(pool);
  const { opened, lagSeconds } = current;
  let renewal: Promise<void> | null = null;

  /** Shared by all readings that lost the same connection. */
  function renew(lost: Snapshot): Promise<void> {
    if (lost !== current) return Promise.resolve();
    renewal ??= (async () => {
      try {
        lost.lease.give({ spoilt: true });
        current = await begin(pool);
        gaps.push({
          code: 'store.snapshot_renewed',
          sentence:
            `The connection to the shop's database was lost while ${what} were read. The reading went on where it was: ` +
            `what came before is as of ${lost.opened.now}, what came after as of ${current.opened.now}.`,
        });
      } finally {
        renewal = null;
      }
    })();
    return renewal;
  }

  const run: Run = async (work) => {
    for (let tries = 1; ; tries += 1) {
      const snapshot = current;
      try {
        return await work(snapshot.lease.connection);
      } catch (error) {
        if (!isConnectionLoss(error) || tries >= TRIES) throw error;
        await reconnect(() => renew(snapshot), tries, pauseMs);
      }
    }
  };

  return {
    opened,
    lagSeconds,
    run,
    gaps,
    reading: (name) => {
      what = name;
    },
    close: async ({ spoilt }) => {
      // All that was asked is read by now: when the end of a transaction that wrote nothing cannot be told, nothing is lost.
      const ended =
        !spoilt &&
        (await current.lease.connection.rows('COMMIT').then(
          () => true,
          () => false,
        ));
      current.lease.give({ spoilt: !ended });
    },
  };
}

/** A server that is being restarted answers after a while. */
async function reconnect(
  renew: () => Promise<void>,
  tries: number,
  pauseMs: number,
): Promise<void> {
  for (let failed = tries; ; failed += 1) {
    try {
      await renew();
      return;
    } catch (error) {
      if (!isCoded(error, ...LOST) || failed >= TRIES) throw error;
      await pause(pauseMs * failed);
    }
  }
}

type Snapshot = {
  readonly lease: StoreLease;
  readonly opened: StoreServer;
  readonly lagSeconds: number | null;
};

async function begin(pool: StorePool): Promise<Snapshot> {
  const lease = await pool.lease();
  try {
    const { connection } = lease;
    const lagSeconds = pool.replica === null ? null : await requireFresh(connection, pool.replica);
    await connection.rows(START);
    return { lease, opened: await readServer(connection), lagSeconds };
  } catch (error) {
    lease.give({ spoilt: true });
    throw error;
  }
}
