// What GDPR Art. 34(2) asks a notice to say, in words.
import { __ } from '@wordpress/i18n';

export function coversWords(item: string): string {
	const words: Record<string, string> = {
		nature_of_breach: __('What happened, in clear and plain language', 'tocsin'),
		contact_point: __('Whom to ask', 'tocsin'),
		likely_consequences: __('What it may lead to', 'tocsin'),
		measures_taken: __('What was done and what is planned', 'tocsin'),
		what_you_can_do: __('What the reader can do', 'tocsin'),
	};
	return words[item] ?? item.replaceAll('_', ' ');
}
