/**
 * Reads a COSE public key as WebAuthn credentials carry it (RFC 9052, RFC 9053): ES256 on P-256 or
 * RS256, in CTAP2 canonical CBOR. The reader knows maps of integers and byte strings and nothing
 * else, so there is no room for a second reading of the same bytes.
 */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { encodeBytes } from './encoding.ts';
import { EvidenceError } from './errors.ts';

type CoseValue = number | Uint8Array;

export interface CoseKey {
  readonly algorithm: 'ES256' | 'RS256';
  readonly key: KeyObject;
}

function invalid(why: string): EvidenceError {
  return new EvidenceError(
    'evidence.key_invalid',
    `couldn't read the credential's public key: ${why} (allowed: COSE ES256 on P-256, COSE RS256 of at least 2048 bits)`,
  );
}

/** Reads the argument of one CBOR head in its shortest form. */
function readHead(
  bytes: Uint8Array,
  offset: number,
): { major: number; value: number; next: number } {
  const initial = bytes[offset];
  if (initial === undefined) throw invalid('it ends early');
  const major = initial >> 5;
  const short = initial & 31;
  if (short < 24) return { major, value: short, next: offset + 1 };
  const extra = short === 24 ? 1 : short === 25 ? 2 : 0;
  const [high, low] = [bytes[offset + 1], bytes[offset + 2]];
  if (extra === 1 && high !== undefined && high >= 24)
    return { major, value: high, next: offset + 2 };
  if (extra === 2 && high !== undefined && low !== undefined && high > 0) {
    return { major, value: high * 256 + low, next: offset + 3 };
  }
  throw invalid('it is not canonical CBOR');
}

function readValue(bytes: Uint8Array, offset: number): { value: CoseValue; next: number } {
  const head = readHead(bytes, offset);
  if (head.major === 0) return { value: head.value, next: head.next };
  if (head.major === 1) return { value: -1 - head.value, next: head.next };
  const end = head.next + head.value;
  if (head.major !== 2 || end > bytes.length)
    throw invalid('it holds more than integers and byte strings');
  return { value: bytes.subarray(head.next, end), next: end };
}

function readMap(bytes: Uint8Array): Map<number, CoseValue> {
  const { major, value: size, next } = readHead(bytes, 0);
  if (major !== 5) throw invalid('it is not a CBOR map');
  const map = new Map<number, CoseValue>();
  let offset = next;
  for (let i = 0; i < size; i += 1) {
    const label = readValue(bytes, offset);
    const member = readValue(bytes, label.next);
    if (typeof label.value !== 'number' || map.has(label.value))
      throw invalid('a label is wrong or double');
    map.set(label.value, member.value);
    offset = member.next;
  }
  if (offset !== bytes.length) throw invalid('bytes follow after it');
  return map;
}

function takeBytes(map: Map<number, CoseValue>, label: number): Uint8Array {
  const value = map.get(label);
  if (!(value instanceof Uint8Array)) throw invalid(`parameter ${label} is missing`);
  return value;
}

function fromJwk(jwk: Record<string, string>): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch (error) {
    throw new EvidenceError(
      'evidence.key_invalid',
      "couldn't read the credential's public key: it is no point on the curve",
      error,
    );
  }
}

/** The key of a COSE_Key; throws `evidence.key_invalid`. Labels: 1 kty, 3 alg, -1.. by key type. */
export function readCoseKey(bytes: Uint8Array): CoseKey {
  const map = readMap(bytes);
  const [kty, algorithm] = [map.get(1), map.get(3)];
  if (kty === 2 && algorithm === -7 && map.get(-1) === 1 && map.size === 5) {
    const [x, y] = [takeBytes(map, -2), takeBytes(map, -3)];
    if (x.length !== 32 || y.length !== 32) throw invalid('a coordinate has not 32 bytes');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: encodeBytes(x, 'base64url'),
      y: encodeBytes(y, 'base64url'),
    };
    return { algorithm: 'ES256', key: fromJwk(jwk) };
  }
  if (kty === 3 && algorithm === -257 && map.size === 4) {
    const [n, e] = [takeBytes(map, -1), takeBytes(map, -2)];
    if (n.length < 256 || n[0] === 0) throw invalid('its modulus is short or padded');
    const jwk = { kty: 'RSA', n: encodeBytes(n, 'base64url'), e: encodeBytes(e, 'base64url') };
    return { algorithm: 'RS256', key: fromJwk(jwk) };
  }
  throw invalid('its type, algorithm or curve is another one');
}
