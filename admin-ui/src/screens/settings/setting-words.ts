// The state of a setting in words, and the check of the sidecar's address.
import { __ } from '@wordpress/i18n';
import type { SettingState } from '../../api/settings-view.ts';

export function settingWords(state: SettingState): string {
	if (!state.set) {
		return __('Not set', 'tocsin');
	}
	const origin =
		state.from === 'constant' ? __('Set in wp-config.php', 'tocsin') : __('Set', 'tocsin');
	return state.usable ? origin : `${origin}, ${__('but it is malformed', 'tocsin')}`;
}

/** Null when the address may be saved; the server checks again. */
export function urlProblem(text: string): string | null {
	const trimmed = text.trim();
	if (trimmed === '') {
		return null;
	}
	try {
		const url = new URL(trimmed);
		return url.protocol === 'https:' || url.protocol === 'http:'
			? null
			: __('The address must begin with https:// or http://.', 'tocsin');
	} catch {
		return __('This is not an address. Write it like https://tocsin.example.com.', 'tocsin');
	}
}
