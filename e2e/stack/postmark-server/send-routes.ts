// POST /email and POST /email/batch, with the faults that can befall them.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { acceptMessages } from './accept-messages.ts';
import * as errors from './api-error.ts';
import type { ApiError } from './api-error.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_MESSAGES, MAX_MESSAGE_BYTES } from './check-draft.ts';
import type { SendFault } from './fault-control.ts';
import { parseJson, readBody, sendError, sendJson, sendText } from './http-answer.ts';
import { readDraft } from './message-draft.ts';
import type { MessageDraft } from './message-draft.ts';
import type { ServerContext } from './server-context.ts';

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

/** Answers one sending call. The token and the JSON headers have been checked. */
export async function answerSend(
  context: ServerContext,
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse },
  call: { readonly batch: boolean; readonly testOnly: boolean },
): Promise<void> {
  const { request, response } = exchange;
  context.counters.count('calls', call.batch ? 'batch' : 'email');
  const body = await readBody(request, call.batch ? MAX_BATCH_BYTES : MAX_MESSAGE_BYTES);
  const fault = context.faults.takeSendFault();
  if (fault && failBefore(context, response, fault)) return;
  if (!body) {
    // Postmark documents the status but no ErrorCode for it, so none is made up.
    context.counters.count('rejected', 'HTTP 413');
    sendText(response, { status: 413, type: 'text/plain', body: 'Payload Too Large' });
    return;
  }
  const answer = call.batch
    ? sendBatch(context, body, call.testOnly)
    : sendOne(context, body, call.testOnly);
  await holdBack(context);
  if (fault && failAfter(context, response, { fault, answer })) return;
  sendJson(response, answer.status, answer.value);
}

function sendOne(context: ServerContext, body: Buffer, testOnly: boolean): Answer {
  const json = parseJson(body);
  if (!json) return refuse(context, errors.invalidJson);
  const wrong: string[] = [];
  const draft = readDraft(json.value, '$', wrong);
  if (!draft) return refuse(context, errors.invalidFields(wrong));
  const [result] = acceptMessages(context, [draft], testOnly);
  return { status: result?.ErrorCode === 0 ? 200 : 422, value: result };
}

function sendBatch(context: ServerContext, body: Buffer, testOnly: boolean): Answer {
  const json = parseJson(body);
  if (!json) return refuse(context, errors.invalidJson);
  if (!Array.isArray(json.value)) return refuse(context, errors.invalidFields(['$']));
  const items = json.value as unknown[];
  if (items.length > MAX_BATCH_MESSAGES) return refuse(context, errors.tooManyMessages);
  const wrong: string[] = [];
  const drafts: (MessageDraft | ApiError)[] = [];
  for (const [index, item] of items.entries()) {
    const draft = readDraft(item, `$[${String(index)}]`, wrong);
    if (draft) drafts.push(isTooLarge(item, body) ? messageTooLarge : draft);
  }
  // A wrong type breaks the reading of the whole array, so no message of the call is accepted.
  if (wrong.length > 0) return refuse(context, errors.invalidFields(wrong));
  return { status: 200, value: acceptMessages(context, drafts, testOnly) };
}

const messageTooLarge = errors.invalidEmailRequest('The message exceeds the limit of 10 MB.');

function isTooLarge(item: unknown, wholeBody: Buffer): boolean {
  if (wholeBody.length <= MAX_MESSAGE_BYTES) return false;
  return Buffer.byteLength(JSON.stringify(item)) > MAX_MESSAGE_BYTES;
}

function refuse(context: ServerContext, error: ApiError): Answer {
  context.counters.count('rejected', error.code);
  return { status: error.httpStatus, value: { ErrorCode: error.code, Message: error.message } };
}

async function holdBack(context: ServerContext): Promise<void> {
  const delay = context.faults.drawDelay();
  if (delay === 0) return;
  context.counters.count('faults', 'delay');
  // Stopping the server closes the connection anyway; the answer then goes nowhere.
  await wait(delay, undefined, { signal: context.stopping.signal }).catch(() => undefined);
}

/** Plays faults that come before acceptance; true when the call has been dealt with. */
function failBefore(context: ServerContext, response: ServerResponse, fault: SendFault): boolean {
  if (fault.kind === 'dropBefore') {
    response.destroy();
    return true;
  }
  if ('when' in fault && fault.when === 'before') {
    if (fault.kind === 'hang') holdOpen(context, response);
    else sendStatus(response, fault.status);
    return true;
  }
  return false;
}

/** Plays faults that come after acceptance; true when the call has been dealt with. */
function failAfter(
  context: ServerContext,
  response: ServerResponse,
  { fault, answer }: { readonly fault: SendFault; readonly answer: Answer },
): boolean {
  switch (fault.kind) {
    case 'status':
      sendStatus(response, fault.status);
      return true;
    case 'hang':
      holdOpen(context, response);
      return true;
    case 'acceptAndDrop':
      response.destroy();
      return true;
    case 'hangMidBody':
      sendHalf(response, answer, () => holdOpen(context, response));
      return true;
    case 'dropMidBody':
      sendHalf(response, answer, () => response.destroy());
      return true;
    case 'dropBefore':
      return false;
  }
}

function sendHalf(response: ServerResponse, answer: Answer, then: () => void): void {
  const body = Buffer.from(JSON.stringify(answer.value));
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  });
  response.write(body.subarray(0, Math.floor(body.length / 2)), then);
}

function holdOpen(context: ServerContext, response: ServerResponse): void {
  const { socket } = response;
  if (!socket) return;
  context.hung.add(socket);
  socket.once('close', () => context.hung.delete(socket));
}

function sendStatus(response: ServerResponse, status: 429 | 500 | 502 | 503): void {
  if (status === 429) sendError(response, errors.rateLimited);
  else if (status === 503) sendError(response, errors.maintenance);
  else {
    // Errors of a proxy in front of an API are pages, not JSON; a client must live with that.
    const text = status === 500 ? '500 Internal Server Error' : '502 Bad Gateway';
    const body = `<html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>\n`;
    sendText(response, { status, type: 'text/html', body });
  }
}
