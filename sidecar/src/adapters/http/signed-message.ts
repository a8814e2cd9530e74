// The signature of a message (Standard Webhooks; docs/decisions/0002-signed-requests.md): headers, time, HMAC-SHA256.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { badSignature, clockSkew, unsignedRequest } from './errors.ts';

export const SKEW_SECONDS = 300;

export type SignedHeaders = {
  id: string;
  timestamp: string;
  /** As in the header: `v1,<base64>`, several separated by spaces while a key is changed. */
  signatures: string;
};

/** Reads the three headers and checks the time, before any body is read. Throws `request.unsigned`, `request.clock_skew`. */
export function readSignedHeaders(headers: IncomingHttpHeaders, now: Date): SignedHeaders {
  const id = single(headers['webhook-id']);
  const timestamp = single(headers['webhook-timestamp']);
  const signatures = single(headers['webhook-signature']);
  // A dot in the id would leave two readings of `id.timestamp`.
  const isWhole =
    /^[\x21-\x2d\x2f-\x7e]{1,200}$/.test(id) &&
    /^\d{1,12}$/.test(timestamp) &&
    signatures !== '' &&
    signatures.length <= 2000;
  if (!isWhole) throw unsignedRequest();
  const behind = Math.floor(now.getTime() / 1000) - Number(timestamp);
  if (Math.abs(behind) > SKEW_SECONDS) throw clockSkew(behind);
  return { id, timestamp, signatures };
}

/** The key that made one of the signatures; throws `request.bad_signature` when none did. */
export function findSigningKey<T extends { key: Uint8Array }>(
  keys: readonly T[],
  headers: SignedHeaders,
  content: readonly (string | Uint8Array)[],
): T {
  const given = headers.signatures
    .split(' ')
    .filter((item) => item.startsWith('v1,'))
    .map((item) => Buffer.from(item.slice(3), 'base64'));
  // Every pair is compared, so that time says nothing about which key or signature was near.
  const matching = keys.filter((candidate) => {
    const mac = createHmac('sha256', candidate.key).update(`${headers.id}.${headers.timestamp}.`);
    for (const part of content) mac.update(part);
    const expected = mac.digest();
    return given.filter((one) => isEqual(one, expected)).length > 0;
  });
  const [key] = matching;
  if (key === undefined) throw badSignature();
  return key;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function single(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
