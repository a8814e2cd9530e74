// Hints and decisions about who is one human, in words.
import type { Hint, IdentityDecision } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';

export const hintKinds: readonly Hint['kind'][] = [
	'gateway_id',
	'loose_address',
	'phone',
	'name_postcode',
];

export function hintKindWords(kind: Hint['kind']): string {
	const words: Record<Hint['kind'], string> = {
		gateway_id: __(
			'Same customer number at the payment provider, other data differs',
			'tocsin',
		),
		loose_address: __('Addresses that differ only by dots or a plus tag', 'tocsin'),
		phone: __('Same phone number', 'tocsin'),
		name_postcode: __('Same name at the same postcode', 'tocsin'),
	};
	return words[kind];
}

export function hintStateWords(state: Hint['state']): string {
	const words: Record<Hint['state'], string> = {
		open: __('Not decided', 'tocsin'),
		merged: __('Decided: one person', 'tocsin'),
		kept_apart: __('Decided: kept apart', 'tocsin'),
	};
	return words[state];
}

export function decisionWords(
	decision: Pick<IdentityDecision, 'kind' | 'people' | 'rows'>,
): string {
	const { people, rows } = decision;
	switch (decision.kind) {
		case 'merge':
			return sprintf(
				/* translators: %d: number of people */
				_n('%d person merged', '%d people are one person', people.length, 'tocsin'),
				people.length,
			);
		case 'keep_apart':
			return sprintf(
				/* translators: %d: number of people */
				_n('%d person kept apart', '%d people are kept apart', people.length, 'tocsin'),
				people.length,
			);
		case 'split':
			return sprintf(
				/* translators: %d: number of rows */
				_n(
					'One person is two: %d row is somebody else’s',
					'One person is two: %d rows are somebody else’s',
					rows.length,
					'tocsin',
				),
				rows.length,
			);
	}
}
