// Outcomes of deliveries in words, and the sum that must add up.
import type { DeliveryState, Dispatch, DispatchCounts } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { numberWords } from './number-words.ts';

/** In the order of the bar: good outcomes first, then what is under way, then what needs a look. */
export const deliveryStates: readonly DeliveryState[] = [
	'delivered',
	'accepted',
	'attempting',
	'pending',
	'suppressed',
	'bounced',
	'failed',
	'unknown',
];

export function deliveryWords(state: string): string {
	const words: Readonly<Record<string, string>> = {
		delivered: __('Delivered', 'tocsin'),
		accepted: __('Accepted by the provider', 'tocsin'),
		attempting: __('Being sent', 'tocsin'),
		pending: __('Waiting', 'tocsin'),
		suppressed: __('Not sent, on purpose', 'tocsin'),
		bounced: __('Bounced', 'tocsin'),
		failed: __('Failed', 'tocsin'),
		unknown: __('Unknown', 'tocsin'),
	} satisfies Record<DeliveryState, string>;
	return words[state] ?? state;
}

export function dispatchStateWords(state: Dispatch['state']): string {
	const words: Readonly<Record<string, string>> = {
		running: __('Sending', 'tocsin'),
		paused: __('Paused', 'tocsin'),
		stopped: __('Stopped', 'tocsin'),
		done: __('Done', 'tocsin'),
	} satisfies Record<Dispatch['state'], string>;
	return words[state] ?? state;
}

export type Part = { state: DeliveryState; count: number };

/** The parts that are not empty. They add up to `planned`, or `addsUp` is false and must be shown as an error. */
export function partsOf(counts: DispatchCounts): { parts: Part[]; addsUp: boolean } {
	const all = deliveryStates.map((state) => ({ state, count: counts[state] }));
	const sum = all.reduce((total, part) => total + part.count, 0);
	return { parts: all.filter((part) => part.count > 0), addsUp: sum === counts.planned };
}

/** `3,412 planned = 3,020 delivered + 310 waiting + 82 not sent, on purpose`. */
export function sumWords(counts: DispatchCounts, locale: string): string {
	const { parts } = partsOf(counts);
	const terms = parts.map(
		(part) =>
			`${numberWords(part.count, locale)} ${deliveryWords(part.state).toLocaleLowerCase(locale)}`,
	);
	const planned = numberWords(counts.planned, locale);
	return terms.length === 0
		? /* translators: %s: number of planned messages */
			sprintf(__('%s planned', 'tocsin'), planned)
		: /* translators: 1: number of planned messages, 2: a sum such as "3,020 delivered + 310 waiting" */
			sprintf(__('%1$s planned = %2$s', 'tocsin'), planned, terms.join(' + '));
}

/** Why a delivery is in its state; provider codes stay as they are, since support asks for them. */
export function deliveryReasonWords(reason: string | null): string {
	if (reason === null) {
		return '';
	}
	const words: Readonly<Record<string, string>> = {
		no_address: __('No e-mail address', 'tocsin'),
		invalid_address: __('Address is not valid', 'tocsin'),
		already_told: __('Told by an earlier dispatch of this incident', 'tocsin'),
		erased: __('Data was erased', 'tocsin'),
		stopped: __('Sending was stopped before their turn', 'tocsin'),
		'postmark.300': __('Provider: address is not valid (300)', 'tocsin'),
		'postmark.406': __('Provider: address is inactive (406)', 'tocsin'),
		HardBounce: __('Mailbox does not exist', 'tocsin'),
		SoftBounce: __('Mailbox did not take it for now', 'tocsin'),
		SpamComplaint: __('Marked as spam', 'tocsin'),
	} satisfies Record<string, string>;
	return words[reason] ?? reason;
}
