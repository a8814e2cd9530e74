// The coded reasons a store in a box cannot do what was asked.

export type StoreErrorCode =
  | 'not_prepared'
  | 'program_missing'
  | 'server_did_not_start'
  | 'port_taken'
  | 'command_failed'
  | 'bad_option'
  | 'already_seeded'
  | 'disk_too_small'
  | 'store_exists'
  | 'no_store';

/** Thrown by everything in e2e/stack; the message says what to do next. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
