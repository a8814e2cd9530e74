// One log line and one measurement for each request: method, route pattern, status, time. No addresses, query values or bodies.
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import type { Ids } from '../../use-cases/ports/clock.ts';
import { openRequestRecord } from './request-record.ts';

const PROBES = new Set(['GET /healthz', 'GET /readyz', 'GET /metrics']);

export function makeRequestLog(input: {
  logger: Logger;
  ids: Ids;
  registry: Registry;
}): RequestHandler {
  const seconds = new Histogram({
    name: 'tocsin_http_request_seconds',
    help: 'Time to answer HTTP requests, by route and status',
    labelNames: ['route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [input.registry],
  });
  return (request, response, next) => {
    const record = openRequestRecord(request, input.ids.make('req'));
    const startedAt = performance.now();
    response.set('X-Request-Id', record.id);
    response.once('close', () => {
      const ms = performance.now() - startedAt;
      seconds.observe({ route: record.route, status: response.statusCode }, ms / 1000);
      const line = {
        request_id: record.id,
        method: request.method,
        route: record.route,
        status: response.statusCode,
        ms: Math.round(ms),
        ...(response.writableFinished ? {} : { cut_off: true }),
      };
      if (PROBES.has(record.route) && response.statusCode < 400)
        input.logger.debug(line, 'request');
      else input.logger.info(line, 'request');
    });
    next();
  };
}
