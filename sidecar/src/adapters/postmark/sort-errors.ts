// What Postmark's error codes mean for one message, for the call, or for the account. Numbers from
// postmarkapp.com/developer/api/overview#api-error-codes; they clash with HTTP statuses, so the body's code comes first.
import { Errors } from 'postmark';
import type { MessageResult, SendAnswer } from '../../use-cases/ports/mail-provider.ts';
import { networkFailureOf } from './sorting-fetch.ts';

/** Faults of the account or the configuration: nothing goes out until a person has mended it. */
const ACCOUNT: Readonly<Record<number, string>> = {
  10: 'Postmark refuses the server token. Check POSTMARK_SERVER_TOKEN: it must be the token of the server, not of the account.',
  400: 'Postmark does not know the sender address. Add a sender signature or verify the domain.',
  401: 'The sender signature is not confirmed yet. Confirm it from the mail Postmark sent to that address.',
  402: 'Postmark could not read the request. This is a fault of the sidecar; report it.',
  403: 'Postmark refused a field of the request. This is a fault of the sidecar; report it.',
  405: 'The Postmark account may not send: its credits are used up. Raise the plan or the overage limit.',
  409: 'Postmark wants JSON headers. This is a fault of the sidecar; report it.',
  410: 'The batch is larger than Postmark takes. Set delivery.batch_size to 500 or less.',
  411: 'Postmark refused an attachment type.',
  412: "The Postmark account awaits approval: it may only send to the sender's own domain. Ask Postmark support.",
  413: 'The Postmark account may not send. Ask Postmark support.',
  500: 'Postmark could not look up the sender signature.',
  503: 'Postmark does not send from public domains. Use an address of your own domain.',
  1235: 'The message stream does not exist. Check postmark.stream against the streams of the server.',
  1236: 'Postmark may not send on this message stream. Choose a transactional or broadcast stream.',
};

/** One message of an answered batch. `account` carries the sentence when the cause is not this message. */
export function sortMessage(code: number): { result: MessageResult; account?: string } {
  const reason = `postmark.${code}`;
  if (code === 406) return { result: { state: 'suppressed', reason } };
  if (code === 100 || code === 429) return { result: { state: 'returned', reason } };
  const account = ACCOUNT[code];
  if (account !== undefined) return { result: { state: 'returned', reason }, account };
  if (code === 300) return { result: { state: 'failed', reason } };
  // Only a code known to be about one message may end that person's delivery.
  return {
    result: { state: 'returned', reason },
    account: `Postmark answered with code ${code}, which is not known here. Look it up in Postmark's list of error codes.`,
  };
}

/** A call that ended without an array of answers. */
export function sortFailure(error: unknown): SendAnswer {
  const network = networkFailureOf(error);
  if (network !== null) {
    if (network.sent === 'unknown')
      return { kind: 'unknown', reason: `network_${network.cause.toLowerCase()}` };
    return {
      kind: 'refused',
      next: 'again',
      reason: `network_${network.cause.toLowerCase()}`,
      sentence: `Postmark cannot be reached (${network.cause}); nothing was sent. Trying again by itself.`,
    };
  }
  if (!(error instanceof Errors.PostmarkError)) return { kind: 'unknown', reason: 'client_error' };
  const account = ACCOUNT[error.code];
  if (error.statusCode === 401 || (error.statusCode === 422 && account !== undefined)) {
    return {
      kind: 'refused',
      next: 'person',
      reason: `postmark.${error.code}`,
      sentence: account ?? 'Postmark refuses the server token.',
    };
  }
  if (error.statusCode === 429)
    return busy('postmark.429', 'Postmark asks to slow down; nothing of that batch was taken.');
  if (
    error.statusCode === 404 ||
    error.statusCode === 413 ||
    error.statusCode === 415 ||
    error.statusCode === 422
  ) {
    return {
      kind: 'refused',
      next: 'person',
      reason: `postmark.http_${error.statusCode}`,
      sentence: `Postmark refused the whole batch (HTTP ${error.statusCode}, code ${error.code}). Look the code up in Postmark's list before resuming.`,
    };
  }
  // 5xx: "message usually lost" is not "certainly not taken", and neither is a 503 for maintenance (code 100), which may
  // have begun after the batch was stored.
  return { kind: 'unknown', reason: `http_${error.statusCode}` };
}

function busy(reason: string, sentence: string): SendAnswer {
  return {
    kind: 'refused',
    next: 'again',
    reason,
    sentence: `${sentence} Trying again by itself.`,
  };
}
