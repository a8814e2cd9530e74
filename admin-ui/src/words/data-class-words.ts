// Kinds of personal data in plain words.
import type { DataClass } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';

/** In the order they are offered: what leaks most often first. */
export function dataClassList(): readonly [DataClass, string][] {
	return [
		['name', __('Names', 'tocsin')],
		['email', __('E-mail addresses', 'tocsin')],
		['postal_address', __('Postal addresses', 'tocsin')],
		['phone', __('Phone numbers', 'tocsin')],
		['order_history', __('What they bought', 'tocsin')],
		['payment_card', __('Payment cards (full numbers)', 'tocsin')],
		['payment_card_partial', __('Payment cards (last digits, expiry)', 'tocsin')],
		['payment_token', __('Saved payment tokens', 'tocsin')],
		['financial_account', __('Bank accounts', 'tocsin')],
		['financial_access_code', __('Codes that open an account (PIN, CVC)', 'tocsin')],
		['wallet', __('Wallets and balances', 'tocsin')],
		['credentials', __('Passwords that can be read', 'tocsin')],
		['credentials_hash', __('Passwords, scrambled (hashed)', 'tocsin')],
		['account_secret', __('Reset links, session keys, API keys', 'tocsin')],
		['ip_address', __('IP addresses', 'tocsin')],
		['device', __('Devices and browsers', 'tocsin')],
		['location', __('Whereabouts', 'tocsin')],
		['date_of_birth', __('Dates of birth', 'tocsin')],
		['national_id', __('National identity numbers', 'tocsin')],
		['tax_id', __('Tax numbers', 'tocsin')],
		['government_id', __('Passports and driving licences', 'tocsin')],
		['health', __('Health', 'tocsin')],
		['biometric', __('Fingerprints and faces', 'tocsin')],
		['free_text', __('Notes and messages they wrote', 'tocsin')],
	];
}

export function dataClassWords(key: string): string {
	return dataClassList().find(([name]) => name === key)?.[1] ?? key;
}
