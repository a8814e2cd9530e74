// Waits for a fact that has no event of its own, such as "the server answers".
import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until true or the deadline; false means it never became true. */
export async function waitUntil(
  isTrue: () => Promise<boolean>,
  { timeoutMs, everyMs = 40 }: { timeoutMs: number; everyMs?: number },
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isTrue())) {
    if (performance.now() > deadline) return false;
    await pause(everyMs);
  }
  return true;
}
