// What the tests of this folder share: a server that stops with its test, a message that is right, and calls.

import type { TestContext } from 'node:test';
import { ServerClient } from 'postmark';
import type { StoredMessage } from './message-store.ts';
import { startPostmarkServer } from './start-postmark-server.ts';
import type { PostmarkServer } from './start-postmark-server.ts';
import type { PostmarkServerOptions } from './server-options.ts';

export const TOKEN = 'test-server-token';

/** Starts a server for one test and stops it when the test ends. */
export async function startForTest(
  test: TestContext,
  options: Partial<PostmarkServerOptions> = {},
): Promise<PostmarkServer> {
  const server = await startPostmarkServer({
    serverToken: TOKEN,
    streams: [
      { id: 'outbound', type: 'Transactional' },
      { id: 'broadcast', type: 'Broadcasts' },
    ],
    senderSignatures: ['shop.example', 'owner@elsewhere.example'],
    ...options,
  });
  test.after(() => server.stop());
  return server;
}

/** The real client, pointed at the server. `timeout` is in seconds. */
export function clientOf(server: PostmarkServer, timeout = 10): ServerClient {
  return new ServerClient(TOKEN, { useHttps: false, requestHost: server.host, timeout });
}

/** A message every check lets pass, with these fields changed. */
export function message<T extends object>(fields: T = {} as T) {
  return {
    From: 'Shop <notice@shop.example>',
    To: 'ann@example.org',
    Subject: 'About your data',
    TextBody: 'Hello',
    MessageStream: 'outbound',
    ...fields,
  };
}

/** Everything that was accepted, oldest first. */
export async function acceptedBy(server: PostmarkServer): Promise<StoredMessage[]> {
  const kept: StoredMessage[] = [];
  for await (const one of server.messages()) kept.push(one);
  return kept;
}

/** POSTs JSON (or text as it is) with the right headers, which `headers` may change. */
export function post(
  server: PostmarkServer,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-postmark-server-token': TOKEN,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** GETs JSON with the token. */
export async function get(
  server: PostmarkServer,
  path: string,
): Promise<{ status: number; json: unknown }> {
  const headers = { accept: 'application/json', 'x-postmark-server-token': TOKEN };
  const response = await fetch(server.url + path, { headers });
  return { status: response.status, json: await response.json() };
}
