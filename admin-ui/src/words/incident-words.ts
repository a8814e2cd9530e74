// States, severities, kinds and steps of an incident in words.
import type { Incident, NextStep } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';

export type Severity = Incident['severity'];
export type IncidentState = Incident['state'];
export type IncidentType = Incident['type'];

export function stateWords(state: IncidentState): string {
	const words: Readonly<Record<string, string>> = {
		suspected: __('Suspected', 'tocsin'),
		confirmed: __('Confirmed', 'tocsin'),
		notifying: __('Telling people', 'tocsin'),
		notified: __('People told', 'tocsin'),
		closed: __('Closed', 'tocsin'),
		dismissed: __('Dismissed', 'tocsin'),
	} satisfies Record<IncidentState, string>;
	return words[state] ?? state;
}

export const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

export function severityWords(severity: Severity): string {
	const words: Readonly<Record<string, string>> = {
		low: __('Low', 'tocsin'),
		medium: __('Medium', 'tocsin'),
		high: __('High', 'tocsin'),
		critical: __('Critical', 'tocsin'),
	} satisfies Record<Severity, string>;
	return words[severity] ?? severity;
}

export const incidentTypes: readonly IncidentType[] = [
	'database_access',
	'checkout_skimmer',
	'account_takeover',
	'gateway_data',
	'stolen_backup',
	'misdirected_export',
	'api_key_abuse',
	'other',
];

export function typeWords(type: IncidentType): string {
	const words: Readonly<Record<string, string>> = {
		database_access: __('Someone read the database', 'tocsin'),
		checkout_skimmer: __('Checkout was tapped (skimmer)', 'tocsin'),
		account_takeover: __('Accounts were taken over', 'tocsin'),
		gateway_data: __('Payment provider lost data', 'tocsin'),
		stolen_backup: __('A backup was stolen', 'tocsin'),
		misdirected_export: __('An export went to the wrong place', 'tocsin'),
		api_key_abuse: __('An API key was misused', 'tocsin'),
		other: __('Something else', 'tocsin'),
	} satisfies Record<IncidentType, string>;
	return words[type] ?? type;
}

/** The next step as verb and object: in the list as text, on the incident page as its one primary button. */
export function nextStepWords(step: string): string {
	const words: Readonly<Record<string, string>> = {
		confirm: __('Confirm the incident', 'tocsin'),
		set_scope: __('Say which data leaked', 'tocsin'),
		freeze_audience: __('Freeze the list of people', 'tocsin'),
		wait_for_audience: __('Wait for the list of people', 'tocsin'),
		set_notice: __('Write what we tell them', 'tocsin'),
		request_approval: __('Request approval', 'tocsin'),
		wait_for_approval: __('Open the approval console', 'tocsin'),
		watch_sending: __('Watch the sending', 'tocsin'),
		resolve_unknown: __('Review the unknown deliveries', 'tocsin'),
		close: __('Close the incident', 'tocsin'),
		none: __('Nothing left to do', 'tocsin'),
	} satisfies Record<NextStep, string>;
	return words[step] ?? step;
}
