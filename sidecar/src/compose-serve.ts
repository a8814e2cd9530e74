// tocsin serve: puts the parts together, starts them in order, and stops them in the other order.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { openAudienceStages } from './adapters/audience-stage/open-audience-stages.ts';
import { openEvidenceLog, type EvidenceLog } from './adapters/evidence-files/evidence-log.ts';
import { createSigningKey } from './adapters/evidence-files/signing-key-file.ts';
import { verifyLog } from './adapters/evidence-files/verify-log.ts';
import { startHttpServer } from './adapters/http/start-http-server.ts';
import { openPasskeys } from './adapters/passkeys/open-passkeys.ts';
import { parsePostmarkWebhook } from './adapters/postmark/parse-webhook.ts';
import { openStoreReader } from './adapters/store-database/open-store-reader.ts';
import { openOutbox } from './adapters/store-database/outbox.ts';
import { pingStore } from './adapters/store-database/store-server.ts';
import { makeRegistry } from './adapters/system/make-registry.ts';
import { makeHandlers, type ServeParts } from './compose-handlers.ts';
import { openLedgerParts, type LedgerParts } from './compose-ledger.ts';
import { openNoticeTemplates, openProviders, openStore } from './compose-store.ts';
import { VERSION } from './config/version.ts';
import type { Config } from './config/load-config.ts';
import { isCoded } from './domain/coded-error.ts';
import { startBackground } from './runner/background.ts';
import { makeDegradations } from './runner/degradations.ts';
import { startDeliveryLoop, type DeliveryLoop } from './runner/delivery-loop.ts';
import { makeEvidenceIntegrator } from './runner/evidence-integrator.ts';
import { startOutboxReader } from './runner/outbox-reader.ts';
import { startRepeating } from './runner/repeating.ts';
import { takeServeLease } from './runner/serve-lease.ts';
import { makeVerification } from './runner/verification.ts';
import { abandonAudiences } from './use-cases/abandon-audiences.ts';
import { countAudience } from './use-cases/count-audience.ts';
import { expireManifests } from './use-cases/expire-manifests.ts';
import { SYSTEM } from './use-cases/ports/acting.ts';
import type { DeliveryDeps } from './use-cases/ports/delivery-deps.ts';
import { makePreviewRegistry } from './use-cases/preview-registry.ts';
import { receiveReceipts } from './use-cases/receive-receipts.ts';
import { recoverBatches } from './use-cases/recover-batches.ts';
import { sweepExpired } from './use-cases/sweep-expired.ts';

const CONSOLE = fileURLToPath(new URL('../console/', import.meta.url));
const SWEEP_MS = 60_000;
/** Evidence that nobody waits for, such as a declared incident, is in the signed log after at most this long. */
const FLUSH_MS = 1_000;

export type Serving = {
  url: string;
  /** Finishes what is on the way, then stops every part. May be called twice. */
  stop(): Promise<void>;
  /** Resolves when serving must end because another process took over. */
  lost: Promise<void>;
};

