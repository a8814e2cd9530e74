// A scope as one sentence, the same on the form, on the folded step and beside the counts.
import type { Scope } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { dataClassWords } from '../words/data-class-words.ts';
import type { Preset } from './scope-form.ts';

export const presets: readonly Preset[] = [
	'everyone',
	'accounts',
	'orders_in_window',
	'checkout_skimmer',
	'list',
	'custom',
];

export function presetWords(preset: Preset): string {
	const words: Record<Preset, string> = {
		everyone: __('Everyone this shop knows', 'tocsin'),
		accounts: __('All registered accounts', 'tocsin'),
		orders_in_window: __('Everyone who ordered between two moments', 'tocsin'),
		checkout_skimmer: __('Everyone who reached checkout between two moments', 'tocsin'),
		list: __('A list of addresses, orders or users', 'tocsin'),
		custom: __('Something else: choose sources and filters yourself', 'tocsin'),
	};
	return words[preset];
}

export function presetHelp(preset: Preset): string {
	const words: Record<Preset, string> = {
		everyone: __(
			'All accounts and all orders, guests included. For a stolen database or backup.',
			'tocsin',
		),
		accounts: __(
			'Every user account, with or without orders. For a leak of the user table.',
			'tocsin',
		),
		orders_in_window: __('By the time the order was made, guests included.', 'tocsin'),
		checkout_skimmer: __(
			'All statuses: paid, failed and unfinished orders too, since a tapped checkout reads what is typed.',
			'tocsin',
		),
		list: __('When the leaked file is known line by line.', 'tocsin'),
		custom: __('For everything the sentences above do not say.', 'tocsin'),
	};
	return words[preset];
}

/** `times` puts an instant into words in the site's zone. */
export function scopeSentence(scope: Scope, times: (at: string) => string): string {
	const from = scope.orders?.created_from ?? null;
	const to = scope.orders?.created_to ?? null;
	const who = presetWords(scope.preset);
	const when =
		from !== null && to !== null
			? /* translators: 1: beginning, 2: end */
				sprintf(__('from %1$s to %2$s', 'tocsin'), times(from), times(to))
			: '';
	const which = scope.data_classes.map(dataClassWords).join(', ');
	const sentence = [who, when].filter((part) => part !== '').join(' ');
	/* translators: 1: who, such as "All registered accounts"; 2: kinds of data */
	return sprintf(__('%1$s. Leaked: %2$s', 'tocsin'), sentence, which);
}
