// tocsin serve: puts the parts together, starts them in order, and stops them in the other order.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { openAudienceStages } from './adapters/audience-stage/open-audience-stages.ts';
import { verifyLog } from './adapters/evidence-files/verify-log.ts';
import { describeError } from './adapters/http/error-response.ts';
import { startHttpServer } from './adapters/http/start-http-server.ts';
import { openPasskeys } from './adapters/passkeys/open-passkeys.ts';
import { parsePostmarkWebhook } from './adapters/postmark/parse-webhook.ts';
import { openStoreReader } from './adapters/store-database/open-store-reader.ts';
import { makeRegistry } from './adapters/system/make-registry.ts';
import { sweepBundles } from './compose-bundle.ts';
import { openScan } from './compose-data-map.ts';
import { openEvidence } from './compose-evidence.ts';
import { makeHandlers, type ServeParts } from './compose-handlers.ts';
import { openLedgerParts, type LedgerParts } from './compose-ledger.ts';
import { startLoops, type LoopName } from './compose-loops.ts';
import { makeAudienceWork } from './compose-people.ts';
import { readiness } from './compose-readiness.ts';
import {
  openNoticeTemplates,
  openProviders,
  openReadingStore,
  openStore,
} from './compose-store.ts';
import { VERSION } from './config/version.ts';
import type { Config } from './config/load-config.ts';
import { isCoded } from './domain/coded-error.ts';
import { startBackground } from './runner/background.ts';
import { makeDegradations } from './runner/degradations.ts';
import { takeServeLease, type ServeLease } from './runner/serve-lease.ts';
import { makeStopSteps, type StopResult, type StopSteps } from './runner/stop-steps.ts';
import { makeVerification } from './runner/verification.ts';
import { abandonAudiences } from './use-cases/abandon-audiences.ts';
import { makePreviewRegistry } from './use-cases/preview-registry.ts';
import { receiveReceipts } from './use-cases/receive-receipts.ts';
import { recoverBatches } from './use-cases/recover-batches.ts';

const CONSOLE = fileURLToPath(new URL('../console/', import.meta.url));
/** Longer than a provider may take to answer the batches on the way, shorter than a service manager's patience. */
const STOP_MS = 80_000;

export type Serving = {
  url: string;
  /** Finishes what is on the way, then stops every part. May be called twice. After `late` the process must be ended. */
  stop(): Promise<StopResult>;
  /** Resolves when serving must end because another process took over. */
  lost: Promise<void>;
};

