// The result of each step in one line, shown beside its heading.
import type { IncidentPage } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { approvalCountWords } from '../../parts/manifest-view.tsx';
import type { Step } from '../../routing/route.ts';
import { scopeSentence } from '../../scope/scope-words.ts';
import { dispatchStateWords, sumWords } from '../../words/delivery-words.ts';
import { typeWords } from '../../words/incident-words.ts';
import { peopleWords } from '../../words/number-words.ts';
import { absoluteWords } from '../../words/time-words.ts';
import { manifestStateWords } from '../../parts/manifest-view.tsx';
import { progressWords } from './progress-words.ts';

type Where = { locale: string; timeZone: string };

export function stepSummary(page: IncidentPage, step: Step, where: Where): string {
	switch (step) {
		case 'happened':
			return typeWords(page.incident.type);
		case 'scope':
			return page.scope === null
				? __('Not said yet', 'tocsin')
				: scopeSentence(page.scope.scope, (at) =>
						absoluteWords(at, { ...where, now: Date.now() }),
					);
		case 'people':
			return peopleSummary(page, where.locale);
		case 'notice':
			return page.notice === null
				? __('Not written yet', 'tocsin')
				: `${page.notice.template_title} (${page.notice.language})`;
		case 'approval':
			return page.manifest === null
				? __('Not asked for yet', 'tocsin')
				: `${manifestStateWords(page.manifest.state)}, ${approvalCountWords(page.manifest)}`;
		case 'sending':
			return page.dispatch === null
				? __('Begins by itself after the second approval', 'tocsin')
				: `${dispatchStateWords(page.dispatch.state)}: ${sumWords(page.dispatch.counts, where.locale)}`;
		case 'proof':
			return __('Everything above is in the evidence log', 'tocsin');
	}
}

function peopleSummary(page: IncidentPage, locale: string): string {
	const { audience } = page;
	if (audience === null) {
		return __('Not frozen yet', 'tocsin');
	}
	if (audience.state === 'resolving') {
		return progressWords(page, locale);
	}
	if (audience.state === 'failed') {
		return __('The people could not be read', 'tocsin');
	}
	const people = peopleWords(audience.counts?.people ?? null, locale);
	return page.audience_is_stale
		? /* translators: %s: such as "3,412 people" */
			sprintf(__('%s, but the data that leaked was changed since', 'tocsin'), people)
		: people;
}
