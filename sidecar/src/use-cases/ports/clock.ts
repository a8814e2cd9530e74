// Time, identifiers and randomness are handed in, so that a test can hold them still.

export interface Clock {
  now(): Date;
}

export interface Ids {
  /** A new identifier such as `inc_01k…`: the prefix, an underscore, 26 lower-case characters that sort by time. */
  make(prefix: string): string;
}

export interface Randomness {
  bytes(count: number): Uint8Array;
}
