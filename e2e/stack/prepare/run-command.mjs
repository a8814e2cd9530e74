// Runs one command to its end with its output in the log, never on the terminal, and never waiting
// for a keyboard.
import { spawn, spawnSync } from 'node:child_process';

/**
 * @param {{ write: (text: string) => void }} log
 * @param {string[]} command program and arguments
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<number>} the exit code; 127 when the program is not there
 */
export function runCommand(log, command, options = {}) {
  const [program, ...args] = command;
  log.write(`\n$ ${command.join(' ')}\n`);
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, CI: 'true', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk) => log.write(chunk.toString()));
    child.stderr.on('data', (chunk) => log.write(chunk.toString()));
    child.on('error', (error) => {
      log.write(`${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code, signal) => {
      if (signal) log.write(`ended by ${signal}\n`);
      resolve(code ?? 1);
    });
  });
}

/** What a quick command prints, or null when it is missing or fails. @param {string[]} command */
export function outputOf([program, ...args]) {
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return result.status === 0 ? result.stdout.trim() : null;
}
