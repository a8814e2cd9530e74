// Why this is the next step, in a sentence or two.
import type { IncidentPage, NextStep } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { approvalCountWords } from '../../parts/manifest-view.tsx';
import { peopleWords } from '../../words/number-words.ts';
import { progressWords } from './progress-words.ts';

export function nextStepSentence(page: IncidentPage, locale: string): string {
	const reachable = peopleWords(page.audience?.counts?.reachable ?? null, locale);
	const words: Record<NextStep, () => string> = {
		confirm: () =>
			__('Is this a leak? Confirm it to go on, or dismiss it with a reason.', 'tocsin'),
		set_scope: () =>
			__('Say which data leaked. You see at once how many people that comes to.', 'tocsin'),
		freeze_audience: () =>
			page.audience_is_stale
				? __('The data that leaked was changed. Freeze the list of people again.', 'tocsin')
				: __('Read the store once and keep the list of people as it is then.', 'tocsin'),
		wait_for_audience: () => progressWords(page, locale),
		set_notice: () => __('Choose and fill in what these people will read.', 'tocsin'),
		request_approval: () =>
			sprintf(
				/* translators: %s: such as "3,412 people" */
				__('Everything is ready. Two approvers must agree before %s are told.', 'tocsin'),
				reachable,
			),
		wait_for_approval: () =>
			page.manifest === null
				? ''
				: sprintf(
						/* translators: %s: such as "1 of 2 approvals" */
						__(
							'%s given. Approvers agree at the sidecar’s own console with their passkeys.',
							'tocsin',
						),
						approvalCountWords(page.manifest),
					),
		watch_sending: () => __('Sending goes on by itself. You may close this page.', 'tocsin'),
		resolve_unknown: () =>
			__(
				'For some it is not known whether the provider took the notice. It is asked; nothing is sent twice.',
				'tocsin',
			),
		close: () =>
			__('Everyone was told or has an explanation. Check the proof, then close.', 'tocsin'),
		none: () =>
			page.incident.state === 'dismissed'
				? __('This incident was dismissed.', 'tocsin')
				: __('This incident is closed.', 'tocsin'),
	};
	return words[page.next_step]();
}
