// Sign-in at the console with an enrolled passkey; the person picks it, no name is asked for.
import { encodeBytes } from '../domain/evidence/encoding.ts';
import { openSession, type OpenedSession } from './console-session.ts';
import { advanceCounter, requirePasskey } from './known-passkeys.ts';
import { askChallenge, takeChallenge } from './one-time-challenge.ts';
import type { Deps } from './ports/deps.ts';
import type { PasskeyOptions, Passkeys } from './ports/passkeys.ts';

export type SignInDeps = Pick<Deps, 'ledger' | 'clock' | 'ids' | 'randomness'> & {
  passkeys: Passkeys;
};

export async function startSignIn(
  deps: SignInDeps,
): Promise<{ challenge_id: string; options: PasskeyOptions }> {
  const challenge = deps.randomness.bytes(32);
  const options = await deps.passkeys.authenticationOptions({ challenge, allow: null });
  const id = await askChallenge(deps, {
    purpose: 'sign_in',
    challenge: encodeBytes(challenge, 'base64url'),
  });
  return { challenge_id: id, options };
}

export async function acceptSignIn(
  deps: SignInDeps,
  input: { challengeId: string; response: Readonly<Record<string, unknown>> },
): Promise<OpenedSession> {
  const { challenge } = await takeChallenge(deps, { id: input.challengeId, purpose: 'sign_in' });
  const { passkey } = await requirePasskey(deps.ledger.tables, input.response);
  const { newCounter } = await deps.passkeys.verifyAuthentication({
    response: input.response,
    challenge,
    passkey,
  });
  return deps.ledger.transaction(async (writer) => {
    const { approver } = await requirePasskey(writer.tables, input.response);
    await advanceCounter(writer.tables, { id: passkey.id, newCounter });
    return openSession(writer, deps, approver);
  });
}
