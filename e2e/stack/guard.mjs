// Stands between the test run and one server. It holds a channel to the process that started it;
// when that closes, for whatever reason (end, Ctrl-C, SIGKILL), it ends the server and everything
// the server started. The server gets a process group of its own, so PHP's workers end with it.
// Usage: guard.mjs <grace in ms> <program> [argument...]
import { spawn } from 'node:child_process';

const [graceMs, program, ...args] = process.argv.slice(2);

// A Ctrl-C in the terminal or a polite kill must not take the guard before its server.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endServer);
process.on('disconnect', endServer);
process.on('message', (message) => {
  if (message === 'end') endServer();
});

const server = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
let ending = false;

server.on('error', (error) =>
  tellAndExit({ event: 'failed', reason: error.code ?? error.message }),
);
server.on('spawn', () => tell({ event: 'started', pid: server.pid }));
server.on('exit', (code, signal) => {
  // What the server left running belongs to its group and must not outlive it.
  signalGroup('SIGKILL');
  tellAndExit({ event: 'ended', code, signal });
});

function endServer() {
  if (ending) return;
  ending = true;
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), Number(graceMs));
}

function signalGroup(signal) {
  if (server.pid === undefined) return;
  try {
    process.kill(-server.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function tell(message) {
  if (process.connected) process.send(message, () => {});
}

function tellAndExit(message) {
  if (!process.connected) process.exit(0);
  process.send(message, () => process.exit(0));
}
