// The doctor: every check by name, worst first, each with how to mend it. A check that hangs or throws is a finding too.
import type { Finding, Health } from '../contract/index.ts';
import { isCoded } from '../domain/coded-error.ts';
import type { Clock } from './ports/clock.ts';

export type DoctorCheck = {
  name: string;
  /** One or more findings; may throw, which is reported as an error of this check. */
  run(): Promise<readonly Omit<Finding, 'name'>[]>;
};

const LIMIT_MS = 15_000;
const ORDER = { error: 0, warning: 1, ok: 2 } as const;

export async function runDoctor(
  deps: { clock: Clock },
  checks: readonly DoctorCheck[],
): Promise<Health> {
  const findings = (await Promise.all(checks.map(runCheck))).flat();
  findings.sort((a, b) => ORDER[a.level] - ORDER[b.level]);
  return { checked_at: deps.clock.now().toISOString(), findings };
}

async function runCheck(check: DoctorCheck): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer within ${LIMIT_MS / 1000} s`));
      }, LIMIT_MS);
    });
    const found = await Promise.race([check.run(), late]);
    return found.map((finding) => ({ name: check.name, ...finding }));
  } catch (error) {
    return [
      {
        name: check.name,
        level: 'error',
        sentence: error instanceof Error ? error.message : 'The check failed.',
        mend: isCoded(error) ? (error.detail ?? '') : 'Look into the log of the sidecar.',
      },
    ];
  } finally {
    clearTimeout(timer);
  }
}
