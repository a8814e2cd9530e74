// A server that cannot outlive the process that started it. Each runs under a small guard process
// (guard.mjs): exit handlers alone would not help, since nothing runs in a process killed by SIGKILL.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StoreError } from './store-error.ts';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));

/** How long a server may take to end by itself before it is killed. */
const GRACE_MS = 8_000;

export type ServerCommand = {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Takes both output streams; its last lines are part of the error when the server fails. */
  readonly logFile: string;
};

export type GuardedProcess = {
  /** The server itself, not its guard. */
  readonly pid: number;
  readonly guardPid: number;
  readonly isRunning: () => boolean;
  /** Resolves when the server has ended, by itself or because it was told to. */
  readonly ended: Promise<void>;
  /** Ends the server; resolves when it and everything it started are gone. */
  readonly end: () => Promise<void>;
};

type GuardMessage =
  | { readonly event: 'started'; readonly pid: number }
  | { readonly event: 'failed'; readonly reason: string }
  | { readonly event: 'ended'; readonly code: number | null; readonly signal: string | null };

/** Starts the server; rejects with `server_did_not_start` when the program cannot be run. */
export async function startGuarded(command: ServerCommand): Promise<GuardedProcess> {
  const guard = forkGuard(command);
  const pid = await firstPid(guard, command);
  let running = true;
  const ended = new Promise<void>((resolve) =>
    guard.once('exit', () => {
      resolve();
    }),
  ).then(() => {
    running = false;
    // Only a guard that was itself killed leaves its server behind; then this ends it.
    killGroup(pid);
  });
  // The channel must not keep a finished test run alive; while somebody waits for the end, it must.
  const setWaiting = (waiting: boolean): void => {
    if (waiting) guard.ref();
    else guard.unref();
    if (waiting) guard.channel?.ref();
    else guard.channel?.unref();
  };
  setWaiting(false);
  return {
    pid,
    guardPid: guard.pid ?? 0,
    isRunning: () => running,
    ended,
    end: async () => {
      setWaiting(true);
      if (guard.connected) guard.disconnect();
      await ended;
    },
  };
}

/** The end of a server's log, for an error message; empty when there is none. */
function logTail(file: string, lines = 12): string {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/** Why a server that was started is no use; ends it, and knows a taken port from other troubles. */
export async function giveUpOn(
  server: GuardedProcess,
  { what, logFile }: { what: string; logFile: string },
): Promise<StoreError> {
  const reason = server.isRunning() ? 'it did not answer in time' : 'it ended';
  await server.end();
  const tail = logTail(logFile);
  const code = /already in use/i.test(tail) ? 'port_taken' : 'server_did_not_start';
  return new StoreError(code, `couldn't ${what}: ${reason}\n${tail}`);
}

function forkGuard(command: ServerCommand): ChildProcess {
  const log = openSync(command.logFile, 'a');
  try {
    return fork(GUARD, [String(GRACE_MS), command.program, ...command.args], {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      execArgv: [],
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

function firstPid(guard: ChildProcess, command: ServerCommand): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string): void => {
      const message = `couldn't start ${command.name}: ${reason} (program: ${command.program})`;
      reject(new StoreError('server_did_not_start', message));
    };
    guard.once('error', (error) => {
      refuse(error.message);
    });
    guard.once('exit', () => {
      refuse(`it ended at once\n${logTail(command.logFile)}`);
    });
    guard.once('message', (message: GuardMessage) => {
      if (message.event === 'started') resolve(message.pid);
      if (message.event === 'failed') refuse(message.reason);
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing left of it, which is what was wanted.
  }
}
