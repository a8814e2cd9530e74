// The browser's passkey calls, with their failures as problems that have words.
import {
	browserSupportsWebAuthn,
	startAuthentication,
	startRegistration,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { WebAuthnQuestion, WebAuthnReply } from '../api/console-api.ts';
import { ApiProblem } from '../api/problem.ts';

/** Codes by the name of the error the browser or the library raised. */
const codes: Readonly<Record<string, string>> = {
	NotAllowedError: 'passkey.cancelled',
	AbortError: 'passkey.cancelled',
	SecurityError: 'passkey.wrong_host',
	InvalidStateError: 'passkey.exists',
};

async function ask(
	question: WebAuthnQuestion,
	call: (options: Record<string, unknown>) => Promise<object>,
): Promise<WebAuthnReply> {
	if (!browserSupportsWebAuthn()) {
		throw new ApiProblem({ code: 'passkey.unsupported', title: '' });
	}
	try {
		const response = await call(question.options);
		return { challenge_id: question.challenge_id, response: { ...response } };
	} catch (cause) {
		const name = cause instanceof Error ? cause.name : '';
		throw new ApiProblem({
			code: codes[name] ?? 'passkey.failed',
			title: cause instanceof Error ? cause.message : String(cause),
		});
	}
}

/** Uses a passkey. The options are the server's own; the library passes them to the browser, which checks them. */
export function askPasskey(question: WebAuthnQuestion): Promise<WebAuthnReply> {
	return ask(question, (options) =>
		startAuthentication({
			optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
		}),
	);
}

/** Makes a new passkey. */
export function makePasskey(question: WebAuthnQuestion): Promise<WebAuthnReply> {
	return ask(question, (options) =>
		startRegistration({
			optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
		}),
	);
}
