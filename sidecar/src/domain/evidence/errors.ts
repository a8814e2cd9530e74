/**
 * Coded errors of the evidence log. The message is for the operator, names what to do, and never
 * repeats a value that could be personal data.
 */

/** Every code this room can raise; `adapters/http` maps them to a status once. */
export type EvidenceErrorCode =
  | 'evidence.entry_invalid'
  | 'evidence.entry_too_large'
  | 'evidence.personal_data'
  | 'evidence.not_canonical'
  | 'evidence.encoding'
  | 'evidence.range_invalid'
  | 'evidence.proof_invalid'
  | 'evidence.note_invalid'
  | 'evidence.note_unsigned'
  | 'evidence.key_invalid'
  | 'evidence.key_permissions'
  | 'evidence.key_exists'
  | 'evidence.missing'
  | 'evidence.exists'
  | 'evidence.conflict'
  | 'evidence.mismatch'
  | 'evidence.out_of_order'
  | 'evidence.reopen_needed'
  | 'evidence.archive_invalid'
  | 'evidence.archive_too_large'
  | 'evidence.io';

/** An error with a stable `code`. `cause` keeps the outside error when there was one. */
export class EvidenceError extends Error {
  readonly code: EvidenceErrorCode;

  constructor(code: EvidenceErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EvidenceError';
    this.code = code;
  }
}

/** The message of anything thrown, for sentences that quote a cause. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
