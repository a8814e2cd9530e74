// A fetch for the postmark package that keeps what the package drops: whether a failed call can have reached Postmark.
//
// postmark 5.1.0 turns every network error into "fetch failed" without its cause, and reads the body outside its own
// error handling, so that a reset in the middle of an answer comes out as a raw TypeError. This wrapper reads the body
// itself and names the failure in the message, which the package passes on.

/** Seen on an established connection too, after the body went out: they mean "never sent" only while connecting. */
const NEVER_SENT_AT_CONNECT = new Set(['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);
const NEVER_SENT = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const PREFIX = 'tocsin-network';

export type NetworkFailure = { sent: 'never' | 'unknown'; cause: string };

/** Same signature as fetch; fails only with a message that `networkFailureOf` reads. */
export const sortingFetch: typeof fetch = async (input, init) => {
  try {
    // A redirect would carry token and addresses to another place.
    const response = await fetch(input, { ...init, redirect: 'error' });
    const text = await response.text();
    return new Response(text === '' ? null : text, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  } catch (error) {
    const { code: cause, syscall } = causeOf(error);
    const isNever =
      NEVER_SENT.has(cause) || (NEVER_SENT_AT_CONNECT.has(cause) && syscall === 'connect');
    const sent = isNever ? 'never' : 'unknown';
    throw new Error(`${PREFIX}:${sent}:${cause}`, { cause: error });
  }
};

/** What `sortingFetch` said, or null when the error is of another kind. */
export function networkFailureOf(error: unknown): NetworkFailure | null {
  const match =
    error instanceof Error ? /^tocsin-network:(never|unknown):(\w+)$/.exec(error.message) : null;
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { sent: match[1] === 'never' ? 'never' : 'unknown', cause: match[2] };
}

function causeOf(error: unknown): { code: string; syscall: string } {
  let at: unknown = error;
  for (let depth = 0; depth < 4 && at instanceof Error; depth += 1) {
    if (at.name === 'TimeoutError' || at.name === 'AbortError')
      return { code: 'TIMEOUT', syscall: '' };
    if (at instanceof AggregateError && at.errors.length > 0) {
      at = at.errors[0];
      continue;
    }
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string' && /^\w+$/.test(code)) {
      return { code, syscall: String(Reflect.get(at, 'syscall') ?? '') };
    }
    at = at.cause;
  }
  return { code: 'UNKNOWN', syscall: '' };
}
