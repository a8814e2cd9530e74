// Encryption of personal data at rest, by incident.

/** Seals and opens with one incident's data key. All methods are synchronous: the key is in memory once opened. */
export interface IncidentVault {
  /** AES-256-GCM over text or its UTF-8 bytes; `context` is authenticated (such as `person:<audience>:<number>`), so a value cannot be moved to another row. */
  seal(plaintext: string | Uint8Array, context: string): Uint8Array;
  /** Throws `vault.cannot_open` when the key is wrong, the context differs or bytes were changed. */
  open(sealed: Uint8Array, context: string): string;
  /** Blind key of a term, 32 hex digits: equal terms give equal keys within one incident only, and say nothing outside it. */
  blind(term: string): string;
  /** The same as 16 bytes. */
  index(term: string): Uint8Array;
}

export interface Vault {
  /** Makes a data key; returns it wrapped by the master key, to be stored with the incident. */
  createKey(): Uint8Array;
  /** Throws `vault.wrong_master_key` when the wrapped key cannot be opened. */
  unlock(wrappedKey: Uint8Array): IncidentVault;
  /** HMAC of a staff member's folded e-mail address under a secret of this installation, hex (see `Acting.subject`). */
  subject(email: string): string;
}
