// What is under way, as one sentence for the live region and the folded steps.
import type { IncidentPage } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { dispatchStateWords, sumWords } from '../../words/delivery-words.ts';
import { numberWords } from '../../words/number-words.ts';

export function progressWords(page: IncidentPage, locale: string): string {
	if (page.audience?.state === 'resolving') {
		return sprintf(
			/* translators: %s: number of rows */
			__('Looking for the people: %s rows read so far.', 'tocsin'),
			numberWords(page.audience.rows_read, locale),
		);
	}
	if (page.dispatch !== null && page.dispatch.state !== 'done') {
		return `${dispatchStateWords(page.dispatch.state)}: ${sumWords(page.dispatch.counts, locale)}`;
	}
	return '';
}
