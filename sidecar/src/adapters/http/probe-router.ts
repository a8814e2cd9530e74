// For machines that watch: alive, ready, metrics, and the API's description.
import express, { type Request, type Router } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registry } from 'prom-client';
import { metricsForbidden } from './errors.ts';
import { makeOpenApi } from './openapi.ts';
import { onlyMethods } from './only-methods.ts';
import { requestRecord } from './request-record.ts';

export type Dependency = {
  /** Such as `ledger`, `store_database`, `mail_provider`. */
  name: string;
  ok: boolean;
  /** In plain words, without personal data; also when it is well. */
  sentence: string;
};

export type ProbeSettings = {
  version: string;
  readiness: () => Promise<readonly Dependency[]>;
  registry: Registry;
  /** Lets who has it read the metrics; null: this machine only, and only while nothing is published. */
  metricsToken: string | null;
  /**
   * The sidecar is behind a proxy that ends TLS: then a connection from this machine says nothing about who asks, as a
   * proxy may pass requests on without saying so.
   */
  isPublished: boolean;
};

export function makeProbeRouter(settings: ProbeSettings): Router {
  const router = express.Router({ caseSensitive: true });
  const openApi = JSON.stringify(makeOpenApi(settings.version));
  for (const path of ['/healthz', '/readyz', '/metrics', '/v1/openapi.json']) {
    router.use(path, (request, response, next) => {
      requestRecord(request).route = `GET ${path}`;
      response.set('Cache-Control', 'no-store');
      next();
    });
  }
  // Asks nothing of anything: a restart would not mend a dependency.
  router.get('/healthz', (_request, response) => {
    response.json({ alive: true });
  });
  router.get('/readyz', async (_request, response) => {
    const dependencies = await settings.readiness();
    const ready = dependencies.every((dependency) => dependency.ok);
    response.status(ready ? 200 : 503).json({
      ready,
      dependencies: dependencies.map(({ name, ok, sentence }) => ({ name, ok, sentence })),
    });
  });
  router.get('/metrics', async (request, response) => {
    const isOpen = !settings.isPublished && isLocal(request);
    if (!isOpen && !hasToken(request, settings.metricsToken)) {
      response.set('WWW-Authenticate', 'Bearer');
      throw metricsForbidden();
    }
    response.set('Content-Type', settings.registry.contentType);
    response.send(await settings.registry.metrics());
  });
  router.get('/v1/openapi.json', (_request, response) => {
    response.type('json').send(openApi);
  });
  for (const path of ['/healthz', '/readyz', '/metrics', '/v1/openapi.json']) {
    router.all(path, onlyMethods(['GET']));
  }
  return router;
}

/** A proxy on this machine is local too, but what it passes on is not; it shows by its headers or by the host asked for. */
function isLocal(request: Request): boolean {
  const passedOn = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-real-ip', 'via'];
  if (passedOn.some((name) => request.headers[name] !== undefined)) return false;
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)) return false;
  return /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '');
}

function hasToken(request: Request, token: string | null): boolean {
  if (token === null) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.get('authorization') ?? ''), digest(`Bearer ${token}`));
}
