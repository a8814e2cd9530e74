// The sidecar's HTTP server: the API, the console, webhooks and probes on one port. Speaks plain HTTP; TLS is the proxy's.
import express, { type Express } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { ApproveDeps } from '../../use-cases/approve-manifest.ts';
import type { Deps } from '../../use-cases/ports/deps.ts';
import { makeConsoleCookie } from './console-cookie.ts';
import { makeConsoleFiles } from './console-files.ts';
import { makeConsoleRouter } from './console-router.ts';
import { makeContractRouter } from './contract-router.ts';
import { makeErrorHandler } from './error-response.ts';
import { notFound, stopping } from './errors.ts';
import type { Handlers } from './handlers.ts';
import { makeProbeRouter, type Dependency } from './probe-router.ts';
import { makeRequestLog } from './request-log.ts';
import { makeRouteGate } from './route-access.ts';
import { makeSecurityHeaders } from './security-headers.ts';
import { makeWebhookRouter, type PostmarkWebhook } from './webhook-router.ts';

export type HttpServerOptions = {
  /** Port 0: any free one. */
  listen: { host: string; port: number };
  /** `deps.plan.consoleOrigin` is the one origin of the console; `https:` there turns on HSTS and the `__Host-` cookie. */
  deps: ApproveDeps & Pick<Deps, 'vault'>;
  logger: Logger;
  handlers: Handlers;
  /** `whsec_…`; two while the key is changed. */
  pluginKeys: readonly string[];
  monitorKeys: readonly { name: string; key: string }[];
  /** Null: no webhook address. */
  postmarkWebhook: PostmarkWebhook | null;
  /** Folder with the console's built files; may be missing. */
  consoleFolder: string;
  readiness: () => Promise<readonly Dependency[]>;
  metrics: { registry: Registry; token: string | null };
  /** Of the sidecar, for the API's description. */
  version: string;
  /** Addresses or networks of proxies whose X-Forwarded-For is believed; default none. */
  trustedProxies?: readonly string[];
  /** Tries at signing in or enrolling from one address in five minutes; default 60. */
  signInsAllowed?: number;
  /** How long `stop` waits for running requests; default 10 s. */
  stopWithinMs?: number;
};

export type HttpServer = {
  /** Where it listens, such as `http://127.0.0.1:8080`; not the console's origin. */
  url: string;
  port: number;
  /** Refuses new requests at once, lets running ones end within the limit, then cuts them. May be called twice. */
  stop(): Promise<void>;
};

/** Throws what `listen` throws (such as EADDRINUSE) and `config.bad_signing_key`. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const state = { isStopping: false };
  const app = makeApp(options, state);
  const server = createServer(
    // A header takes as long as it takes a good client; the body of a scope may come over a slow line.
    { headersTimeout: 15_000, requestTimeout: 120_000, keepAliveTimeout: 5_000 },
    app,
  );
  await listen(server, options.listen);
  const { port } = server.address() as AddressInfo;
  const host = options.listen.host.includes(':') ? `[${options.listen.host}]` : options.listen.host;
  let stopped: Promise<void> | null = null;
  return {
    url: `http://${host}:${port}`,
    port,
    stop: () => {
      state.isStopping = true;
      stopped ??= close(server, options.stopWithinMs ?? 10_000);
      return stopped;
    },
  };
}

function makeApp(options: HttpServerOptions, state: { isStopping: boolean }): Express {
  const { deps, logger } = options;
  const isHttps = deps.plan.consoleOrigin.startsWith('https:');
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...(options.trustedProxies ?? [])]);
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.use(makeRequestLog({ logger, ids: deps.ids, registry: options.metrics.registry }));
  app.use(makeSecurityHeaders({ isHttps }));
  app.use((_request, response, next) => {
    if (!state.isStopping) {
      next();
      return;
    }
    response.set('Connection', 'close');
    throw stopping();
  });
  app.use(
    makeProbeRouter({
      version: options.version,
      readiness: options.readiness,
      registry: options.metrics.registry,
      metricsToken: options.metrics.token,
      isPublished: isHttps,
    }),
  );
  if (options.postmarkWebhook !== null) {
    app.use(makeWebhookRouter(options.postmarkWebhook, logger));
  }
  app.use(makeContractRouter(options.handlers, makeRouteGate(deps, options)));
  app.use(
    makeConsoleRouter(deps, {
      cookie: makeConsoleCookie({ isHttps }),
      signInsAllowed: options.signInsAllowed ?? 60,
    }),
  );
  app.use('/console/api', () => {
    throw notFound();
  });
  app.use(makeConsoleFiles(options.consoleFolder));
  app.use(() => {
    throw notFound();
  });
  app.use(makeErrorHandler(logger));
  return app;
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Server, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A connection that is kept alive counts as open; its last answer is the moment to end it.
  server.on('request', (_request, response) => {
    response.once('close', () =>
      setImmediate(() => {
        server.closeIdleConnections();
      }),
    );
  });
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const limit = setTimeout(() => {
    server.closeAllConnections();
  }, withinMs);
  try {
    await closed;
  } finally {
    clearInterval(sweep);
    clearTimeout(limit);
  }
}
