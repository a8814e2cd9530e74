// Passkeys by @simplewebauthn/server. Answers are checked by it and, before they count, by the verifier of the evidence log,
// so that nothing is ever recorded as an approval that an auditor would refuse.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { CodedError } from '../../domain/coded-error.ts';
import { readCoseKey } from '../../domain/evidence/cose-key.ts';
import { decodeBytes } from '../../domain/evidence/encoding.ts';
import { findAssertionProblem, isOriginOfRp } from '../../domain/evidence/webauthn-proof.ts';
import type {
  KnownPasskey,
  NewPasskey,
  PasskeyAssertion,
  Passkeys,
} from '../../use-cases/ports/passkeys.ts';

/** ES256 and RS256: what the evidence format can verify. The library would offer post-quantum keys first on Node 24. */
const ALGORITHMS = [-7, -257];
/** How long the browser's dialogue stays open; below the five minutes a challenge lives. */
const DIALOGUE_MS = 240_000;

const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,20000}$/);
const envelope = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
};
const RegistrationAnswer = z.object({
  ...envelope,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});
const AuthenticationAnswer = z.object({
  ...envelope,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: z.string().max(200).nullish(),
  }),
});

export type PasskeySettings = {
  /** Shown by the browser beside the passkey. */
  rpName: string;
  rpId: string;
  origin: string;
};

/** Throws `passkey.bad_origin` when pages of `origin` cannot use passkeys of `rpId`. */
export function openPasskeys({ rpName, rpId, origin }: PasskeySettings): Passkeys {
  if (!isOriginOfRp(origin, rpId)) {
    throw new CodedError({
      code: 'passkey.bad_origin',
      category: 'invalid',
      message: `couldn't set up passkeys: the console's origin ${origin} does not belong to the host ${rpId}`,
      detail:
        'The origin must be https://<host> without a path, or http://localhost:<port> on one machine.',
    });
  }
  return {
    rpId,
    origin,
    async registrationOptions({ challenge, userId, userName, exclude }) {
      const options = await generateRegistrationOptions({
        rpName,
        rpID: rpId,
        userName,
        userDisplayName: userName,
        userID: new Uint8Array(userId),
        challenge: new Uint8Array(challenge),
        timeout: DIALOGUE_MS,
        attestationType: 'none',
        excludeCredentials: exclude.map((id) => ({ id })),
        // Sign-in asks for "any passkey of this site": one that cannot be found that way would lock its owner out.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
      });
      return { ...options };
    },
    verifyRegistration: (input) => verifyRegistration(input, { rpId, origin }),
    async authenticationOptions({ challenge, allow }) {
      const options = await generateAuthenticationOptions({
        rpID: rpId,
        challenge: new Uint8Array(challenge),
        timeout: DIALOGUE_MS,
        userVerification: 'required',
        allowCredentials: (allow ?? []).map(({ id, transports }) => ({
          id,
          transports: [...transports],
        })),
      });
      return { ...options };
    },
    verifyAuthentication: (input) => verifyAuthentication(input, { rpId, origin }),
  };
}

async function verifyRegistration(
  input: { response: unknown; challenge: string },
  site: { rpId: string; origin: string },
): Promise<NewPasskey> {
  const answer = readAnswer(RegistrationAnswer, input.response);
  try {
    const result = await verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: input.challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!result.verified) throw new Error('its attestation does not verify');
    const { credential, aaguid } = result.registrationInfo;
    readCoseKey(credential.publicKey);
    return {
      id: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: answer.response.transports ?? [],
      aaguid,
    };
  } catch (cause) {
    throw refused(cause);
  }
}

async function verifyAuthentication(
  input: { response: unknown; challenge: string; passkey: KnownPasskey },
  site: { rpId: string; origin: string },
): Promise<PasskeyAssertion> {
  const answer = readAnswer(AuthenticationAnswer, input.response);
  const { id, counter } = input.passkey;
  const publicKey = new Uint8Array(input.passkey.publicKey);
  try {
    if (answer.id !== id) throw new Error('it is by another passkey');
    const result = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: input.challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      credential: { id, publicKey, counter },
    });
    if (!result.verified) throw new Error('its signature is not by the enrolled key');
    const bytes = (text: string): Uint8Array => decodeBytes(text, 'base64url', 'the answer');
    const assertion = {
      newCounter: result.authenticationInfo.newCounter,
      authenticatorData: bytes(answer.response.authenticatorData),
      clientDataJson: bytes(answer.response.clientDataJSON),
      signature: bytes(answer.response.signature),
    };
    const problem = findAssertionProblem({
      credentialPublicKey: publicKey,
      authenticatorData: assertion.authenticatorData,
      clientDataJSON: assertion.clientDataJson,
      signature: assertion.signature,
      expectedChallenge: input.challenge,
      ...site,
    });
    if (problem !== undefined) throw new Error(problem);
    return assertion;
  } catch (cause) {
    throw refused(cause);
  }
}

function readAnswer<T>(schema: z.ZodType<T>, response: unknown): T {
  const parsed = schema.safeParse(response);
  if (parsed.success) return parsed.data;
  throw refused(new Error('it has not the form of a WebAuthn answer'));
}

function refused(cause: unknown): CodedError {
  return new CodedError({
    code: 'passkey.refused',
    category: 'forbidden',
    message: "couldn't accept this passkey: its answer does not verify",
    detail:
      "Try again with the passkey you enrolled, on this page's own address, and confirm with PIN, finger or face.",
    cause,
  });
}
