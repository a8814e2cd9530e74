// A scope as one sentence, the same on the form, on the folded step and beside the counts.
import type { Scope } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { dataClassWords } from '../words/data-class-words.ts';
import type { Preset } from './presets.ts';

/** The presets under the question they answer, in the order they are offered. */
export function presetGroups(): readonly { title: string; presets: readonly Preset[] }[] {
	return [
		{
			title: __('Everything', 'tocsin'),
			presets: ['everyone', 'stolen_backup'],
		},
		{
			title: __('Accounts and customers', 'tocsin'),
			presets: ['accounts', 'customer_table', 'password_hashes'],
		},
		{
			title: __('A span of time', 'tocsin'),
			presets: ['orders_in_window', 'checkout_skimmer'],
		},
		{
			title: __('One part of the shop', 'tocsin'),
			presets: ['gateway_data', 'form_entries'],
		},
		{
			title: __('You know who or which orders', 'tocsin'),
			presets: ['api_key_reads', 'misdirected_export', 'list'],
		},
		{ title: __('None of these', 'tocsin'), presets: ['custom'] },
	];
}

export const presets: readonly Preset[] = presetGroups().flatMap((group) => group.presets);

export function presetWords(preset: Preset): string {
	const words: Record<Preset, string> = {
		everyone: __('Everyone this shop knows', 'tocsin'),
		stolen_backup: __('A backup was stolen', 'tocsin'),
		accounts: __('All registered accounts', 'tocsin'),
		customer_table: __('The whole customer list', 'tocsin'),
		password_hashes: __('Password hashes of all accounts', 'tocsin'),
		orders_in_window: __('Everyone who ordered between two moments', 'tocsin'),
		checkout_skimmer: __('Everyone who reached checkout between two moments', 'tocsin'),
		gateway_data: __('What one payment provider’s plugin kept', 'tocsin'),
		form_entries: __('Entries of a form', 'tocsin'),
		api_key_reads: __('Orders that an API key read', 'tocsin'),
		misdirected_export: __('An export went to the wrong place', 'tocsin'),
		list: __('A list of addresses, orders or users', 'tocsin'),
		custom: __('Something else: choose sources and filters yourself', 'tocsin'),
	};
	return words[preset];
}

/** What the preset means, in one sentence. */
export function presetHelp(preset: Preset): string {
	const words: Record<Preset, string> = {
		everyone: __(
			'All accounts, all orders with guests, and every other mapped place. For a stolen database.',
			'tocsin',
		),
		stolen_backup: __(
			'As above, but only what was written before the backup was made.',
			'tocsin',
		),
		accounts: __(
			'Every user account, with or without orders. For a leak of the user table.',
			'tocsin',
		),
		customer_table: __(
			'Every account, and guests as WooCommerce’s own list of customers has them.',
			'tocsin',
		),
		password_hashes: __('Every account that has a password here.', 'tocsin'),
		orders_in_window: __('By the time the order was made, guests included.', 'tocsin'),
		checkout_skimmer: __(
			'All statuses: paid, failed and unfinished orders too, and carts that never became an order.',
			'tocsin',
		),
		gateway_data: __(
			'The people in the provider’s own tables and fields, payers included, and orders paid with it.',
			'tocsin',
		),
		form_entries: __('Everyone who is named in an entry of the forms you choose.', 'tocsin'),
		api_key_reads: __(
			'Everyone named in the orders whose numbers you give, from the log of the server.',
			'tocsin',
		),
		misdirected_export: __(
			'Everyone named in the file: by address or by order number.',
			'tocsin',
		),
		list: __('When the people are known one by one.', 'tocsin'),
		custom: __('For everything the sentences above do not say.', 'tocsin'),
	};
	return words[preset];
}

/** `times` puts an instant into words in the site's zone. */
export function scopeSentence(scope: Scope, times: (at: string) => string): string {
	const who = [presetWords(scope.preset), windowWords(scope, times)]
		.filter((part) => part !== '')
		.join(' ');
	const which = scope.data_classes.map(dataClassWords).join(', ');
	const narrowed = filterCount(scope);
	const filters =
		narrowed === 0
			? ''
			: ` (${sprintf(
					/* translators: %d: number of filters */
					_n('%d filter', '%d filters', narrowed, 'tocsin'),
					narrowed,
				)})`;
	/* translators: 1: who, such as "All registered accounts"; 2: kinds of data */
	return sprintf(__('%1$s. Leaked: %2$s', 'tocsin'), who + filters, which);
}

function windowWords(scope: Scope, times: (at: string) => string): string {
	const from = scope.orders?.created_from ?? scope.sources?.from ?? null;
	const to = scope.orders?.created_to ?? scope.sources?.to ?? null;
	const parts = [
		from !== null && to !== null
			? /* translators: 1: beginning, 2: end */
				sprintf(__('from %1$s to %2$s', 'tocsin'), times(from), times(to))
			: from !== null
				? /* translators: %s: beginning */
					sprintf(__('from %s on', 'tocsin'), times(from))
				: to !== null
					? /* translators: %s: end */
						sprintf(__('until %s', 'tocsin'), times(to))
					: '',
		scope.as_of === null
			? ''
			: /* translators: %s: when a stolen backup was made */
				sprintf(__('as of %s', 'tocsin'), times(scope.as_of)),
	];
	return parts.filter((part) => part !== '').join(', ');
}

/** How many things besides the window leave people out; the sentence names their number, the form shows them. */
export function filterCount(scope: Scope): number {
	const { accounts, orders, exclude } = scope;
	return [
		accounts?.registered_from ?? accounts?.registered_to ?? null,
		...[
			[...(orders?.countries ?? []), ...(accounts?.countries ?? [])],
			[...(orders?.states ?? []), ...(accounts?.states ?? [])],
			orders?.payment_methods ?? [],
			orders?.statuses ?? [],
			orders?.products ?? [],
			scope.ip_addresses,
			scope.roles,
			[...exclude.emails, ...exclude.order_ids, ...exclude.user_ids],
		].map((list) => (list.length > 0 ? list : null)),
	].filter((filter) => filter !== null).length;
}
