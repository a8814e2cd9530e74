// Keys of the tallies in words: countries, sources, and why somebody cannot be reached.
import { __, sprintf } from '@wordpress/i18n';

/** `DE`, `US-CA` or `unknown`. */
export function countryWords(key: string, locale: string): string {
	const [country, state] = key.split('-');
	if (country === undefined || !/^[A-Z]{2}$/.test(country)) {
		return __('Country not known', 'tocsin');
	}
	const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country;
	return state === undefined || state === '' ? name : `${name}: ${state}`;
}

/** `titles` names the sources of the data map; one it does not know keeps its id. */
export function sourceWords(key: string, titles: ReadonlyMap<string, string> = new Map()): string {
	const words: Record<string, string> = {
		accounts: __('Accounts', 'tocsin'),
		orders_hpos: __('Orders (new order tables)', 'tocsin'),
		orders_legacy: __('Orders (old posts)', 'tocsin'),
		list: __('Your list', 'tocsin'),
	};
	return words[key] ?? titles.get(key) ?? key;
}

export function contactabilityWords(key: string): string {
	const words: Record<string, string> = {
		reachable: __('Can be reached', 'tocsin'),
		no_address: __('No e-mail address', 'tocsin'),
		invalid_address: __('Address is not valid', 'tocsin'),
		erased: __('Data was erased', 'tocsin'),
		bounced: __('Address takes no mail (bounced)', 'tocsin'),
	};
	return words[key] ?? key;
}

/** How somebody could be told next. */
export function channelWords(key: string): string {
	const words: Record<string, string> = {
		email: __('By e-mail', 'tocsin'),
		phone: __('Only by phone or SMS', 'tocsin'),
		postal_address: __('Only by letter', 'tocsin'),
		none: __('Not at all', 'tocsin'),
	};
	return words[key] ?? key;
}

/** WooCommerce statuses as they are stored, with or without `wc-`. */
export function orderStatusWords(key: string): string {
	const words: Record<string, string> = {
		pending: __('Pending payment', 'tocsin'),
		processing: __('Processing', 'tocsin'),
		'on-hold': __('On hold', 'tocsin'),
		completed: __('Completed', 'tocsin'),
		cancelled: __('Cancelled', 'tocsin'),
		refunded: __('Refunded', 'tocsin'),
		failed: __('Failed', 'tocsin'),
		'checkout-draft': __('Draft (reached checkout only)', 'tocsin'),
		'auto-draft': __('Draft (never saved)', 'tocsin'),
		trash: __('In the trash', 'tocsin'),
	};
	const known = words[key.replace(/^wc-/, '')];
	/* translators: %s: the technical name of an order status */
	return known ?? sprintf(__('Status “%s”', 'tocsin'), key);
}
