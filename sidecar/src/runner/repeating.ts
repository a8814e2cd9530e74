// Work done again and again with a pause between, never twice at once.

export type Repeating = { stop(): Promise<void> };

/** The pause begins when the work has ended. `stop` waits for work that is under way. */
export function startRepeating(
  pauseMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repeating {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = (): void => {
    running = work()
      .then(
        () => undefined,
        (error: unknown) => {
          onError(error);
        },
      )
      .then(() => {
        if (!isStopped) timer = setTimeout(turn, pauseMs);
      });
  };
  timer = setTimeout(turn, pauseMs);
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
