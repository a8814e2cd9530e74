// One person in words: the roles, how rows were tied to the person and how sure that is, and how the address was chosen.
import type { ContactPoint, PersonRole, Reason } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';

/** In the order they are offered. */
export const personRoles: readonly PersonRole[] = [
	'buyer',
	'shipping_contact',
	'payer',
	'gift_recipient',
	'reviewer',
	'subscriber',
	'staff',
];

export function roleWords(role: string): string {
	const words: Readonly<Record<string, string>> = {
		buyer: __('Buyer', 'tocsin'),
		shipping_contact: __('Receives the parcel', 'tocsin'),
		payer: __('Pays for it', 'tocsin'),
		gift_recipient: __('Receives a gift', 'tocsin'),
		reviewer: __('Wrote a review or comment', 'tocsin'),
		subscriber: __('Subscribed or filled in a form', 'tocsin'),
		staff: __('Works for the shop', 'tocsin'),
	} satisfies Record<PersonRole, string>;
	return words[role] ?? role;
}

/** How a row was tied to a person. */
export function viaWords(key: string): string {
	const words: Readonly<Record<string, string>> = {
		account: __('their own account', 'tocsin'),
		order: __('an order of theirs', 'tocsin'),
		same_account: __('a row of their account', 'tocsin'),
		same_order: __('a row of one of their orders', 'tocsin'),
		same_address: __('has exactly the same e-mail address', 'tocsin'),
		account_address: __('has the address of their account', 'tocsin'),
		gateway_id: __('has the same customer number at the payment provider', 'tocsin'),
		same_contact: __('has the same contact details', 'tocsin'),
		reviewer: __('a person decided that it is theirs', 'tocsin'),
		listed: __('named in your list', 'tocsin'),
		row: __('names them', 'tocsin'),
	} satisfies Record<Reason['via'], string>;
	return words[key] ?? key;
}

/** How sure it is that a row is this person's. */
export function strengthWords(key: string): string {
	const words: Readonly<Record<string, string>> = {
		same: __('certain', 'tocsin'),
		likely: __('most likely', 'tocsin'),
		reviewer: __('decided by a person', 'tocsin'),
	} satisfies Record<Reason['strength'], string>;
	return words[key] ?? key;
}

/** `sourceTitle` puts a source of the data map into words. */
export function originWords(key: string, sourceTitle: (id: string) => string): string {
	const words: Record<string, string> = {
		account: __('from the account', 'tocsin'),
		billing: __('from billing', 'tocsin'),
		shipping: __('from shipping', 'tocsin'),
		listed: __('from your list', 'tocsin'),
	};
	return words[key] ?? sourceTitle(key);
}

export function pointKindWords(kind: ContactPoint['kind']): string {
	const words: Record<ContactPoint['kind'], string> = {
		email: __('E-mail', 'tocsin'),
		phone: __('Phone', 'tocsin'),
		postal_address: __('Post', 'tocsin'),
	};
	return words[kind];
}

export function pointStateWords(state: ContactPoint['state']): string {
	const words: Record<ContactPoint['state'], string> = {
		valid: __('can be used', 'tocsin'),
		invalid: __('is not a valid address', 'tocsin'),
		bounced: __('takes no mail (bounced)', 'tocsin'),
	};
	return words[state];
}

/** Why this contact point was taken before the others; '' for one that was not. */
export function whyChosenWords(why: string): string {
	const words: Record<string, string> = {
		account_first: __('the address of an account comes first', 'tocsin'),
		newest_order: __('of the newest order', 'tocsin'),
		address_book: __('from the address book of the account', 'tocsin'),
		mention: __('the only place that names an address', 'tocsin'),
		listed: __('you gave it in your list', 'tocsin'),
	};
	return words[why] ?? why;
}
