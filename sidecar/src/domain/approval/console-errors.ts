// Coded refusals of the console: invitations, passkeys, sessions. They do not tell a guesser whether a token exists.
import { CodedError } from '../coded-error.ts';

export function inviteUnusable(
  code: 'invite.unknown' | 'invite.used' | 'invite.expired',
): CodedError {
  const why = {
    'invite.unknown': 'it is not a link of this sidecar, or it was cut off',
    'invite.used': 'it was used already',
    'invite.expired': 'its time is over',
  }[code];
  return new CodedError({
    code,
    category: code === 'invite.unknown' ? 'not_found' : 'gone',
    message: `couldn't use this invitation: ${why}`,
    detail: 'Ask the operator of the sidecar for a new link: tocsin approver invite.',
  });
}

export function challengeUnusable(): CodedError {
  return new CodedError({
    code: 'passkey.challenge_unusable',
    category: 'conflict',
    message:
      "couldn't accept this passkey: the question it answers was used, has expired or is another one",
    detail: 'Start again; each question can be answered once, within five minutes.',
  });
}

export function passkeyUnknown(): CodedError {
  return new CodedError({
    code: 'passkey.unknown',
    category: 'forbidden',
    message: "couldn't accept this passkey: it is not the one of an enrolled approver",
    detail:
      'Use the passkey you enrolled here. If it is lost, ask the operator for a new invitation.',
  });
}

/** A signature counter that did not grow means that a copy of the passkey may exist (WebAuthn section 6.1.1). */
export function passkeyCounterMoved(): CodedError {
  return new CodedError({
    code: 'passkey.counter_moved',
    category: 'forbidden',
    message: "couldn't accept this passkey: its counter did not grow since it was last used",
    detail:
      'Try again. If it stays so, a copy of the passkey may exist: tell the operator, who can remove the approver.',
  });
}

export function notSignedIn(): CodedError {
  return new CodedError({
    code: 'console.not_signed_in',
    category: 'unauthenticated',
    message: "couldn't show this: you are not signed in, or your session has ended",
    detail: 'Sign in with your passkey.',
  });
}
