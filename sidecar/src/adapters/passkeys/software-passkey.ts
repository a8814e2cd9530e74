// An authenticator in software (WebAuthn Level 2, ES256, attestation "none") that can also be told to answer wrongly.
// Imported by tests only.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a browser would say, and what an attacker would like it to say. */
export type SoftwareAnswer = {
  origin?: string;
  rpId?: string;
  userVerified?: boolean;
  userPresent?: boolean;
  crossOrigin?: boolean;
  /** base64url, instead of the one asked for. */
  challenge?: string;
  /** Instead of one more than before. */
  counter?: number;
};

export type SoftwarePasskey = {
  /** base64url; empty until `create` was called. */
  readonly id: string;
  /** Answers `navigator.credentials.create`. */
  create(options: Record<string, unknown>, wrong?: SoftwareAnswer): Record<string, unknown>;
  /** Answers `navigator.credentials.get`. */
  get(options: Record<string, unknown>, wrong?: SoftwareAnswer): Record<string, unknown>;
};

const FLAG = { present: 0x01, verified: 0x04, attested: 0x40 };

export function makeSoftwarePasskey({ origin }: { origin: string }): SoftwarePasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  let counter = 0;
  let id = '';

  function authenticatorData(rpId: string, wrong: SoftwareAnswer, attested: Uint8Array): Buffer {
    counter = wrong.counter ?? counter + 1;
    const flags =
      (wrong.userPresent === false ? 0 : FLAG.present) |
      (wrong.userVerified === false ? 0 : FLAG.verified) |
      (attested.length > 0 ? FLAG.attested : 0);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE(counter, 1);
    const rpIdHash = createHash('sha256')
      .update(wrong.rpId ?? rpId)
      .digest();
    return Buffer.concat([rpIdHash, head, attested]);
  }

  function clientData(type: string, challenge: unknown, wrong: SoftwareAnswer): Buffer {
    return Buffer.from(
      JSON.stringify({
        type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? origin,
        crossOrigin: wrong.crossOrigin ?? false,
      }),
    );
  }

  function envelope(response: Record<string, unknown>): Record<string, unknown> {
    return {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
      response,
    };
  }

  return {
    get id() {
      return id;
    },
    create(options, wrong = {}) {
      id = credentialId.toString('base64url');
      const { rp, challenge } = options as { rp: { id: string }; challenge: string };
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(publicKey)]);
      const authData = authenticatorData(rp.id, wrong, attested);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        Buffer.from([0xa0]),
        cborText('authData'),
        cborBytes(authData),
      ]);
      return envelope({
        clientDataJSON: clientData('webauthn.create', challenge, wrong).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    get(options, wrong = {}) {
      const { rpId, challenge } = options as { rpId: string; challenge: string };
      const authData = authenticatorData(rpId, wrong, new Uint8Array(0));
      const client = clientData('webauthn.get', challenge, wrong);
      const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
      return envelope({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      });
    },
  };
}

/** COSE_Key of an ES256 key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    cborBytes(Buffer.from(y, 'base64url')),
  ]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, text.length), Buffer.from(text)]);
}

function cborBytes(bytes: Uint8Array): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes]);
}

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
