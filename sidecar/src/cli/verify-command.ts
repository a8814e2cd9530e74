// tocsin verify: checks an evidence log or bundle offline, from its files alone. Needs no configuration and no ledger.
import { readFileSync } from 'node:fs';
import { verifyLog, type VerifyReport } from '../adapters/evidence-files/verify-log.ts';
import { CodedError } from '../domain/coded-error.ts';
import type { Command, CommandIo } from './command.ts';
import { readOptions } from './read-options.ts';

const USAGE =
  'tocsin verify [<evidence folder or bundle.zip>] [--vkey <key>] [--earlier <checkpoint file>]… [--json]';

export const verifyCommand: Command = {
  name: 'verify',
  usage: USAGE,
  summary: 'Check an evidence log or bundle, offline',
  run: async ({ args, io, config }) => {
    const { values, positionals } = readOptions(
      args,
      {
        vkey: { type: 'string' },
        earlier: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const report = await verifyLog({
      folder: positionals[0] ?? config().evidenceFolder,
      ...(values.vkey === undefined ? {} : { vkey: values.vkey }),
      ...(values.earlier === undefined
        ? {}
        : { earlierCheckpoints: values.earlier.map(readEarlier) }),
    });
    if (values.json === true) io.out(JSON.stringify(report));
    else printReport(report, io);
    return report.ok ? 0 : 1;
  },
};

function readEarlier(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new CodedError({
      code: 'cli.bad_options',
      category: 'invalid',
      message: `couldn't read the checkpoint of --earlier: ${why} (you gave ${file})`,
      detail: `Give the file of a checkpoint kept from before. Usage: ${USAGE}`,
      cause,
    });
  }
}

function printReport(report: VerifyReport, io: CommandIo): void {
  for (const check of report.checks) {
    io.out(`${check.ok ? 'ok  ' : 'FAIL'}  ${check.name}: ${check.sentence}`);
  }
  io.out(
    report.ok
      ? `verified: ${report.size} entries, root ${report.root}`
      : `NOT VERIFIED: ${report.first_problem?.sentence ?? 'see above'}`,
  );
  if (report.key === 'inside') {
    io.out(
      'note: checked against the key inside the bundle; give --vkey from another place to pin it.',
    );
  }
}
