// How a plugin encrypted its values: cipher, where the parts lie in the stored text, how the key is made from the secret.
// Names are those of the configuration.

export type CipherName =
  | 'aes-128-cbc'
  | 'aes-256-cbc'
  | 'aes-256-ctr'
  | 'aes-256-gcm'
  /** libsodium's crypto_secretbox: XSalsa20 and Poly1305, the tag before the text. */
  | 'secretbox';

/** `iv` and `nonce` are two names of one thing. */
export type PartName = 'iv' | 'nonce' | 'tag' | 'mac' | 'ciphertext';
export type PartEncoding = 'raw' | 'base64' | 'hex';
export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha512';

/**
 * One step from the secret to the key, each on what the one before gave. A bare hash gives raw bytes, `_hex` its hex text.
 * `php_openssl` fits the bytes to the cipher as PHP's openssl_encrypt() does: the rest cut off, or zero bytes added.
 */
export type KeyStep =
  | 'base64'
  | 'hex'
  | HashName
  | `${HashName}_hex`
  | 'php_openssl'
  | { readonly prepend: string }
  | { readonly append: string }
  | { readonly first: number }
  | { readonly skip: number }
  /** HMAC of `text` under the bytes so far. */
  | { readonly hmac: HashName; readonly text: string }
  | {
      readonly hkdf: HashName;
      readonly salt: string;
      readonly info: string;
      readonly bytes: number;
    }
  | {
      readonly pbkdf2: HashName;
      readonly salt: string;
      readonly iterations: number;
      readonly bytes: number;
    };

export type DecryptorSpec = {
  readonly cipher: CipherName;
  /** Before the encoded text, such as `rsssl_`. A value without it does not open. */
  readonly prefix: string;
  /** Of the text as a whole. */
  readonly encoding: PartEncoding;
  /** Parts in the order they lie in. Not used with `names`. */
  readonly layout: readonly PartName[];
  /** Between two parts, such as `::`. */
  readonly separator: string;
  /** The text is a JSON object, and these are the members that hold the parts. */
  readonly names: Readonly<Partial<Record<PartName, string>>>;
  /** Encodings of single parts, outermost first; raw by default, base64 for members of JSON. */
  readonly part_encodings: Readonly<Partial<Record<PartName, readonly PartEncoding[]>>>;
  /** Bytes of the IV or nonce where it is not the cipher's usual length. */
  readonly iv_bytes?: number | undefined;
  readonly key_derivation: readonly KeyStep[];
  readonly iv_derivation: readonly KeyStep[];
  readonly mac?:
    | {
        readonly hash: 'sha256' | 'sha512';
        /** Parts the MAC is over, in this order. */
        readonly over: readonly PartName[];
        /** Over the parts as they are written, before they are decoded. */
        readonly over_encoded: boolean;
        readonly key_derivation: readonly KeyStep[];
      }
    | undefined;
};

/** Secrets as they were configured, before any derivation. */
export type DecryptorSecrets = {
  readonly key: Uint8Array;
  /** For the MAC; the same as `key` when absent. */
  readonly mac_key?: Uint8Array | undefined;
  /** An IV that is the same for all values. */
  readonly iv?: Uint8Array | undefined;
  /** A text every clear value ends with, and that is taken away. */
  readonly suffix?: Uint8Array | undefined;
};

/** One decryptor as configured: by cipher, or by a module of the operator's own (absolute path). */
export type ConfiguredDecryptor =
  | { readonly kind: 'cipher'; readonly spec: DecryptorSpec; readonly secrets: DecryptorSecrets }
  | { readonly kind: 'module'; readonly module: string };