export async function serve(config: Config): Promise<Serving> {
  const logger = pino({ level: config.log.level, base: { service: 'tocsin' } });
  const parts = await openLedgerParts(config);
  const stops: (() => Promise<void>)[] = [() => parts.close()];
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      for (const end of stops.toReversed()) await end();
    })();
    return stopped;
  };
  try {
    return await start({ config, logger, parts, stops, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

type StartInput = {
  config: Config;
  logger: Logger;
  parts: LedgerParts;
  stops: (() => Promise<void>)[];
  stop: () => Promise<void>;
};

async function start({ config, logger, parts, stops, stop }: StartInput): Promise<Serving> {
  const lease = await takeServeLease(parts);
  stops.push(() => lease.release());
  const log = await openLog(config, parts);
  const evidence = makeEvidenceIntegrator({ ledger: parts.ledger, log });
  await evidence.flush();
  stops.push(() => evidence.flush());

  const pool = openStore(config);
  stops.push(() => pool.close());
  const store = openStoreReader(pool);
  await mkdir(config.stagingFolder, { recursive: true, mode: 0o700 });
  const stages = openAudienceStages({ folder: config.stagingFolder });
  const providerOf = openProviders(config);
  const abandoned = await abandonAudiences(parts);
  if (abandoned > 0)
    logger.warn({ abandoned }, 'audiences that were being resolved must be frozen again');
  const recovered = await recoverBatches(parts, 'all');
  if (recovered > 0)
    logger.warn({ recovered }, 'batches without an answer are unknown; the provider is asked');

  const halt = new AbortController();
  const onError = (error: unknown, what: string): void => {
    logger.error({ code: isCoded(error) ? error.code : undefined, err: error }, what);
  };
  const deliveryDeps: DeliveryDeps = {
    ...parts,
    providerOf,
    evidence,
    settings: {
      from: config.postmark.from,
      messageIdDomain: config.rpId,
      patience: {
        emptyAnswers: config.delivery.settle_empty_answers,
        waitMs: config.delivery.settle_after_seconds * 1000,
      },
    },
    owner: lease.owner,
  };
  const delivery = startDeliveryLoop(deliveryDeps, {
    fence: lease.fence,
    signal: halt.signal,
    pollMs: 500,
    askEveryMs: config.delivery.settle_ask_every_seconds * 1000,
    receiptTotalsEveryMs: 60_000,
    onError: (error, dispatchId) => {
      onError(error, `delivery failed${dispatchId === null ? '' : ` for ${dispatchId}`}`);
    },
  });
  const degradations = makeDegradations(parts.clock);
  const background = startBackground((error, name) => {
    onError(error, `${name} failed`);
  });
  const outbox = startOutboxReader(
    { ...parts, outbox: openOutbox(pool), degradations },
    {
      pollMs: config.outbox.poll_seconds * 1000,
      signal: halt.signal,
      onError: (error) => {
        onError(error, 'the outbox could not be read');
      },
    },
  );
  const flush = async (): Promise<void> => {
    await evidence.flush();
    degradations.clear('evidence');
  };
  const flusher = startRepeating(FLUSH_MS, flush, (error) => {
    degradations.set(
      'evidence',
      'The evidence log cannot be written. Nothing is sent until it can.',
    );
    onError(error, 'the evidence log could not be written');
  });
  const sweeper = startRepeating(
    SWEEP_MS,
    async () => {
      await expireManifests(parts);
      await sweepExpired(parts);
    },
    (error) => {
      onError(error, 'sweeping failed');
    },
  );
  const verification = makeVerification({
    clock: parts.clock,
    verify: async () => {
      await evidence.flush();
      return verifyLog({ folder: config.evidenceFolder, vkey: log.vkey });
    },
  });
  const serveParts: ServeParts = {
    ...parts,
    config,
    store,
    stages,
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
      count: (input) => countAudience({ ...parts, store, stages }, input),
    }),
    evidence,
    log,
    verification,
    providerOf,
    version: VERSION,
    readiness: () => readiness({ parts, pool, log, evidence }),
  };
  const passkeys = openPasskeys({
    rpName: `${config.shop.name} – Tocsin`,
    rpId: config.rpId,
    origin: config.origin,
  });
  const http = await startHttpServer({
    listen: config.listen,
    deps: { ...parts, passkeys },
    logger,
    handlers: makeHandlers(serveParts),
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
    readiness: serveParts.readiness,
    metrics: { registry: makeRegistry(parts.ledger), token: config.metrics.token ?? null },
    version: VERSION,
    trustedProxies: config.listen.trusted_proxies,
  });
  stops.push(() => stopRunning({ halt, delivery, outbox, background, flusher, sweeper }));
  stops.push(() => http.stop());
  logger.info({ url: http.url, origin: config.origin, evidence: log.head().size }, 'serving');
  return {
    url: http.url,
    stop,
    lost: new Promise((resolve) => {
      lease.lost.addEventListener('abort', () => {
        logger.fatal('another sidecar took over this ledger; stopping');
        resolve();
      });
    }),
  };
}

async function stopRunning(running: {
  halt: AbortController;
  delivery: DeliveryLoop;
  outbox: { finished: Promise<void> };
  background: { finished(): Promise<void> };
  flusher: { stop(): Promise<void> };
  sweeper: { stop(): Promise<void> };
}): Promise<void> {
  running.halt.abort();
  await running.delivery.finished;
  await running.outbox.finished;
  await running.background.finished();
  await running.sweeper.stop();
  await running.flusher.stop();
}

/** Opens the signed log, or makes it together with its key at the very first start. */
async function openLog(config: Config, parts: LedgerParts): Promise<EvidenceLog> {
  const options = {
    folder: config.evidenceFolder,
    origin: config.evidenceOrigin,
    signingKeyFile: config.signingKeyFile,
  };
  const first = await parts.ledger.tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'evidence_origin')
    .executeTakeFirst();
  // A ledger that has a log must find it: making a new one would hide that the old one is gone.
  if (first !== undefined) return openEvidenceLog(options);
  await createSigningKey({ file: config.signingKeyFile, origin: config.evidenceOrigin }).catch(
    (error: unknown) => {
      if (!isCoded(error, 'evidence.key_exists')) throw error;
    },
  );
  const log = await openEvidenceLog({ ...options, create: true }).catch((error: unknown) => {
    if (isCoded(error, 'evidence.exists')) return openEvidenceLog(options);
    throw error;
  });
  await parts.ledger.transaction(async (writer) => {
    const entries = await writer.tables
      .selectFrom('evidence_entries')
      .select('seq')
      .limit(1)
      .execute();
    if (entries.length === 0) {
      await writer.record({
        kind: 'log.created',
        acting: SYSTEM,
        incidentId: null,
        data: {
          format: 'tocsin-evidence/v1',
          origin: config.evidenceOrigin,
          software: `tocsin/${VERSION}`,
        },
      });
    }
    await writer.tables
      .insertInto('settings')
      .values({ key: 'evidence_origin', value: config.evidenceOrigin })
      .execute();
  });
  return log;
}

async function readiness(input: {
  parts: LedgerParts;
  pool: ReturnType<typeof openStore>;
  log: EvidenceLog;
  evidence: { waiting(): Promise<number> };
}) {
  const ledger = await input.parts.ledger.tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'schema_version')
    .executeTakeFirst()
    .then(
      () => ({ name: 'ledger', ok: true, sentence: 'The ledger can be read.' }),
      () => ({ name: 'ledger', ok: false, sentence: 'The ledger cannot be read.' }),
    );
  const store = await pingStore(input.pool).then(
    (ms) => ({
      name: 'store_database',
      ok: true,
      sentence: `The shop's database answers in ${ms} ms.`,
    }),
    (error: unknown) => ({
      name: 'store_database',
      ok: false,
      sentence: isCoded(error) ? error.message : "The shop's database does not answer.",
    }),
  );
  const waiting = await input.evidence.waiting();
  const evidence = {
    name: 'evidence_log',
    ok: waiting < 10_000,
    sentence: `${input.log.head().size} entries are signed, ${waiting} wait.`,
  };
  return [ledger, store, evidence];
}