export async function serve(config: Config): Promise<Serving> {
  const logger = pino({ level: config.log.level, base: { service: 'tocsin' } });
  const onError = (error: unknown, what: string): void => {
    const code = isCoded(error) ? error.code : undefined;
    logger.error({ code, error: describeError(error) }, what);
  };
  const parts = await openLedgerParts(config);
  const stops = makeStopSteps({
    limitMs: STOP_MS,
    onError: (error, name) => {
      onError(error, `could not stop ${name}`);
    },
  });
  stops.add('the ledger', () => parts.close());
  try {
    return await start({ config, logger, parts, stops, onError });
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

type StartInput = {
  config: Config;
  logger: Logger;
  parts: LedgerParts;
  stops: StopSteps;
  onError: (error: unknown, what: string) => void;
};

async function start({ config, logger, parts, stops, onError }: StartInput): Promise<Serving> {
  const lease = await takeServeLease(parts);
  stops.add('the lease', () => lease.release());
  const evidence = await openEvidence(config, parts, lease.lost);
  stops.add('the evidence log', () => evidence.flush());

  const pool = openStore(config);
  stops.add('the shop database', () => pool.close());
  const readingPool = openReadingStore(config);
  stops.add('the database people are read from', () => readingPool.close());
  const store = openStoreReader(readingPool);
  await mkdir(config.stagingFolder, { recursive: true, mode: 0o700 });
  await sweepBundles(config.stagingFolder);
  // Deletes what an earlier process left; the threads that resolve people open stages of their own.
  openAudienceStages({ folder: config.stagingFolder });
  const audienceWork = makeAudienceWork(config, parts);
  const providerOf = openProviders(config);
  await recover(parts, logger);

  const degradations = makeDegradations(parts.clock);
  const background = startBackground((error, name) => {
    onError(error, `${name} failed`);
  });
  const verification = makeVerification({
    clock: parts.clock,
    verify: async () => {
      await evidence.flush();
      return verifyLog({ folder: config.evidenceFolder, vkey: evidence.log().vkey });
    },
  });
  // In place before anything listens or loops, so that whatever fails from here on ends what was begun.
  const halt = new AbortController();
  const signal = AbortSignal.any([halt.signal, lease.lost]);
  const scan = openScan(config, parts, signal);
  stops.add("the scanner's connection", () => scan.close());
  const serveParts: ServeParts = {
    ...parts,
    scan,
    config,
    store,
    audienceWork,
    pool,
    templates: openNoticeTemplates(config),
    shop: {
      name: config.shop.name,
      contactEmail: config.shop.contact_email,
      contactPhone: config.shop.contact_phone,
      timeZone: config.shop.time_zone,
    },
    background,
    degradations,
    previews: makePreviewRegistry({
      clock: parts.clock,
      ids: parts.ids,
      count: (input) => audienceWork.count(input),
    }),
    evidence,
    verification,
    providerOf,
    version: VERSION,
    readiness: () => readiness({ ledger: parts.ledger, pool, evidence }),
  };
  const loops: Partial<Record<LoopName, () => Promise<void>>> = {};
  for (const name of ['flusher', 'sweeper', 'scans'] as const)
    stops.add(`the ${name} loop`, async () => loops[name]?.());
  stops.add('background work', () => background.finished());
  for (const name of ['outbox', 'delivery'] as const)
    stops.add(`the ${name} loop`, async () => loops[name]?.());
  const http = await listen(serveParts, logger);
  stops.add('the HTTP server', () => http.stop());
  stops.add('new work', () => {
    halt.abort();
    return Promise.resolve();
  });
  const given = {
    ...{ config, parts, pool, scan, evidence, degradations, background, providerOf, lease },
  };
  Object.assign(loops, startLoops({ ...given, signal, onError }));
  const { size } = evidence.log().head();
  logger.info({ url: http.url, origin: config.origin, evidence: size }, 'serving');
  return { url: http.url, stop: () => stops.stop(), lost: whenLost(lease, logger) };
}

/** What an earlier process did not bring to its end. */
async function recover(parts: LedgerParts, logger: Logger): Promise<void> {
  const abandoned = await abandonAudiences(parts);
  if (abandoned > 0)
    logger.warn({ abandoned }, 'audiences that were being resolved must be frozen again');
  const recovered = await recoverBatches(parts, 'all');
  if (recovered > 0)
    logger.warn({ recovered }, 'batches without an answer are unknown; the provider is asked');
}

function listen(parts: ServeParts, logger: Logger): ReturnType<typeof startHttpServer> {
  const { config } = parts;
  const passkeys = openPasskeys({
    rpName: `${config.shop.name} – Tocsin`,
    rpId: config.rpId,
    origin: config.origin,
  });
  return startHttpServer({
    listen: config.listen,
    deps: { ...parts, passkeys },
    logger,
    handlers: makeHandlers(parts),
    pluginKeys: [config.plugin_key],
    monitorKeys: Object.entries(config.signal_keys).map(([name, key]) => ({ name, key })),
    postmarkWebhook: {
      secret: config.postmark.webhook_secret,
      user: config.postmark.webhook_user,
      password: config.postmark.webhook_password,
      receiveReceipts: async (events) => {
        const now = parts.clock.now();
        const receipts = events.flatMap((event) => parsePostmarkWebhook(event, now) ?? []);
        await receiveReceipts(parts, receipts);
      },
    },
    consoleFolder: CONSOLE,
    readiness: parts.readiness,
    metrics: {
      registry: makeRegistry(parts.ledger, parts.clock),
      token: config.metrics.token ?? null,
    },
    version: VERSION,
    trustedProxies: config.listen.trusted_proxies,
  });
}

function whenLost(lease: ServeLease, logger: Logger): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      logger.fatal('another sidecar took over this ledger; stopping');
      resolve();
    };
    if (lease.lost.aborted) end();
    else lease.lost.addEventListener('abort', end, { once: true });
  });
}
