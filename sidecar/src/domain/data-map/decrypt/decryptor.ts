// What opens an encrypted value of the shop. Made from the configuration or by a module of the operator's own.

export type Decryptor = {
  /** As in `decrypt:<name>` of a source. */
  readonly name: string;
  /**
   * The clear bytes of a stored value. Null when it cannot be opened: another key, a cut or changed text, another layout.
   * Never throws.
   */
  readonly open: (value: Uint8Array | string) => Uint8Array | null;
};
