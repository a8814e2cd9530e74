// Verifies the evidence log when asked, one run at a time, and keeps the last result for the screens.
import type { Evidence } from '../contract/index.ts';
import type { Clock } from '../use-cases/ports/clock.ts';

export type VerifyResult = {
  ok: boolean;
  size: number;
  checks: readonly Evidence['verification']['checks'][number][];
};

export type Verification = {
  current(): Evidence['verification'];
  /** Starts a run unless one runs; resolves when it has ended, or after `waitMs` while it goes on. */
  start(waitMs: number): Promise<void>;
};

export function makeVerification(deps: {
  clock: Clock;
  /** Flushes what waits, then verifies the files. */
  verify(): Promise<VerifyResult>;
}): Verification {
  let state: Evidence['verification'] = {
    state: 'never',
    checked_at: null,
    size: null,
    ok: null,
    checks: [],
  };
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    state = { ...state, state: 'running' };
    try {
      const result = await deps.verify();
      state = {
        state: 'ready',
        checked_at: deps.clock.now().toISOString(),
        size: result.size,
        ok: result.ok,
        checks: result.checks.map(({ name, ok, sentence }) => ({ name, ok, sentence })),
      };
    } catch (error) {
      state = {
        state: 'ready',
        checked_at: deps.clock.now().toISOString(),
        size: null,
        ok: false,
        checks: [
          {
            name: 'run',
            ok: false,
            sentence: `The log could not be verified: ${error instanceof Error ? error.message : 'unknown fault'}`,
          },
        ],
      };
    }
  };
  return {
    current: () => state,
    start: async (waitMs) => {
      running ??= run().finally(() => {
        running = null;
      });
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, waitMs);
      });
      await Promise.race([running, limit]);
      clearTimeout(timer);
    },
  };
}
