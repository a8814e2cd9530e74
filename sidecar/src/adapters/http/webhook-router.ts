// Events of the mail provider. Postmark drops an event for good on most 4xx answers, so an event whose sender proved
// itself is answered with 200 or, when it could not be stored, with 503: never with a 4xx.
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Router,
} from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import { CodedError } from '../../domain/coded-error.ts';
import { describeError } from './error-response.ts';
import { badWebhookLogin } from './errors.ts';
import { onlyMethods } from './only-methods.ts';
import { rawBodyOf, readRawBody } from './read-json-body.ts';
import { requestRecord } from './request-record.ts';

const PATH = '/v1/webhooks/postmark/:secret';
const BODY_LIMIT = 1024 * 1024;

export type PostmarkWebhook = {
  /** Last part of the address, in letters, digits, `-` and `_`. */
  secret: string;
  user: string;
  password: string;
  /** Takes the events as they came; durable when it returns. Unknown kinds and fields are its to tolerate. */
  receiveReceipts(events: readonly Record<string, unknown>[]): Promise<void>;
};

export function makeWebhookRouter(webhook: PostmarkWebhook, logger: Logger): Router {
  const router = express.Router({ caseSensitive: true });
  const passOver = (request: Request): void => {
    logger.warn(
      { request_id: requestRecord(request).id, code: 'webhook.unreadable' },
      'an event of the mail provider could not be read and was passed over',
    );
  };
  const takeIn: RequestHandler = async (request, response) => {
    const events = readEvents(rawBodyOf(request));
    if (events === null) passOver(request);
    else await receive(webhook, events);
    response.json({ ok: true });
  };
  // Too large, compressed or cut off: the sender is known, and sending the same again would not help.
  const tolerate: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (error instanceof CodedError) {
      next(error);
      return;
    }
    passOver(request);
    response.json({ ok: true });
  };
  router.post(PATH, requireSender(webhook), readRawBody(BODY_LIMIT), takeIn, tolerate);
  router.all(PATH, onlyMethods(['POST']));
  return router;
}

function requireSender(webhook: PostmarkWebhook): RequestHandler {
  return (request, response, next) => {
    requestRecord(request).route = `POST ${PATH}`;
    response.set('Cache-Control', 'no-store');
    if (!isSender(request, webhook)) {
      response.set('WWW-Authenticate', 'Basic realm="tocsin"');
      throw badWebhookLogin();
    }
    next();
  };
}

async function receive(
  webhook: PostmarkWebhook,
  events: readonly Record<string, unknown>[],
): Promise<void> {
  try {
    await webhook.receiveReceipts(events);
  } catch (cause) {
    throw new CodedError({
      code: 'webhook.not_stored',
      category: 'unavailable',
      message: "couldn't store this event now",
      detail: 'Send it again later.',
      context: { reason: describeError(cause).name },
      cause,
    });
  }
}

/** One event, or a list of them; null when it is neither. */
function readEvents(body: Uint8Array): Record<string, unknown>[] | null {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    ? (list as Record<string, unknown>[])
    : null;
}

function isSender(request: Request, webhook: PostmarkWebhook): boolean {
  const login = Buffer.from(`${webhook.user}:${webhook.password}`).toString('base64');
  const secret = request.params['secret'];
  const sameSecret = isSame(typeof secret === 'string' ? secret : '', webhook.secret);
  const sameLogin = isSame(request.get('authorization') ?? '', `Basic ${login}`);
  return sameSecret && sameLogin;
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
