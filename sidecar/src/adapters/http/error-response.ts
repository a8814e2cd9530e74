// The only place that turns errors into HTTP: RFC 9457 problem details with a stable code. What is not a coded error is
// answered as `internal` with the request id, and logged with its stack but without anything of the request.
import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Problem } from '../../contract/index.ts';
import { CodedError, type ErrorCategory } from '../../domain/coded-error.ts';
import { badJson, notFound, tooLarge, wrongMediaType } from './errors.ts';
import { requestRecord } from './request-record.ts';

const STATUS: Readonly<Record<ErrorCategory, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** HTTP has a status of its own for these. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  'request.bad_json': 400,
  'request.method_not_allowed': 405,
  'request.media_type': 415,
};

/** What express and its body reader throw, by their `type` or `status`. */
const OUTSIDE: readonly { fits: (error: OutsideError) => boolean; as: () => CodedError }[] = [
  { fits: (error) => error.type === 'entity.too.large', as: tooLarge },
  { fits: (error) => error.type === 'encoding.unsupported', as: wrongMediaType },
  { fits: (error) => error.type === 'request.aborted', as: badJson },
  { fits: (error) => error.type === 'request.size.invalid', as: badJson },
  { fits: (error) => error instanceof URIError, as: notFound },
];
type OutsideError = { type?: unknown };

const FIELDS_SHOWN = 50;

export function toProblem(error: unknown, requestId: string): Problem {
  const coded = toCoded(error);
  if (coded === null) {
    return {
      type: 'about:blank',
      title: "couldn't do this: the sidecar met an error it does not know",
      status: 500,
      code: 'internal',
      detail: 'Try again. If it stays so, look for the request id in the log of the sidecar.',
      request_id: requestId,
    };
  }
  return {
    type: 'about:blank',
    title: coded.message,
    status: STATUS_BY_CODE[coded.code] ?? STATUS[coded.category],
    code: coded.code,
    ...(coded.detail === undefined ? {} : { detail: coded.detail }),
    ...(coded.fields.length === 0 ? {} : { errors: coded.fields.slice(0, FIELDS_SHOWN) }),
    ...(Object.keys(coded.context).length === 0 ? {} : { context: { ...coded.context } }),
    request_id: requestId,
  };
}

export function makeErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const { id, route } = requestRecord(request);
    const problem = toProblem(error, id);
    if (problem.status >= 500) {
      const log = { request_id: id, route, code: problem.code, error: describeError(error) };
      if (problem.status === 500) logger.error(log, 'request failed');
      else logger.warn(log, 'request refused for now');
    }
    if (response.headersSent) {
      // Half an answer is out: cutting the connection is the only way left to say that it failed.
      response.destroy();
      return;
    }
    sendProblem(response, problem);
  };
}

export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status);
  response.set('Cache-Control', 'no-store');
  response.type('application/problem+json');
  response.send(JSON.stringify(problem));
}

function toCoded(error: unknown): CodedError | null {
  if (error instanceof CodedError) return error;
  if (typeof error !== 'object' || error === null) return null;
  return OUTSIDE.find(({ fits }) => fits(error))?.as() ?? null;
}

type ErrorDescription = { name: string; message: string; stack: string; cause?: ErrorDescription };

/** An error for the log, with its causes. Databases quote values in their messages: whatever may be an address is cut. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, message: '', stack: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    message: withoutAddresses(error.message),
    stack: frames.join('\n'),
    ...(error.cause === undefined || depth > 4
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  };
}

function withoutAddresses(text: string): string {
  return text.replaceAll(/\S*(?:@|%40|＠)\S*/gi, '[address]');
}
