// What the kernel says about a running process. Linux only.
import { readFileSync } from 'node:fs';

export type ProcessFigures = {
  /** Most memory it ever held, all threads together, in MB of 10^6 bytes. Null where /proc is not there. */
  readonly peakRssMb: number | null;
  /** Processor seconds of all threads so far. Null where /proc is not there. */
  readonly cpuSeconds: number | null;
};

/** Clock ticks of /proc/<pid>/stat in one second: fixed at 100 on Linux, whatever the kernel's own timer does. */
const TICKS = 100;

export function processFigures(pid: number | null): ProcessFigures {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
    const peak = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
    // The name in brackets may hold blanks; user and system time are the 12th and 13th field behind it.
    const fields = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8')
      .split(') ')
      .at(-1)
      ?.split(' ');
    return {
      peakRssMb: peak === undefined ? null : (Number(peak) * 1024) / 1e6,
      cpuSeconds: (Number(fields?.[11]) + Number(fields?.[12])) / TICKS,
    };
  } catch {
    return { peakRssMb: null, cpuSeconds: null };
  }
}
