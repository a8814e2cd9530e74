// tocsin resolve: the people of a scope as lines of JSON, or their figures. Works with WordPress down, and beside a running
// sidecar or without one. Needs a key of its own, and what it gave out is in the evidence log.
import { readFileSync, statSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Config } from '../config/load-config.ts';
import { CodedError } from '../domain/coded-error.ts';
import {
  resolveToCounts,
  resolveToLines,
  type LinesDeps,
  type ResolveToLines,
} from '../use-cases/resolve-to-lines.ts';
import { OPERATOR } from './approver-command.ts';
import type { Command, CommandIo } from './command.ts';
import { fileOutput, standardOutput, type LineOutput } from './line-output.ts';
import { readOptions } from './read-options.ts';
import { readScopeFile } from './read-scope-file.ts';

const USAGE =
  'tocsin resolve --scope <scope.json> [--counts] [--incident <reference>] [--out <file>|-] [--key-file <file>]';

export type ResolveParts = LinesDeps & { close(): Promise<void> };

export type ResolveOutside = {
  open: (config: Config) => Promise<ResolveParts>;
  stdout: Writable;
  /** Aborts when the process is asked to end. */
  interrupted: () => AbortSignal;
};

export function makeResolveCommand(outside: ResolveOutside): Command {
  return {
    name: 'resolve',
    usage: USAGE,
    summary: 'Print the people of a scope, or their figures',
    run: async ({ args, io, config }) => {
      const { values } = readOptions(
        args,
        {
          scope: { type: 'string' },
          counts: { type: 'boolean' },
          incident: { type: 'string' },
          out: { type: 'string' },
          'key-file': { type: 'string' },
        },
        USAGE,
      );
      if (values.scope === undefined) throw noScope();
      const signal = outside.interrupted();
      const input: ResolveToLines = {
        scope: readScopeFile(values.scope),
        key: readKey(values['key-file'], io.env),
        incident: values.incident ?? null,
        signal,
        onGaps: (sentences) => {
          for (const sentence of sentences) io.err(`not among the people: ${sentence}`);
        },
      };
      const parts = await outside.open(config());
      try {
        const target = values.out ?? '-';
        const output = target === '-' ? standardOutput(outside.stdout) : await fileOutput(target);
        await writeAll(
          output,
          values.counts === true ? counted(parts, input) : people(parts, input),
        );
        return 0;
      } catch (error) {
        throw signal.aborted ? interrupted() : error;
      } finally {
        await parts.close();
      }
    },
  };
}

async function* people(parts: ResolveParts, input: ResolveToLines): AsyncGenerator<string> {
  for await (const person of resolveToLines(parts, OPERATOR, input)) yield JSON.stringify(person);
}

async function* counted(parts: ResolveParts, input: ResolveToLines): AsyncGenerator<string> {
  yield JSON.stringify(await resolveToCounts(parts, OPERATOR, input));
}

async function writeAll(output: LineOutput, lines: AsyncIterable<string>): Promise<void> {
  try {
    for await (const line of lines) if (!(await output.write(line))) return;
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

function readKey(file: string | undefined, env: CommandIo['env']): string {
  const key = file === undefined ? env['TOCSIN_RESOLVE_KEY'] : readKeyFile(file);
  if (key !== undefined && key.trim() !== '') return key.trim();
  throw new CodedError({
    code: 'command_key.missing',
    category: 'unauthenticated',
    message: "couldn't read people: no key was given",
    detail:
      'Put it into TOCSIN_RESOLVE_KEY, or into a file named by --key-file. Make one with: tocsin resolve-key add <name>.',
  });
}

function readKeyFile(file: string): string {
  try {
    if ((statSync(file).mode & 0o077) === 0) return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new CodedError({
      code: 'cli.bad_options',
      category: 'invalid',
      message: `couldn't read the key of --key-file: ${why} (you gave ${file})`,
      detail: `Usage: ${USAGE}`,
      cause,
    });
  }
  throw new CodedError({
    code: 'command_key.file_open',
    category: 'forbidden',
    message: `couldn't take the key: others may read ${file}`,
    detail: `Run: chmod 600 ${file}. If others had the time to read it, make a new key.`,
  });
}

function noScope(): CodedError {
  return new CodedError({
    code: 'cli.bad_options',
    category: 'invalid',
    message: "couldn't run tocsin resolve: --scope is needed",
    detail: `Usage: ${USAGE}`,
  });
}

function interrupted(): CodedError {
  return new CodedError({
    code: 'cli.interrupted',
    category: 'unavailable',
    message: "couldn't finish: the command was told to end",
    detail: 'No file was left behind. What went to standard output is not everybody.',
  });
}
