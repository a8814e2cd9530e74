// tocsin doctor: everything the sidecar needs, with how to mend each. Exit code 1 when something is an error.
import type { Health } from '../contract/index.ts';
import type { Config } from '../config/load-config.ts';
import type { Command } from './command.ts';
import { readOptions } from './read-options.ts';

const USAGE = 'tocsin doctor [--json]';
const MARK = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;

export function makeDoctorCommand(examine: (config: Config) => Promise<Health>): Command {
  return {
    name: 'doctor',
    usage: USAGE,
    summary: 'Check everything the sidecar needs',
    run: async ({ args, io, config }) => {
      const { values } = readOptions(args, { json: { type: 'boolean' } }, USAGE);
      const health = await examine(config());
      if (values.json === true) io.out(JSON.stringify(health));
      else {
        for (const finding of health.findings) {
          io.out(`${MARK[finding.level]}  ${finding.name}: ${finding.sentence}`);
          if (finding.level !== 'ok' && finding.mend !== '') {
            for (const line of finding.mend.split('\n')) io.out(`           ${line}`);
          }
        }
      }
      return health.findings.some((finding) => finding.level === 'error') ? 1 : 0;
    },
  };
}
