// The composition root: the commands of the command line with the parts they need.
import { makeApproverCommand } from './cli/approver-command.ts';
import type { Command, CommandIo } from './cli/command.ts';
import { makeDoctorCommand } from './cli/doctor-command.ts';
import { initCommand } from './cli/init-command.ts';
import { makeResolveCommand } from './cli/resolve-command.ts';
import { makeResolveKeyCommand } from './cli/resolve-key-command.ts';
import { runCommand } from './cli/run-command.ts';
import { makeScanCommand } from './cli/scan-command.ts';
import { verifyCommand } from './cli/verify-command.ts';
import { openScanParts } from './compose-data-map.ts';
import { examine } from './compose-doctor.ts';
import { openLedgerParts } from './compose-ledger.ts';
import { openResolveParts } from './compose-resolve.ts';
import { serve } from './compose-serve.ts';
import { VERSION } from './config/version.ts';

const serveCommand: Command = {
  name: 'serve',
  usage: 'tocsin serve',
  summary: 'Start the sidecar',
  run: async ({ config }) => {
    const serving = await serve(config());
    const asked = new Promise<void>((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
        process.once(signal, () => {
          resolve();
        });
    });
    const end = await Promise.race([asked.then(() => 0), serving.lost.then(() => 1)]);
    const stopped = await serving.stop();
    // Whatever did not end in time would keep the process alive for as long as it likes.
    if (stopped === 'late') process.exit(1);
    return stopped === 'clean' ? end : 1;
  },
};

const versionCommand: Command = {
  name: 'version',
  usage: 'tocsin version',
  summary: 'Print the version',
  run: ({ io }) => {
    io.out(VERSION);
    return Promise.resolve(0);
  },
};

/** Of a command that has something to tidy before the process ends. */
function interrupted(): AbortSignal {
  const abort = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => {
      abort.abort();
    });
  return abort.signal;
}

const COMMANDS: readonly Command[] = [
  initCommand,
  serveCommand,
  makeDoctorCommand(examine),
  makeApproverCommand(openLedgerParts),
  makeResolveKeyCommand(openLedgerParts),
  makeResolveCommand({ open: openResolveParts, stdout: process.stdout, interrupted }),
  makeScanCommand({ open: openScanParts, interrupted }),
  verifyCommand,
  versionCommand,
];

export function main(argv: readonly string[], env: CommandIo['env']): Promise<number> {
  return runCommand(COMMANDS, argv, {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    env,
  });
}
