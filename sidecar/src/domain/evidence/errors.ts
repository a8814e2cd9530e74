/**
 * Coded errors of the evidence log. The message is for the operator, names what to do, and never
 * repeats a value that could be personal data.
 */

import { CodedError } from '../coded-error.ts';
import type { ErrorCategory } from '../coded-error.ts';

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
  | 'evidence.ledger_older'
  | 'evidence.out_of_order'
  | 'evidence.reopen_needed'
  | 'evidence.archive_invalid'
  | 'evidence.archive_too_large'
  | 'evidence.io';

const CATEGORIES: Readonly<Partial<Record<EvidenceErrorCode, ErrorCategory>>> = {
  'evidence.entry_too_large': 'too_large',
  'evidence.archive_too_large': 'too_large',
  'evidence.missing': 'not_found',
  'evidence.exists': 'conflict',
  'evidence.key_exists': 'conflict',
  'evidence.ledger_older': 'conflict',
  'evidence.range_invalid': 'invalid',
  'evidence.encoding': 'invalid',
  'evidence.note_invalid': 'invalid',
  'evidence.note_unsigned': 'invalid',
  'evidence.proof_invalid': 'invalid',
  'evidence.archive_invalid': 'invalid',
  'evidence.io': 'unavailable',
  'evidence.reopen_needed': 'unavailable',
};

/** A coded error of this room. `cause` keeps the outside error when there was one. */
export class EvidenceError extends CodedError {
  constructor(code: EvidenceErrorCode, message: string, cause?: unknown) {
    super({ code, category: CATEGORIES[code] ?? 'internal', message, cause });
    this.name = 'EvidenceError';
  }
}

/** The message of anything thrown, for sentences that quote a cause. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
