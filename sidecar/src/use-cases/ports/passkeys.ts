// Passkeys (WebAuthn Level 2) at the sidecar's own origin. User verification is required everywhere.

/** Options as the browser library takes them. */
export type PasskeyOptions = Record<string, unknown>;

export type NewPasskey = {
  /** base64url. */
  id: string;
  /** COSE key, ES256 or RS256. */
  publicKey: Uint8Array;
  counter: number;
  transports: readonly string[];
  aaguid: string;
};

export type KnownPasskey = { id: string; publicKey: Uint8Array; counter: number };

/** A verified assertion with the raw bytes it was made of, so that anyone can verify it again. */
export type PasskeyAssertion = {
  newCounter: number;
  authenticatorData: Uint8Array;
  clientDataJson: Uint8Array;
  signature: Uint8Array;
};

export interface Passkeys {
  /** The sidecar's host; never the shop's parent domain. */
  readonly rpId: string;
  /** The only origin answers are taken from. */
  readonly origin: string;
  registrationOptions(input: {
    challenge: Uint8Array;
    userId: Uint8Array;
    userName: string;
    /** Passkeys whose device must not make another one: base64url ids. */
    exclude: readonly string[];
  }): Promise<PasskeyOptions>;
  /** Throws `passkey.refused` with the reason as cause. `challenge` is base64url. */
  verifyRegistration(input: { response: unknown; challenge: string }): Promise<NewPasskey>;
  /** `allow` null: the person picks any passkey of this site. */
  authenticationOptions(input: {
    challenge: Uint8Array;
    allow: readonly { id: string; transports: readonly string[] }[] | null;
  }): Promise<PasskeyOptions>;
  /** Throws `passkey.refused`. Takes an answer as valid only if the evidence log's own verifier does too. */
  verifyAuthentication(input: {
    response: unknown;
    challenge: string;
    passkey: KnownPasskey;
  }): Promise<PasskeyAssertion>;
}
