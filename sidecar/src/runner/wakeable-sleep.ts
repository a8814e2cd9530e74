// A pause that ends early when somebody has work, or when the process stops.

export type Alarm = {
  /** Ends the current sleep, or the next one if none is running. */
  wake(): void;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

export function makeAlarm(): Alarm {
  let ring: (() => void) | null = null;
  let isDue = false;
  return {
    wake: () => {
      if (ring === null) isDue = true;
      else ring();
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (isDue || signal.aborted) {
          isDue = false;
          resolve();
          return;
        }
        const end = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          ring = null;
          resolve();
        };
        const timer = setTimeout(end, ms);
        signal.addEventListener('abort', end);
        ring = end;
      }),
  };
}
