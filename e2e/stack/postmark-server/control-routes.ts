// The server's own routes, not Postmark's: GET and POST /_control (faults), GET /_summary (counts),
// GET /_export (every accepted message as NDJSON). They need no token: the server is on loopback only.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseJson, readBody, sendJson } from './http-answer.ts';
import type { Query } from './message-routes.ts';
import type { StoredMessage } from './message-store.ts';
import { ControlRequestError, readControlRequest } from './read-fault-patch.ts';
import type { ServerContext } from './server-context.ts';

const CONTROL_LIMIT = 5 * 1024 * 1024;

export function showControl(context: ServerContext, response: ServerResponse): void {
  sendJson(response, 200, {
    faults: context.faults.state,
    counters: context.counters.values,
    hung: context.hung.size,
    webhooksPending: context.webhookQueue.size(),
  });
}

export async function changeControl(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, CONTROL_LIMIT);
  const json = body && parseJson(body);
  try {
    if (!isJson(request)) {
      throw new ControlRequestError(
        "couldn't read the control request: content-type must be application/json",
      );
    }
    const { reset, patch } = readControlRequest(json?.value);
    if (reset) context.faults.reset();
    context.faults.set(patch);
    showControl(context, response);
  } catch (error) {
    if (!(error instanceof ControlRequestError)) throw error;
    sendJson(response, 400, { error: error.message });
  }
}

/** A page in a browser cannot send this content type to another origin unasked, so it cannot set faults. */
function isJson(request: IncomingMessage): boolean {
  return /^application\/json\b/i.test(request.headers['content-type'] ?? '');
}

/** What `GET /_summary` answers. */
export interface Summary {
  readonly accepted: number;
  readonly distinctRecipients: number;
  /** Delivery ids that were accepted more than once. */
  readonly duplicateDeliveries: number;
  /** Addresses accepted in more than one message. */
  readonly duplicateRecipients: number;
  readonly webhooksPending: number;
  /** Counted since this process started; `accepted` above also counts what the file already held. */
  readonly counters: ServerContext['counters']['values'];
}

export function summarise(context: ServerContext): Summary {
  const { messages } = context;
  return {
    accepted: messages.count(),
    distinctRecipients: messages.countDistinctRecipients(),
    duplicateDeliveries: messages.repeatedMetadata(context.deliveryIdField).length,
    duplicateRecipients: messages.repeatedRecipients().length,
    webhooksPending: context.webhookQueue.size(),
    counters: context.counters.values,
  };
}

const EXPORT_FIELDS: Readonly<Record<string, (message: StoredMessage) => unknown>> = {
  MessageID: (message) => message.MessageID,
  To: (message) => message.To.map(({ Email }) => Email),
  Recipients: (message) => message.Recipients,
  Metadata: (message) => message.Metadata,
  at: (message) => message.at,
  From: (message) => message.From,
  Subject: (message) => message.Subject,
  Tag: (message) => message.Tag,
  MessageStream: (message) => message.MessageStream,
  Headers: (message) => message.Headers,
  TextBody: (message) => message.TextBody,
  HtmlBody: (message) => message.HtmlBody,
};

/** `?fields=a,b` chooses fields (default MessageID, To, Metadata, at); oldest first, a line each. */
export async function exportMessages(
  context: ServerContext,
  query: Query,
  response: ServerResponse,
): Promise<void> {
  const names = (query.get('fields') ?? 'MessageID,To,Metadata,at').split(',');
  const unknown = names.filter((name) => !Object.hasOwn(EXPORT_FIELDS, name));
  if (unknown.length > 0) {
    const error = `couldn't export: unknown fields (allowed: ${Object.keys(EXPORT_FIELDS).join(', ')})`;
    sendJson(response, 400, { error });
    return;
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
  try {
    await pipeline(Readable.from(exportLines(context, names)), response);
  } catch {
    // The reader went away; there is nobody left to tell.
    response.destroy();
  }
}

function* exportLines(context: ServerContext, names: readonly string[]): Generator<string> {
  for (const page of context.messages.pages()) {
    const lines = page.map((message) => {
      const entries = names.map((name) => [name, EXPORT_FIELDS[name]?.(message)]);
      return `${JSON.stringify(Object.fromEntries(entries))}\n`;
    });
    yield lines.join('');
  }
}
