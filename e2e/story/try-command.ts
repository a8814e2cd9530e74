// Runs a command of the sidecar that may well refuse: exit code and what it printed, instead of an exception.
import type { Sidecar } from '../stack/sidecar.ts';

export type CommandOutcome = { code: number; printed: string };

export async function tryCommand(
  sidecar: Sidecar,
  args: readonly string[],
): Promise<CommandOutcome> {
  try {
    return { code: 0, printed: await sidecar.cli(args) };
  } catch (error) {
    if (!isFailedCommand(error)) throw error;
    return { code: error.code, printed: error.stdout + error.stderr };
  }
}

function isFailedCommand(
  error: unknown,
): error is { code: number; stdout: string; stderr: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'number' &&
    'stdout' in error &&
    typeof error.stdout === 'string' &&
    'stderr' in error &&
    typeof error.stderr === 'string'
  );
}
