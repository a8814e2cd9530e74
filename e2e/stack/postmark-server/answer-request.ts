// Finds the route of a request and answers it. Own routes and the inbox need no token; everything of Postmark's does.

import type { IncomingMessage, ServerResponse } from 'node:http';
import * as account from './account-routes.ts';
import * as errors from './api-error.ts';
import type { ApiError } from './api-error.ts';
import { changeControl, exportMessages, showControl, summarise } from './control-routes.ts';
import {
  parseJson,
  readBody,
  RequestAborted,
  sendError,
  sendJson,
  sendText,
} from './http-answer.ts';
import { showInbox, showMail } from './inbox-page.ts';
import { searchMessages, showDetails } from './message-routes.ts';
import type { Query } from './message-routes.ts';
import { answerSend } from './send-routes.ts';
import type { ServerContext } from './server-context.ts';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: readonly string[];
  readonly query: Query;
}

const READ_LIMIT = 5 * 1024 * 1024;

/** Answers one request; never throws. */
export async function answerRequest(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const exchange = readExchange(request, response);
    if (!exchange) sendError(response, errors.unknownRoute);
    else if (!(await answerOwnRoute(context, exchange))) await answerApi(context, exchange);
  } catch (error) {
    if (error instanceof RequestAborted || response.headersSent) response.destroy();
    else sendText(response, { status: 500, type: 'text/plain', body: String(error) });
  }
}

function readExchange(request: IncomingMessage, response: ServerResponse): Exchange | undefined {
  try {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.split('/').slice(1).map(decodeURIComponent);
    const query = new Map(
      [...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]),
    );
    return { request, response, method: request.method ?? 'GET', path, query };
  } catch {
    return undefined;
  }
}

async function answerOwnRoute(context: ServerContext, exchange: Exchange): Promise<boolean> {
  const { request, response, method, path, query } = exchange;
  const [first = '', second = ''] = path;
  const route = `${method} ${first}`;
  if (path.length === 1 && route === 'POST _control')
    await changeControl(context, request, response);
  else if (path.length === 1 && route === 'GET _control') showControl(context, response);
  else if (path.length === 1 && route === 'GET _summary')
    sendJson(response, 200, summarise(context));
  else if (path.length === 1 && route === 'GET _export')
    await exportMessages(context, query, response);
  else if (path.length === 1 && route === 'GET ') showInbox(context, query, response);
  else if (path.length === 2 && route === 'GET mail') showMail(context, second, response);
  else return false;
  return true;
}

async function answerApi(context: ServerContext, exchange: Exchange): Promise<void> {
  const { request, response, method, path } = exchange;
  const refusal = checkToken(context, request) ?? checkJsonHeaders(request);
  if (refusal) {
    // The body is read to its end: an answer in the middle of an upload reaches some clients as a reset.
    await readBody(request, 0);
    context.counters.count('rejected', refusal.code);
    sendError(response, refusal);
    return;
  }
  const route = `${method} /${path.join('/')}`;
  if (route === 'POST /email' || route === 'POST /email/batch') {
    const testOnly = request.headers['x-postmark-server-token'] === TEST_TOKEN;
    await answerSend(context, { request, response }, { batch: route.endsWith('batch'), testOnly });
    return;
  }
  const body = await readBody(request, READ_LIMIT);
  context.counters.count('calls', nameCall(path));
  const { searchDown, readsDown } = context.faults.state;
  if (readsDown || (searchDown && path[0] === 'messages')) {
    context.counters.count('faults', readsDown ? 'readsDown' : 'searchDown');
    sendError(response, errors.maintenance);
    return;
  }
  const answer = findAnswer(context, exchange, body);
  if ('httpStatus' in answer) {
    context.counters.count('rejected', (answer as ApiError).code);
    sendError(response, answer as ApiError);
  } else sendJson(response, 200, answer);
}

/** Checks and answers, but sends nothing: postmarkapp.com/developer/api/overview. */
const TEST_TOKEN = 'POSTMARK_API_TEST';

function checkToken(context: ServerContext, request: IncomingMessage): ApiError | undefined {
  const token = request.headers['x-postmark-server-token'];
  if (typeof token !== 'string' || token === '') return errors.missingToken;
  const right = token.toLowerCase() === context.options.serverToken.toLowerCase();
  return right || token === TEST_TOKEN ? undefined : errors.wrongToken;
}

function checkJsonHeaders(request: IncomingMessage): ApiError | undefined {
  const json = (value: string | undefined): boolean => /^application\/json\b/i.test(value ?? '');
  const { accept, 'content-type': contentType } = request.headers;
  const accepts = (accept ?? '').split(',').some((type) => json(type.trim()));
  const right = accepts && (request.method !== 'POST' || json(contentType));
  return right ? undefined : errors.jsonHeadersRequired;
}

function nameCall(path: readonly string[]): string {
  if (path[0] !== 'messages') return 'other';
  return path.at(-1) === 'details' ? 'details' : 'search';
}

function findAnswer(
  context: ServerContext,
  { method, path, query }: Exchange,
  body: Buffer | undefined,
): object {
  const [first, second = '', third, fourth] = path;
  const shape = `${method} ${first ?? ''} ${String(path.length)}`;
  if (shape === 'GET messages 2' && second === 'outbound') return searchMessages(context, query);
  if (shape === 'GET messages 4' && second === 'outbound' && fourth === 'details') {
    return showDetails(context, third ?? '');
  }
  if (shape === 'GET bounces 1') return account.searchBounces(context, query);
  if (shape === 'GET bounces 2') return account.findBounce(context, Number(second) || 0);
  if (shape === 'GET server 1') return account.showServer(context);
  if (shape === 'GET webhooks 1') return account.listWebhooks(context, query);
  if (shape === 'GET message-streams 1') return account.listStreams(context, query);
  if (shape === 'GET message-streams 2') return account.showStream(context, second);
  if (third !== 'suppressions') return errors.unknownRoute;
  if (shape === 'GET message-streams 4' && fourth === 'dump') {
    return account.dumpSuppressions(context, second, query);
  }
  const remove = shape === 'POST message-streams 4' && fourth === 'delete';
  if (!remove && shape !== 'POST message-streams 3') return errors.unknownRoute;
  const json = body && parseJson(body);
  if (!json) return errors.invalidJson;
  return account.changeSuppressions(context, second, { json: json.value, remove });
}
