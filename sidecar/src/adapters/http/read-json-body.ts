// Bodies are read raw, since a signature is over bytes, and parsed once the sender is known.
import express, { type Request, type RequestHandler } from 'express';
import { tryDecodeText } from '../../domain/evidence/encoding.ts';
import { badJson, wrongMediaType } from './errors.ts';

/** Reads up to `limit` bytes of whatever type. A compressed body is refused: its size is not what was sent. */
export function readRawBody(limit: number): RequestHandler {
  return express.raw({ type: () => true, limit, inflate: false });
}

/** The bytes `readRawBody` read; empty when there was no body. */
export function rawBodyOf(request: Request): Uint8Array {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : new Uint8Array(0);
}

/** Throws `request.media_type` or `request.bad_json`. */
export function parseJsonBody(request: Request): unknown {
  const type = request.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw wrongMediaType();
  const text = tryDecodeText(rawBodyOf(request));
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw badJson();
  }
}
