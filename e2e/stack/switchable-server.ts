// A server that a test turns off and on again while the rest of the store stays as it is.
import type { GuardedProcess } from './guarded-process.ts';
import { StoreError } from './store-error.ts';

export type SwitchableServer = {
  /** Rejects with `bad_option` when it runs already. */
  readonly start: () => Promise<void>;
  /** Resolves when it is gone; stopping a stopped server is fine. */
  readonly stop: () => Promise<void>;
  /** Server and guard; empty while it is off. */
  readonly pids: () => number[];
};

export function switchableServer(
  name: string,
  start: () => Promise<GuardedProcess>,
): SwitchableServer {
  let current: GuardedProcess | null = null;
  return {
    start: async () => {
      if (current?.isRunning()) {
        throw new StoreError(
          'bad_option',
          `couldn't start ${name}: it runs already; stop it first`,
        );
      }
      current = await start();
    },
    stop: async () => {
      await current?.end();
      current = null;
    },
    pids: () => (current?.isRunning() ? [current.pid, current.guardPid] : []),
  };
}
