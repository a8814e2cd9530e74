// What became of a signal, in words.
import type { Signal } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';

export function signalStateWords(state: Signal['state']): string {
	const words: Record<Signal['state'], string> = {
		new: __('Waits for a decision', 'tocsin'),
		joined: __('Joined to an incident', 'tocsin'),
		dismissed: __('Dismissed', 'tocsin'),
	};
	return words[state] ?? state;
}
