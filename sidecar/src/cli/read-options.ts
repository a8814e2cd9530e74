// Options of a command, with a refusal that says what is allowed.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { CodedError } from '../domain/coded-error.ts';

export function readOptions<T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new CodedError({
      code: 'cli.bad_options',
      category: 'invalid',
      message: `couldn't read the options: ${cause instanceof Error ? cause.message.split('. ')[0] : 'unknown'}`,
      detail: `Usage: ${usage}`,
      cause,
    });
  }
}
