// Runs the steps of the set-up in order, one line each with its time, and ends the process with a
// readable reason when one of them cannot be done.
import { PrepareError } from './prepare-error.mjs';

/**
 * @param {{ path: string, write: (text: string) => void }} log
 * @param {{ name: string, run: (log: object) => Promise<string> }[]} steps each returns what it
 *   found or did, in a few words
 */
export async function runSteps(log, steps) {
  for (const step of steps) {
    const started = process.hrtime.bigint();
    try {
      const outcome = await step.run(log);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      console.log(`prepare: ${step.name}: ${outcome} (${seconds.toFixed(1)} s)`);
    } catch (error) {
      if (!(error instanceof PrepareError)) throw error;
      console.error(`prepare: ${step.name}: ${error.message}`);
      process.exitCode = 1;
      return;
    }
  }
}
