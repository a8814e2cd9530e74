// Reading requests and writing answers on node:http, in Postmark's forms.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiError } from './api-error.ts';

/** Thrown when the caller went away while its request was being read. */
export class RequestAborted extends Error {
  readonly code = 'request-aborted';
}

/** The body, or undefined when it is longer than `limit`; the rest is read and thrown away. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch (cause) {
    throw new RequestAborted('the caller closed the connection', { cause });
  }
  return length <= limit ? Buffer.concat(chunks, length) : undefined;
}

/** The JSON value, or undefined when the text is not JSON. */
export function parseJson(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return undefined;
  }
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

export function sendError(response: ServerResponse, error: ApiError): void {
  sendJson(response, error.httpStatus, { ErrorCode: error.code, Message: error.message });
}

export function sendText(
  response: ServerResponse,
  answer: { readonly status: number; readonly type: string; readonly body: string },
): void {
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}
