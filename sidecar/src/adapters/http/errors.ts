// Coded errors of HTTP itself: requests that cannot be understood or believed. Messages never repeat what was sent.
import { CodedError } from '../../domain/coded-error.ts';

export function unsignedRequest(): CodedError {
  return new CodedError({
    code: 'request.unsigned',
    category: 'unauthenticated',
    message: "couldn't take this request: it is not signed",
    detail:
      'Needed: webhook-id (1-200 visible characters, no dot), webhook-timestamp (Unix seconds) and webhook-signature (v1,<base64>).',
  });
}

export function badSignature(): CodedError {
  return new CodedError({
    code: 'request.bad_signature',
    category: 'unauthenticated',
    message: "couldn't take this request: its signature does not fit",
    detail:
      'Check that both sides have the same key, and that no proxy changes path, query or body.',
  });
}

export function clockSkew(seconds: number): CodedError {
  return new CodedError({
    code: 'request.clock_skew',
    category: 'unauthenticated',
    message: `couldn't take this request: its timestamp is ${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'ahead of'} the sidecar's clock (allowed: 300 s)`,
    detail: 'Set the clock of both machines (NTP), then send it again with a new timestamp.',
    context: { skew_seconds: seconds },
  });
}

export function badActor(): CodedError {
  return new CodedError({
    code: 'request.bad_actor',
    category: 'unauthenticated',
    message: "couldn't take this request: it does not say who it is made for",
    detail:
      'The header tocsin-actor must be base64url of JSON with user_id, login, email, name and capabilities.',
  });
}

export function missingCapability(needed: string): CodedError {
  return new CodedError({
    code: 'request.missing_capability',
    category: 'forbidden',
    message: `couldn't do this: your account lacks the capability ${needed}`,
    detail: 'Ask an administrator of the store to give it to your role.',
    context: { needed },
  });
}

export function badJson(): CodedError {
  return new CodedError({
    code: 'request.bad_json',
    category: 'invalid',
    message: "couldn't read this request: its body is not JSON",
    detail: 'Send one JSON object in UTF-8.',
  });
}

export function wrongMediaType(): CodedError {
  return new CodedError({
    code: 'request.media_type',
    category: 'invalid',
    message: "couldn't read this request: its body is not declared as plain JSON",
    detail: 'Send Content-Type: application/json, without Content-Encoding.',
  });
}

export function wrongMethod(allowed: readonly string[]): CodedError {
  return new CodedError({
    code: 'request.method_not_allowed',
    category: 'invalid',
    message: "couldn't do this: this address takes another method",
    detail: `Allowed: ${allowed.join(', ')}.`,
  });
}

export function notFound(): CodedError {
  return new CodedError({
    code: 'request.not_found',
    category: 'not_found',
    message: "couldn't find anything at this address",
    detail: 'The routes are listed at /v1/openapi.json.',
  });
}

export function tooLarge(): CodedError {
  return new CodedError({
    code: 'request.too_large',
    category: 'too_large',
    message: "couldn't take this request: its body is too large",
    detail: 'A scope may have up to 8 MB, any other request up to 256 kB.',
  });
}

export function tooManyRequests(): CodedError {
  return new CodedError({
    code: 'request.too_many',
    category: 'rate_limited',
    message: "couldn't take this request: there were too many from this address",
    detail: 'Wait until the time in Retry-After, then try again.',
  });
}

export function foreignOrigin(): CodedError {
  return new CodedError({
    code: 'console.bad_origin',
    category: 'forbidden',
    message: "couldn't take this request: it does not come from the console's own page",
    detail: 'Open the console at the address it is configured with.',
  });
}

export function badCsrf(): CodedError {
  return new CodedError({
    code: 'console.bad_csrf',
    category: 'forbidden',
    message: "couldn't take this request: it does not carry this session's token",
    detail: 'Load the page again.',
  });
}

export function stopping(): CodedError {
  return new CodedError({
    code: 'server.stopping',
    category: 'unavailable',
    message: "couldn't take this request: the sidecar is stopping",
    detail: 'Try again in a few seconds.',
  });
}

export function badWebhookLogin(): CodedError {
  return new CodedError({
    code: 'webhook.unauthenticated',
    category: 'unauthenticated',
    message: "couldn't take this event: address, user or password is not the configured one",
    detail:
      'Copy the webhook address from tocsin doctor into the provider, with its user and password.',
  });
}

export function metricsForbidden(): CodedError {
  return new CodedError({
    code: 'metrics.unauthenticated',
    category: 'unauthenticated',
    message: "couldn't show metrics: the request is neither local nor carries the token",
    detail: 'Ask from the same machine, or send Authorization: Bearer with the configured token.',
  });
}

/** The sidecar made an answer that its own contract does not allow. `paths` name members, never values. */
export function badResponse(route: string, paths: readonly string[]): CodedError {
  return new CodedError({
    code: 'internal.response_invalid',
    category: 'internal',
    message: `couldn't answer ${route}: the answer is not what the contract says at ${paths.join(', ')}`,
    detail: 'This is a fault of the sidecar. Report it with the request id.',
  });
}
