// Finds running processes by what their command line names; for tests that nothing was left behind.
import { runProgram } from './run-program.ts';

/** Ids of all processes whose command line contains `text`; a store's folder is a good one. */
export async function processesNaming(text: string): Promise<number[]> {
  const { stdout } = await runProgram({ program: 'ps', args: ['-A', '-o', 'pid=,args='] });
  return stdout
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => Number.parseInt(line, 10));
}
