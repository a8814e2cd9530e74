// Delivery against the same payloads posted by the same client at the same concurrency with no ledger and no evidence.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEvidenceLog } from '../../sidecar/src/adapters/evidence-files/evidence-log.ts';
import { createSigningKey } from '../../sidecar/src/adapters/evidence-files/signing-key-file.ts';
import { makePostmarkProvider } from '../../sidecar/src/adapters/postmark/postmark-provider.ts';
import { startDeliveryLoop } from '../../sidecar/src/runner/delivery-loop.ts';
import { makeTestDispatch } from '../../sidecar/src/runner/dispatch-scene.ts';
import { makeEvidenceIntegrator } from '../../sidecar/src/runner/evidence-integrator.ts';
import type {
  MailProvider,
  OutgoingBatch,
} from '../../sidecar/src/use-cases/ports/mail-provider.ts';
import { readDispatch } from '../../sidecar/src/use-cases/read-dispatch.ts';
import { startPostmarkServer } from '../stack/postmark-server/start-postmark-server.ts';
import { waitUntil } from '../stack/wait-until.ts';

const TOKEN = 'bench-token';
const CONCURRENCY = 4;
const BATCH = 500;
const ORIGIN = 'bench/tocsin';

export async function benchDelivery(messages: number): Promise<void> {
  for (const delayMs of [0, 300]) {
    const tenth = await measure(Math.max(BATCH, Math.floor(messages / 10)), delayMs);
    const full = await measure(messages, delayMs);
    console.log(
      JSON.stringify({
        bench: 'delivery',
        messages,
        delay_ms: delayMs,
        raw_per_second: round(messages / full.rawSeconds),
        per_second: round(messages / full.seconds),
        ratio: round(full.rawSeconds / full.seconds, 2),
        p99_batch_ms: round(full.p99),
        peak_rss_mb: round(full.peakRss / 1e6),
        ledger_bytes_per_message: round(full.ledgerBytes / messages),
        evidence_bytes_per_message: round(full.evidenceBytes / messages, 1),
        growth: round(full.seconds / tenth.seconds, 1),
      }),
    );
  }
}

async function measure(messages: number, delayMs: number) {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
  const server = await startPostmarkServer({
    serverToken: TOKEN,
    streams: [{ id: 'notices', type: 'Broadcasts' }],
    senderSignatures: ['example.com'],
    keepBodies: false,
    dbFile: join(folder, 'mail.sqlite'),
    delayMs,
  });
  const postmark = makePostmarkProvider({
    serverToken: TOKEN,
    apiUrl: server.url,
    timeoutSeconds: 60,
  });
  const calls: number[] = [];
  const sent: OutgoingBatch[] = [];
  const timed: MailProvider = {
    ...postmark,
    send: async (batch) => {
      const started = performance.now();
      const answer = await postmark.send(batch);
      calls.push(performance.now() - started);
      sent.push(batch);
      return answer;
    },
  };
  const file = join(folder, 'ledger.sqlite');
  try {
    const made = await makeTestDispatch({
      file,
      people: messages,
      provider: timed,
      concurrency: CONCURRENCY,
    });
    const signingKeyFile = join(folder, 'key');
    await createSigningKey({ file: signingKeyFile, origin: ORIGIN });
    const log = await openEvidenceLog({
      folder: join(folder, 'log'),
      origin: ORIGIN,
      signingKeyFile,
      create: true,
    });
    made.deps.evidence = makeEvidenceIntegrator({ ledger: made.ledger, log });
    let peakRss = 0;
    const watch = setInterval(() => {
      peakRss = Math.max(peakRss, process.memoryUsage().rss);
    }, 50);
    const before = (await stat(file)).size;
    const halt = new AbortController();
    const started = performance.now();
    const loop = startDeliveryLoop(made.deps, {
      fence: 1,
      signal: halt.signal,
      pollMs: 20,
      askEveryMs: 1_000,
      receiptTotalsEveryMs: 60_000,
      onError: (error) => {
        throw error;
      },
    });
    const isDone = async (): Promise<boolean> =>
      (await readDispatch(made.deps, made.dispatchId)).state === 'done';
    if (!(await waitUntil(isDone, { timeoutMs: 600_000, everyMs: 50 })))
      throw new Error('not done in time');
    const seconds = (performance.now() - started) / 1000;
    halt.abort();
    await loop.finished;
    clearInterval(watch);
    const evidence = await made.ledger.tables
      .selectFrom('evidence_entries')
      .select((row) => row.fn.sum<number>(row.fn<number>('length', ['bytes'])).as('bytes'))
      .executeTakeFirstOrThrow();
    await made.ledger.close();
    const ledgerBytes = (await stat(file)).size - before;
    const p99 = calls.toSorted((a, b) => a - b)[Math.floor(calls.length * 0.99)] ?? 0;
    return {
      seconds,
      rawSeconds: await sendRaw(postmark, sent.splice(0)),
      p99,
      peakRss,
      ledgerBytes,
      evidenceBytes: evidence.bytes,
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same batches again, by the same client, nothing written down. */
async function sendRaw(provider: MailProvider, batches: OutgoingBatch[]): Promise<number> {
  const started = performance.now();
  const next = batches.values();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const batch of next) {
        const answer = await provider.send(batch);
        if (answer.kind !== 'answered') throw new Error(`the server answered ${answer.kind}`);
      }
    }),
  );
  return (performance.now() - started) / 1000;
}

function round(value: number, digits = 0): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
