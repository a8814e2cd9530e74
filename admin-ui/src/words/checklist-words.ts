// What must be true before approval can be asked for, in words.
import { __ } from '@wordpress/i18n';

export function checklistWords(code: string): string {
	const words: Record<string, string> = {
		incident_confirmed: __('The incident is confirmed', 'tocsin'),
		scope_set: __('Which data leaked is said', 'tocsin'),
		audience_frozen: __('The list of people is frozen', 'tocsin'),
		audience_current: __('The list of people matches the data that leaked', 'tocsin'),
		somebody_reachable: __('At least one person can be reached', 'tocsin'),
		notice_set: __('What we tell them is written', 'tocsin'),
		approvers_enrolled: __('At least two approvers have a passkey', 'tocsin'),
	};
	return words[code] ?? code.replaceAll('_', ' ');
}
