// Runs a program to its end and returns what it printed.
import { spawn } from 'node:child_process';
import { StoreError } from './store-error.ts';

export type ProgramRun = {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
};

export type ProgramResult = { readonly stdout: string; readonly stderr: string };

/** Rejects with `command_failed` when it ends with anything but 0; the message holds its output. */
export function runProgram(run: ProgramRun): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(run.program, run.args, {
      cwd: run.cwd,
      env: { ...process.env, ...run.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', (cause) => {
      reject(couldNotRun(run, cause.message, cause));
    });
    child.once('close', (code, signal) => {
      const result = { stdout: textOf(out), stderr: textOf(err) };
      if (code === 0) resolve(result);
      else reject(couldNotRun(run, describeEnd(code, signal, result)));
    });
    // A program that ends without reading its input is judged by its exit code, not by the broken pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(run.input ?? '');
  });
}

function textOf(chunks: Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function describeEnd(code: number | null, signal: string | null, result: ProgramResult): string {
  const output = `${result.stderr}\n${result.stdout}`.trim().split('\n').slice(-15).join('\n');
  return `it ended with ${signal ?? code}\n${output}`;
}

function couldNotRun(run: ProgramRun, reason: string, cause?: unknown): StoreError {
  const shown = [run.program, ...run.args].join(' ').slice(0, 300);
  return new StoreError('command_failed', `couldn't run ${shown}: ${reason}`, { cause });
}
