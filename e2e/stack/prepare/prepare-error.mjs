// A reason the set-up cannot go on that the reader can act on; printed without a stack trace.
export class PrepareError extends Error {
  name = 'PrepareError';
}
