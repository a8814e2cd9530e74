// Keeps track of work that goes on after an answer was given, so that a stop can wait for it.
import type { Background } from '../use-cases/ports/background.ts';

export type RunningBackground = Background & {
  finished(): Promise<void>;
  /** True while work of that name is under way. */
  isRunning(name: string): boolean;
};

export function startBackground(
  onError: (error: unknown, name: string) => void,
): RunningBackground {
  const running = new Map<Promise<void>, string>();
  return {
    start: (name, work) => {
      const one: Promise<void> = work()
        .catch((error: unknown) => {
          onError(error, name);
        })
        .finally(() => running.delete(one));
      running.set(one, name);
    },
    finished: async () => {
      await Promise.all(running.keys());
    },
    isRunning: (name) => [...running.values()].includes(name),
  };
}
