// What has to end when the sidecar stops, in the other order than it began. One step that fails keeps no other from
// running, and all of them together may only take so long.

/** `failed`: a step threw, the others ran all the same. `late`: the limit came first; end the process. */
export type StopResult = 'clean' | 'failed' | 'late';

export type StopSteps = {
  /** Added last is run first. */
  add(name: string, step: () => Promise<unknown>): void;
  /** Runs every step once; may be called again for the same answer. Never rejects. */
  stop(): Promise<StopResult>;
};

export function makeStopSteps(options: {
  limitMs: number;
  onError: (error: unknown, name: string) => void;
}): StopSteps {
  const steps: { name: string; step: () => Promise<unknown> }[] = [];
  let stopped: Promise<StopResult> | null = null;
  const runAll = async (): Promise<StopResult> => {
    let result: StopResult = 'clean';
    for (const { name, step } of steps.toReversed()) {
      try {
        await step();
      } catch (error) {
        result = 'failed';
        options.onError(error, name);
      }
    }
    return result;
  };
  const runInTime = async (): Promise<StopResult> => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<StopResult>((resolve) => {
      timer = setTimeout(resolve, options.limitMs, 'late');
    });
    const result = await Promise.race([runAll(), limit]);
    clearTimeout(timer);
    return result;
  };
  return {
    add: (name, step) => {
      steps.push({ name, step });
    },
    stop: () => {
      stopped ??= runInTime();
      return stopped;
    },
  };
}
