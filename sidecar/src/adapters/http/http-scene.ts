// The server on a free loopback port over whatever ledger a test opened, and the signatures its callers make.
// Imported by tests only.
import { createHmac, randomUUID } from 'node:crypto';
import { pino, type Logger } from 'pino';
import { Registry } from 'prom-client';
import { routes, type RouteName } from '../../contract/index.ts';
import { CodedError } from '../../domain/coded-error.ts';
import type { Handlers } from './handlers.ts';
import { parseSigningKey } from './signing-key.ts';
import { startHttpServer, type HttpServer, type HttpServerOptions } from './start-http-server.ts';

export const ORIGIN = 'http://localhost:4711';
export const PLUGIN_KEY = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
export const MONITOR_KEY = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;

export type SceneDeps = HttpServerOptions['deps'];
export type HttpScene = { server: HttpServer; log: string[]; stop(): Promise<void> };

/** Every handler ends in `test.reached`, with what it was given in `seen`, unless one of `handlers` takes its place. */
export function reachedHandlers(
  seen: { name: RouteName; input: unknown }[] = [],
  handlers: Partial<Handlers> = {},
): Handlers {
  const reached = Object.fromEntries(
    (Object.keys(routes) as RouteName[]).map((name) => [
      name,
      (input: unknown) => {
        seen.push({ name, input });
        return Promise.reject(
          new CodedError({ code: 'test.reached', category: 'gone', message: 'reached' }),
        );
      },
    ]),
  );
  return { ...(reached as unknown as Handlers), ...handlers };
}

export async function startScene(
  deps: SceneDeps,
  change: Partial<HttpServerOptions> = {},
): Promise<HttpScene> {
  const log: string[] = [];
  const logger: Logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
  const server = await startHttpServer({
    listen: { host: '127.0.0.1', port: 0 },
    deps,
    logger,
    handlers: reachedHandlers(),
    pluginKeys: [PLUGIN_KEY],
    monitorKeys: [{ name: 'siem', key: MONITOR_KEY }],
    postmarkWebhook: null,
    consoleFolder: '/nonexistent',
    readiness: () => Promise.resolve([]),
    metrics: { registry: new Registry(), token: null },
    version: '0.1.0',
    signInsAllowed: 1000,
    ...change,
  });
  return { server, log, stop: () => server.stop() };
}

export type SignedCall = {
  method: string;
  target: string;
  body?: string;
  /** Unix seconds. */
  timestamp: number;
  id?: string;
  key?: string;
};

const USER = {
  user_id: 3,
  login: 'mara',
  email: 'mara@shop.example',
  name: 'Mara',
  capabilities: ['tocsin_view', 'tocsin_prepare', 'tocsin_manage', 'edit_posts'],
};

/** Headers as the plugin makes them (docs/decisions/0002-signed-requests.md). */
export function signAsPlugin(
  call: SignedCall,
  user: Partial<typeof USER> = {},
): Record<string, string> {
  const actor = Buffer.from(JSON.stringify({ ...USER, ...user })).toString('base64url');
  const content = `${call.method}\n${call.target}\n${actor}\n${call.body ?? ''}`;
  return { ...sign(call, PLUGIN_KEY, content), 'tocsin-actor': actor };
}

/** Headers as a security tool makes them (Standard Webhooks). */
export function signAsMonitor(call: SignedCall): Record<string, string> {
  return sign(call, MONITOR_KEY, call.body ?? '');
}

function sign(call: SignedCall, key: string, content: string): Record<string, string> {
  const id = call.id ?? `msg_${randomUUID()}`;
  const bytes = parseSigningKey(call.key ?? key, 'the key of a test');
  const mac = createHmac('sha256', bytes).update(`${id}.${call.timestamp}.${content}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(call.timestamp),
    'webhook-signature': `v1,${mac.digest('base64')}`,
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}

/** Sends it and reads the answer, whatever it is. */
export async function send(
  scene: HttpScene,
  call: { method: string; target: string; body?: string | undefined },
  headers: Record<string, string>,
): Promise<{ status: number; code: string; json: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(scene.server.url + call.target, {
    method: call.method,
    headers,
    redirect: 'manual',
    ...(call.body === undefined ? {} : { body: call.body }),
  });
  const text = await response.text();
  const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  return {
    status: response.status,
    code: typeof json['code'] === 'string' ? json['code'] : '',
    json,
    headers: response.headers,
  };
}
