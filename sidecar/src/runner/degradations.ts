// What is not well, kept in memory: after a restart whoever sees it again says so again.
import type { Clock } from '../use-cases/ports/clock.ts';
import type { Degradation, Degradations } from '../use-cases/ports/degradations.ts';

export function makeDegradations(clock: Clock): Degradations {
  const standing = new Map<string, Degradation>();
  return {
    set: (name, sentence) => {
      const since = standing.get(name)?.since ?? clock.now().toISOString();
      standing.set(name, { name, sentence, since });
    },
    clear: (name) => {
      standing.delete(name);
    },
    list: () => [...standing.values()],
  };
}
