// Resolving and freezing an audience straight from MariaDB, by the running sidecar: seconds, people a second, its memory.
import { readFileSync } from 'node:fs';
import { startBox } from '../stack/box.ts';
import { call, EVERYONE, freezeByApi } from '../story/prepare-by-api.ts';
import type { Incident } from '../../sidecar/src/contract/index.ts';

export async function benchAudience(people: number): Promise<void> {
  const box = await startBox({ name: 'bench', people });
  try {
    const incident = await call<Incident>(box, 'POST', '/v1/incidents', {
      title: 'Benchmark',
      type: 'other',
      severity: 'low',
      drill: true,
    });
    await call(box, 'POST', `/v1/incidents/${incident.id}/transitions`, { to: 'confirmed' });
    await call(box, 'PUT', `/v1/incidents/${incident.id}/scope`, { scope: EVERYONE });
    const runs: number[] = [];
    let found = 0;
    for (let run = 0; run < 2; run += 1) {
      const started = performance.now();
      const page = await freezeByApi(box, incident.id);
      runs.push((performance.now() - started) / 1000);
      found = page.audience?.counts?.people ?? 0;
    }
    const seconds = Math.min(...runs);
    console.log(
      JSON.stringify({
        bench: 'audience',
        people: found,
        orders: box.truth.totals.orders,
        seconds: Math.round(seconds * 10) / 10,
        people_per_second: Math.round(found / seconds),
        sidecar_peak_rss_mb: peakRssMb(box.sidecar.pid()),
      }),
    );
  } finally {
    await box.stop();
  }
}

/** Linux only; null elsewhere. */
function peakRssMb(pid: number | null): number | null {
  try {
    const kb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1];
    return kb === undefined ? null : Math.round(Number(kb) / 1000);
  } catch {
    return null;
  }
}
