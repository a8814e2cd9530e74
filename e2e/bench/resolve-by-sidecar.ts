// The sidecar itself, as an operator runs it, reading the store: its own process, so that the memory is its own.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Audience, Incident, IncidentPage, Scope } from '../../sidecar/src/contract/index.ts';
import { freePort } from '../stack/free-port.ts';
import { makeKeys, makeSidecar, type Sidecar, type SidecarKeys } from '../stack/sidecar.ts';
import { stopOnSignals } from '../stack/stop-on-signals.ts';
import { waitUntil } from '../stack/wait-until.ts';
import { askSidecar, readIncident } from '../story/sidecar-reader.ts';
import type { DatabaseLogin } from '../stack/database-server.ts';
import { GATEWAY_SOURCE } from './own-source.ts';
import { processFigures, type ProcessFigures } from './process-figures.ts';

const LONGEST_MS = 30 * 60_000;

export type Resolution = {
  readonly people: number;
  /** Between the request and the frozen audience, by the sidecar's clock. */
  readonly seconds: number;
  readonly rows: number;
  /** Processor seconds of the sidecar meanwhile. */
  readonly cpuSeconds: number | null;
  readonly root: string;
};

export type BenchSidecar = {
  freeze(scope: Scope): Promise<Resolution>;
  figures(): ProcessFigures;
  stop(): Promise<void>;
};

/** In a new folder under `folder`, with a ledger of its own. */
export async function startBenchSidecar(input: {
  folder: string;
  reader: Required<DatabaseLogin>;
  prefix: string;
}): Promise<BenchSidecar> {
  const folder = await mkdtemp(join(input.folder, 'sidecar-'));
  const dataMapFile = join(folder, 'data-map.json');
  await writeFile(dataMapFile, JSON.stringify({ version: 1, sources: [GATEWAY_SOURCE] }));
  const keys = makeKeys();
  const sidecar = await makeSidecar({
    folder,
    port: await freePort(),
    keys,
    shopName: 'Bench',
    database: { ...input.reader, prefix: input.prefix },
    // Nothing is sent: no server is asked.
    mail: { url: 'http://127.0.0.1:9', token: 'none', stream: 'none', from: 'bench@example.com' },
    env: {
      TOCSIN_LOG_LEVEL: 'warn',
      TOCSIN_DATA_MAP_FILE: dataMapFile,
      TOCSIN_OUTBOX_POLL_SECONDS: '60',
      // A new sidecar scans the shop at once; its statements are no part of this measurement.
      TOCSIN_SCAN_PAUSE_MS: '60000',
    },
  });
  const stop = async (): Promise<void> => {
    unlisten();
    await sidecar.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const unlisten = stopOnSignals(stop);
  try {
    await sidecar.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    freeze: (scope) => freeze({ sidecar, keys }, scope),
    figures: () => processFigures(sidecar.pid()),
    stop,
  };
}

type Running = { sidecar: Sidecar; keys: SidecarKeys };

async function freeze(running: Running, scope: Scope): Promise<Resolution> {
  const { id } = await call<Incident>(running, 'POST', '/v1/incidents', {
    title: 'Benchmark',
    type: 'other',
    severity: 'low',
    drill: true,
  });
  await call(running, 'POST', `/v1/incidents/${id}/transitions`, { to: 'confirmed' });
  await call(running, 'PUT', `/v1/incidents/${id}/scope`, { scope });
  const before = processFigures(running.sidecar.pid()).cpuSeconds;
  await call(running, 'POST', `/v1/incidents/${id}/audience`);
  const audience = await waitForEnd(running, id);
  const after = processFigures(running.sidecar.pid()).cpuSeconds;
  const { counts, frozen_at, requested_at, root, rows_read } = audience;
  if (counts === null || frozen_at === null || root === null)
    throw new Error(
      `${audience.problem?.title ?? audience.state}\n${lastLines(running.sidecar.logFile)}`,
    );
  return {
    people: counts.people,
    seconds: (Date.parse(frozen_at) - Date.parse(requested_at)) / 1000,
    rows: rows_read,
    cpuSeconds: before === null || after === null ? null : after - before,
    root,
  };
}

async function waitForEnd(running: Running, incidentId: string): Promise<Audience> {
  let page: IncidentPage = await readIncident(running, incidentId);
  // Seldom enough to cost the sidecar nothing; the time itself is read off the audience.
  const ended = await waitUntil(
    async () => {
      page = await readIncident(running, incidentId);
      return page.audience !== null && page.audience.state !== 'resolving';
    },
    { timeoutMs: LONGEST_MS, everyMs: 250 },
  );
  if (ended && page.audience !== null) return page.audience;
  throw new Error(
    `couldn't wait for the frozen audience: not there after ${LONGEST_MS / 60_000} minutes`,
  );
}

/** The sidecar's log goes with its folder. */
function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}

async function call<T>(
  running: Running,
  method: string,
  target: string,
  body?: unknown,
): Promise<T> {
  const answer = await askSidecar(running, {
    method,
    target,
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
