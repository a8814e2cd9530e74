// Every error code in words and a next step. What is not in the table falls back to the sender's own sentence.
import { __ } from '@wordpress/i18n';
import type { ApiProblem } from './problem.ts';

export type ErrorWords = {
	/** What went wrong, as a sentence. */
	sentence: string;
	/** What to do now, as a sentence; may be empty. */
	nextStep: string;
	/** For support, shown small. */
	code: string;
};

type Words = Pick<ErrorWords, 'sentence' | 'nextStep'>;

/** The words for a problem as the screens show them. */
export function errorWords(problem: ApiProblem): ErrorWords {
	const known = table()[problem.code];
	const sentence =
		known?.sentence || asSentence(problem.title) || byStatus(problem.status).sentence;
	const nextStep =
		known?.nextStep || asSentence(problem.detail) || byStatus(problem.status).nextStep;
	return { sentence, nextStep, code: problem.code };
}

/** The sidecar's own words begin small, as in a log, and may end without a full stop. */
function asSentence(words: string): string {
	const begun = words.charAt(0).toLocaleUpperCase() + words.slice(1);
	return words === '' || /[.!?…:]$/.test(words) ? begun : `${begun}.`;
}

function byStatus(status: number): Words {
	if (status === 401 || status === 403) {
		return {
			sentence: __('You may not do this.', 'tocsin'),
			nextStep: __('Ask an administrator of this shop for the capability.', 'tocsin'),
		};
	}
	if (status === 404) {
		return {
			sentence: __('This does not exist (any more).', 'tocsin'),
			nextStep: __('Go back to the list and choose again.', 'tocsin'),
		};
	}
	return {
		sentence: __('Something went wrong that we have no words for.', 'tocsin'),
		nextStep: __('Try again. If it stays, give the code below to support.', 'tocsin'),
	};
}

function table(): Readonly<Record<string, Partial<Words>>> {
	return { ...connectionWords(), ...signInWords(), ...workWords(), ...passkeyWords() };
}

function connectionWords(): Record<string, Partial<Words>> {
	const tryAgain = __('Check your connection and try again.', 'tocsin');
	const brokenShop = {
		sentence: __(
			'WordPress itself cannot answer: its database or one of its plugins fails.',
			'tocsin',
		),
		nextStep: __(
			'Tell whoever runs this shop. The sidecar does not need WordPress: its own console works on.',
			'tocsin',
		),
	};
	return {
		'tocsin.sidecar_not_configured': {
			sentence: __('This shop is not connected to a Tocsin sidecar yet.', 'tocsin'),
			nextStep: __('Enter its address and key under Settings.', 'tocsin'),
		},
		'tocsin.sidecar_unreachable': { sentence: __('The sidecar cannot be reached.', 'tocsin') },
		'tocsin.sidecar_slow': { sentence: __('The sidecar takes too long to answer.', 'tocsin') },
		'tocsin.sidecar_bad_answer': {
			sentence: __('The sidecar’s answer could not be understood.', 'tocsin'),
		},
		fetch_error: { sentence: __('No answer came back.', 'tocsin'), nextStep: tryAgain },
		wp_die: brokenShop,
		internal_server_error: brokenShop,
		offline_error: { sentence: __('This computer is offline.', 'tocsin'), nextStep: tryAgain },
		invalid_json: {
			sentence: __('The answer could not be read.', 'tocsin'),
			nextStep: __('Try again. If it stays, look into the server’s error log.', 'tocsin'),
		},
	};
}

function signInWords(): Record<string, Partial<Words>> {
	const reload = __('Reload the page and sign in again.', 'tocsin');
	return {
		rest_cookie_invalid_nonce: {
			sentence: __('Your session has ended.', 'tocsin'),
			nextStep: reload,
		},
		rest_not_logged_in: { sentence: __('You are signed out.', 'tocsin'), nextStep: reload },
		rest_forbidden: {
			sentence: __('Your account may not do this.', 'tocsin'),
			nextStep: __('Ask an administrator of this shop for the capability.', 'tocsin'),
		},
		rest_no_route: {
			sentence: __('The plugin does not know this request.', 'tocsin'),
			nextStep: __('Update the plugin, then reload this page.', 'tocsin'),
		},
	};
}

function workWords(): Record<string, Partial<Words>> {
	return {
		'incident.changed_meanwhile': {
			sentence: __('Somebody else changed this incident while you were writing.', 'tocsin'),
			nextStep: __('Load the newest version, compare, and save again.', 'tocsin'),
		},
		'incident.erased': {
			sentence: __('The personal data of this incident was erased.', 'tocsin'),
			nextStep: __('Counts and proof are still here; people cannot be shown.', 'tocsin'),
		},
		'incident.not_found': {
			sentence: __('This incident does not exist.', 'tocsin'),
			nextStep: __('Go back to the list of incidents.', 'tocsin'),
		},
		'approval.preparer_cannot_approve': {
			sentence: __('You prepared this, so you cannot approve it.', 'tocsin'),
			nextStep: __('Two other approvers are needed.', 'tocsin'),
		},
		'approval.already_approved': {
			sentence: __('You have approved this already.', 'tocsin'),
			nextStep: __('One more approval by another person is needed.', 'tocsin'),
		},
	};
}

function passkeyWords(): Record<string, Partial<Words>> {
	return {
		'passkey.cancelled': {
			sentence: __('The passkey was not used.', 'tocsin'),
			nextStep: __(
				'It was cancelled or took too long. Nothing was changed; try again.',
				'tocsin',
			),
		},
		'passkey.wrong_host': {
			sentence: __('Passkeys do not work at this address.', 'tocsin'),
			nextStep: __(
				'Open the console at the address your operator gave you, with https.',
				'tocsin',
			),
		},
		'passkey.exists': {
			sentence: __('This device already holds a passkey for you.', 'tocsin'),
			nextStep: __('Sign in with it instead.', 'tocsin'),
		},
		'passkey.unsupported': {
			sentence: __('This browser cannot use passkeys.', 'tocsin'),
			nextStep: __(
				'Use a current browser on a device with a screen lock or a security key.',
				'tocsin',
			),
		},
	};
}
