// Mounts every route of the contract: who may, what was sent, the handler, and an answer with nothing but what the contract
// names.
import express, { type Request, type Response, type Router } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Id, routes, type Route, type RouteName } from '../../contract/index.ts';
import { badResponse } from './errors.ts';
import type { Download, Handlers } from './handlers.ts';
import { readRawBody, parseJsonBody, rawBodyOf } from './read-json-body.ts';
import { requestRecord } from './request-record.ts';
import type { AdmittedRequest, RouteGate } from './route-access.ts';
import { parseParts, type InputPart } from './route-input.ts';
import { onlyMethods } from './only-methods.ts';

const BODY_LIMIT = 256 * 1024;
/** A scope may list 50,000 addresses twice. */
const SCOPE_LIMIT = 8 * 1024 * 1024;
const WITH_SCOPE: ReadonlySet<RouteName> = new Set(['setScope', 'startPreview']);

/** Generic form of a handler: the types of `Handlers` hold for what `readInput` makes of the same route. */
type AnyHandler = (input: Record<string, unknown>) => Promise<unknown>;

export function makeContractRouter(handlers: Handlers, gate: RouteGate): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const methods = new Map<string, string[]>();
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const verb = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch';
    methods.set(route.path, [...(methods.get(route.path) ?? []), route.method]);
    router[verb](
      route.path,
      (request, response, next) => {
        requestRecord(request).route = `${route.method} ${route.path}`;
        response.set('Cache-Control', 'no-store');
        gate.precheck(request);
        next();
      },
      readRawBody(WITH_SCOPE.has(name) ? SCOPE_LIMIT : BODY_LIMIT),
      (request, response) =>
        answer({ request, response, route, gate, handler: handlers[name] as AnyHandler }),
    );
  }
  for (const [path, allowed] of methods) router.all(path, onlyMethods(allowed));
  return router;
}

async function answer(given: {
  request: Request;
  response: Response;
  route: Route;
  gate: RouteGate;
  handler: AnyHandler;
}): Promise<void> {
  const { request, response, route, gate, handler } = given;
  const admitted = await gate.admit(request, rawBodyOf(request), route.access);
  let result: unknown;
  try {
    result = await handler(readInput(request, route, admitted));
  } catch (error) {
    await admitted.release();
    throw error;
  }
  if (route.response === undefined) await sendDownload(response, result as Download);
  else sendJson(response, route, result);
}

function readInput(
  request: Request,
  route: Route,
  admitted: AdmittedRequest,
): Record<string, unknown> {
  const parts: InputPart[] = [
    { schema: parametersOf(route.path), value: request.params, prefix: '/path' },
    { schema: route.query ?? z.undefined(), value: route.query && request.query, prefix: '/query' },
    {
      schema: route.body ?? z.undefined(),
      value: route.body && parseJsonBody(request),
      prefix: '',
    },
  ];
  const [params, query, body] = parseParts(parts);
  const { acting, messageId } = admitted;
  return { acting, messageId, params, query, body };
}

function parametersOf(path: string): z.ZodType {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  return z.object(
    Object.fromEntries(
      names.map((name) => [name, name === 'number' ? z.coerce.number().int().nonnegative() : Id]),
    ),
  );
}

function sendJson(response: Response, route: Route, result: unknown): void {
  const parsed = route.response?.safeParse(result);
  if (parsed?.success === false) {
    const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
    throw badResponse(`${route.method} ${route.path}`, [...new Set(paths)].slice(0, 10));
  }
  response.json(parsed?.data);
}

async function sendDownload(response: Response, file: Download): Promise<void> {
  response.set('Content-Type', file.contentType);
  response.set(
    'Content-Disposition',
    `attachment; filename="${file.filename.replaceAll(/[^\w.-]/g, '_')}"`,
  );
  if (file.body instanceof Uint8Array) {
    response.send(Buffer.from(file.body));
    return;
  }
  await pipeline(Readable.from(file.body), response);
}
