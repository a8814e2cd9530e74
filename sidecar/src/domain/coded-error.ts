// The one error type that crosses rooms: a stable code, a sentence for the operator, what to do next. No personal data.

/** What sort of answer the caller needs; `adapters/http/error-response.ts` alone turns it into an HTTP status. */
export type ErrorCategory =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable'
  | 'internal';

export type CodedErrorInput = {
  /** Stable, lower case, `room.what_is_wrong`, such as `approval.preparer_cannot_approve`. */
  code: string;
  category: ErrorCategory;
  /** What was wrong, one sentence. */
  message: string;
  /** What is allowed and what to do next. */
  detail?: string;
  /** Fields of a bad request by JSON pointer. */
  fields?: readonly { pointer: string; message: string }[];
  /** Small facts for programs: numbers, names of states, never personal data. */
  context?: Readonly<Record<string, string | number | boolean>>;
  cause?: unknown;
};

export class CodedError extends Error {
  readonly code: string;
  readonly category: ErrorCategory;
  readonly detail: string | undefined;
  readonly fields: readonly { pointer: string; message: string }[];
  readonly context: Readonly<Record<string, string | number | boolean>>;

  constructor(input: CodedErrorInput) {
    super(input.message, input.cause === undefined ? undefined : { cause: input.cause });
    this.name = 'CodedError';
    this.code = input.code;
    this.category = input.category;
    this.detail = input.detail;
    this.fields = input.fields ?? [];
    this.context = input.context ?? {};
  }
}

/** True for an error whose code is one of `codes`; with none given, for any coded error. */
export function isCoded(error: unknown, ...codes: string[]): error is CodedError {
  return error instanceof CodedError && (codes.length === 0 || codes.includes(error.code));
}
