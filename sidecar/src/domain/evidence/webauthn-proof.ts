/**
 * Verifies a WebAuthn assertion again, offline, from what the log holds (WebAuthn Level 2 section
 * 7.2). The signature counter is not checked: synced passkeys keep it at 0.
 */
import { createHash, verify } from 'node:crypto';
import { readCoseKey } from './cose-key.ts';
import { encodeBytes, equalBytes, tryDecodeText } from './encoding.ts';
import { messageOf } from './errors.ts';

const CHALLENGE_LABEL = 'tocsin-approval/v1\n';
export const NONCE_SIZE = 16;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/**
 * The challenge an approver's passkey signs: base64url(SHA-256("tocsin-approval/v1\n" ‖ nonce ‖
 * manifest hash)). It binds the signature to exactly one manifest; the nonce (16 random bytes)
 * makes it useless a second time.
 */
export function approvalChallenge(nonce: Uint8Array, manifestHash: Uint8Array): string {
  if (nonce.length !== NONCE_SIZE || manifestHash.length !== 32) {
    throw new RangeError(
      `couldn't make a challenge: nonce and hash have ${nonce.length} and ${manifestHash.length} bytes (allowed: 16 and 32)`,
    );
  }
  const digest = createHash('sha256')
    .update(CHALLENGE_LABEL)
    .update(nonce)
    .update(manifestHash)
    .digest();
  return encodeBytes(digest, 'base64url');
}

export interface WebauthnAssertion {
  /** COSE_Key bytes. */
  readonly credentialPublicKey: Uint8Array;
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  readonly signature: Uint8Array;
  /** base64url, as `approvalChallenge` gives it. */
  readonly expectedChallenge: string;
  readonly origin: string;
  readonly rpId: string;
}

/** True when pages of `origin` may use credentials of `rpId` (WebAuthn section 5.1.3, without the public suffix list). */
export function isOriginOfRp(origin: string, rpId: string): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url === undefined || url.origin !== origin) return false;
  const secure =
    url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost');
  return secure && (url.hostname === rpId || url.hostname.endsWith(`.${rpId}`));
}

function findClientDataProblem(assertion: WebauthnAssertion): string | undefined {
  const text = tryDecodeText(assertion.clientDataJSON);
  let client: unknown;
  try {
    client = text === undefined ? undefined : JSON.parse(text);
  } catch {
    client = undefined;
  }
  if (typeof client !== 'object' || client === null) return 'its client data is not JSON';
  const data = client as Readonly<Record<string, unknown>>;
  if (data['type'] !== 'webauthn.get') return 'it is not an assertion (webauthn.get)';
  if (data['challenge'] !== assertion.expectedChallenge)
    return 'its challenge is for something else';
  if (data['origin'] !== assertion.origin) return 'it was made on another origin';
  if (data['crossOrigin'] === true || data['topOrigin'] !== undefined)
    return 'it was made inside another site';
  return undefined;
}

/** What is wrong with an assertion, or `undefined` when it proves presence, verification and consent. */
export function findAssertionProblem(assertion: WebauthnAssertion): string | undefined {
  const { authenticatorData, clientDataJSON, signature, rpId } = assertion;
  const clientProblem = findClientDataProblem(assertion);
  if (clientProblem !== undefined) return clientProblem;
  const flags = authenticatorData[32];
  if (flags === undefined || authenticatorData.length < 37)
    return 'its authenticator data is cut short';
  const rpIdHash = createHash('sha256').update(rpId).digest();
  if (!equalBytes(authenticatorData.subarray(0, 32), rpIdHash))
    return 'it was made for another relying party';
  if ((flags & USER_PRESENT) === 0) return 'no user was present';
  if ((flags & USER_VERIFIED) === 0) return 'the user was not verified (PIN or biometry)';
  const clientHash = createHash('sha256').update(clientDataJSON).digest();
  try {
    const { key } = readCoseKey(assertion.credentialPublicKey);
    const signed = Buffer.concat([authenticatorData, clientHash]);
    return verify('sha256', signed, key, signature)
      ? undefined
      : 'its signature is not by the enrolled key';
  } catch (error) {
    return messageOf(error);
  }
}

/** True when `findAssertionProblem` finds nothing. */
export function isAssertionValid(assertion: WebauthnAssertion): boolean {
  return findAssertionProblem(assertion) === undefined;
}
