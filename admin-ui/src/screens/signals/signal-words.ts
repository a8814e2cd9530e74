// What became of a signal, in words.
import type { Signal } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';

export function signalStateWords(state: Signal['state']): string {
	const words: Readonly<Record<string, string>> = {
		new: __('Waits for a decision', 'tocsin'),
		joined: __('Joined to an incident', 'tocsin'),
		dismissed: __('Dismissed', 'tocsin'),
	} satisfies Record<Signal['state'], string>;
	return words[state] ?? state;
}
